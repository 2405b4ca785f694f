"""The site of the desk: the stock admin, with our name, start page, navigation and permissions."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from newsdesk.desk.actor import is_let_in
from newsdesk.desk.start import the_day

NAVIGATION = (
    ("corpus_article", _("Articles")),
    ("review_placement", _("To look at")),
    ("review_decision", _("Decisions")),
    ("processing_mute", _("Failures")),
    ("processing_batch", _("Batches")),
    ("processing_job", _("Jobs")),
    ("processing_run", _("Runs")),
    ("scores_score", _("Scores")),
    ("shadow_shadowrun", _("Shadow runs")),
    ("corpus_source", _("Sources")),
    ("export_export", _("Exports")),
    ("host_processorsetting", _("Plugins")),
    ("access_apikey", _("Keys")),
)
FOR_SUPERUSERS = (("auth_user", _("People")),)


class DeskSite(AdminSite):
    """The admin site that all of the desk's pages are registered on."""

    site_header = _("Newsdesk")
    site_title = _("Newsdesk")
    index_title = _("The desk today")
    site_url = None  # the desk is the site
    final_catch_all_view = False  # an address that nobody has is not found, rather than a reason to log in
    enable_nav_sidebar = False  # its place is the text's; the navigation is in the header

    def has_permission(self, request: HttpRequest) -> bool:
        return is_let_in(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"desk_navigation": self._navigation(request)}

    def _navigation(self, request: HttpRequest) -> list[dict[str, Any]]:
        if not self.has_permission(request):
            return []
        entries = NAVIGATION + (FOR_SUPERUSERS if request.user.is_superuser else ())
        found = [(reverse(f"{self.name}:{name}_changelist"), label) for name, label in entries]
        return [{"url": url, "label": label, "here": request.path.startswith(url)} for url, label in found]

    @method_decorator(never_cache)
    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = self.each_context(request) | {"title": self.index_title, **the_day(), **(extra_context or {})}
        return TemplateResponse(request, "admin/index.html", context)


site = DeskSite(name="admin")
