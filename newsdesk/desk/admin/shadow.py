"""Shadow runs: what a new version or option would change, and whether editors have agreed with it."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_safe

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import may
from newsdesk.desk.admin.base import ReadOnlyAdmin, moment, row_number, state_badge
from newsdesk.desk.comparison import shadow_page
from newsdesk.desk.shadow import start, written
from newsdesk.desk.site import site
from newsdesk.shadow.models import ShadowRun


@admin.register(ShadowRun, site=site)
class ShadowAdmin(ReadOnlyAdmin):
    """The list of shadow runs. Their counts and findings are large, and stay in the database until one is looked at."""

    list_display = ("what", "options_tried", "shown_state", "compared", "created_by", "started")
    list_display_links = ("what",)
    list_select_related = ("created_by",)
    ordering = ("-pk",)
    change_list_template = "desk/shadow_runs.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShadowRun]:
        return super().get_queryset(request).defer("tally", "snapshots", "candidate").annotate(count=F("tally__articles"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Operation.START_SHADOW_RUNS)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return start(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return _page(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        own = path("<row:run_id>/state/", self.admin_site.admin_view(_state), name="desk_shadow_state")
        return [own, *super().get_urls()]

    @admin.display(description=__("processor"), ordering="processor")
    def what(self, row: ShadowRun) -> str:
        return row.processor

    @admin.display(description=__("options to try"))
    def options_tried(self, row: ShadowRun) -> str:
        shown = written(row.options) if row.options else str(_("as they are"))
        return shown if len(shown) <= 100 else shown[:99] + "…"

    @admin.display(description=__("state"), ordering="state")
    def shown_state(self, row: ShadowRun) -> str:
        return state_badge(row.state, row.get_state_display())

    @admin.display(description=__("articles"))
    def compared(self, row: Any) -> str:
        done = row.count or 0
        return _("{done} of {all}").format(done=done, all=row.articles) if row.state in ShadowRun.OPEN else str(done)

    @admin.display(description=__("started"), ordering="pk")
    def started(self, row: ShadowRun) -> str:
        return moment(row.created_at)


@require_safe
def _page(request: HttpRequest, object_id: str) -> HttpResponse:
    """The report as far as it has come. Reading it writes nothing."""
    number = row_number(object_id)
    run = ShadowRun.objects.select_related("source", "created_by").filter(pk=number).first() if number else None
    if run is None:
        raise Http404
    context = site.each_context(request) | shadow_page(run, request.GET)
    context |= {"title": _("Shadow run of {processor}").format(processor=run.processor), "run": run}
    context |= {"open": run.state in ShadowRun.OPEN, "may_start": may(request, Operation.START_SHADOW_RUNS)}
    return TemplateResponse(request, "desk/shadow_run.html", context)


@require_safe
def _state(request: HttpRequest, run_id: int) -> HttpResponse:
    """How far it is, for a page that waits for it."""
    run = ShadowRun.objects.filter(pk=run_id).first()
    if run is None:
        raise Http404
    return JsonResponse({"ended": run.state not in ShadowRun.OPEN, "done": run.done, "total": len(run.snapshots)})
