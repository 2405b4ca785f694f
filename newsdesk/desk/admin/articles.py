"""Articles: the list, and the way to the page where findings are decided on."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from newsdesk.access.policy import Operation
from newsdesk.corpus.models import Article
from newsdesk.desk.actor import may
from newsdesk.desk.admin.base import ReadOnlyAdmin, moment, row_number, state_badge
from newsdesk.desk.decisions import decide_form, decide_json
from newsdesk.desk.original import original
from newsdesk.desk.page import article_page
from newsdesk.desk.receiving import receive
from newsdesk.desk.resolving import resolve_form
from newsdesk.desk.site import site
from newsdesk.processing.models import Job
from newsdesk.review.queries import newest_snapshot, open_counts

_NEWEST_STATE = Subquery(Job.objects.filter(snapshot__article=OuterRef("pk")).order_by("-snapshot").values("state")[:1])


class StateFilter(admin.SimpleListFilter):
    """By the state of the newest job; the choices are fixed, so that no query looks for them."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return Job.State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(state=self.value()) if self.value() in Job.State.values else queryset


class ArticleList(ChangeList):
    """The list with what is open in each row: one query for the rows shown."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        shown = {row.pk: getattr(row, "synopsis", None) for row in self.result_list}
        counts = open_counts(synopsis.snapshot_id for synopsis in shown.values() if synopsis)
        for row in self.result_list:
            row.open_findings = counts.get(shown[row.pk].snapshot_id, 0) if shown[row.pk] else None


@admin.register(Article, site=site)
class ArticleAdmin(ReadOnlyAdmin):
    """The list of articles. Its "change" page decides on findings; the article itself never changes."""

    list_display = ("headline", "source", "progress", "open_findings", "quotes", "received")
    list_display_links = ("headline",)
    list_filter = (StateFilter, "source")
    list_select_related = ("source", "synopsis")
    search_fields = ("synopsis__title", "address")
    search_help_text = _("Title or address")
    ordering = ("-pk",)
    change_list_template = "desk/articles.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return super().get_queryset(request).annotate(state=_NEWEST_STATE)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ArticleList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Operation.SUBMIT)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return receive(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return _page(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<row:article_id>/decide/", decide_json, name="desk_decide"),  # answers 401 itself: scripts cannot log in
            path("<row:article_id>/decide/form/", wrap(decide_form), name="desk_decide_form"),
            path("<row:article_id>/resolve/", wrap(resolve_form), name="desk_resolve"),
            path("<row:article_id>/state/", wrap(_state), name="desk_state"),
            path("<row:article_id>/original/<row:snapshot_id>/", wrap(original), name="desk_original"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("title"), ordering="synopsis__title")
    def headline(self, row: Article) -> str:
        synopsis = getattr(row, "synopsis", None)
        return (synopsis.title if synopsis else "") or row.address

    @admin.display(description=_("state"))
    def progress(self, row: Any) -> str:
        return state_badge(row.state or "none", Job.State(row.state).label if row.state else _("no job"))

    @admin.display(description=_("open"))
    def open_findings(self, row: Any) -> Any:
        return row.open_findings

    @admin.display(description=_("quotes"))
    def quotes(self, row: Article) -> Any:
        synopsis = getattr(row, "synopsis", None)
        return synopsis.quotes if synopsis else None

    @admin.display(description=_("received"), ordering="pk")
    def received(self, row: Article) -> Any:
        return moment(row.created_at)


@require_safe
def _page(request: HttpRequest, object_id: str) -> HttpResponse:
    """The article page. Reading it writes nothing."""
    number = row_number(object_id)
    snapshot = newest_snapshot(number) if number is not None else None
    if snapshot is None:
        raise Http404
    context = site.each_context(request) | article_page(request, snapshot)
    return TemplateResponse(request, "desk/article.html", context)


@require_safe
def _state(request: HttpRequest, article_id: int) -> HttpResponse:
    """Whether the newest job has ended, for a page that waits for it."""
    job = Job.objects.filter(snapshot__article=article_id).order_by("-snapshot").first()
    return JsonResponse({"ended": job is None or job.state in Job.TERMINAL})
