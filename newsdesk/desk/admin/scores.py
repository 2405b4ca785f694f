"""Scores: the scorecards, the judgements behind their numbers, and the documents behind a drift."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_safe

from newsdesk.desk.admin.base import ReadOnlyAdmin, askable, moment, state_badge
from newsdesk.desk.admin.chosen import SOURCE, ChosenFilter
from newsdesk.desk.admin.runs import article_link
from newsdesk.desk.findings import kind_name
from newsdesk.desk.score_table import table
from newsdesk.desk.scores import overview, processor_page
from newsdesk.desk.site import site
from newsdesk.scores.models import Judgement, Measure, Score
from newsdesk.scores.queries import versions
from newsdesk.scores.statistics import TENTHS


class ListAdmin(ReadOnlyAdmin):
    """Rows that have no page of their own: all that they say stands in the list."""

    list_display_links = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request)


@admin.register(Score, site=site)
class ScoreAdmin(ListAdmin):
    """The scorecards: all processors, and a page for each."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return _overview(request)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("of/<path:processor>/", wrap(_processor), name="desk_scores_of"),
            path("scores.csv", wrap(_csv), name="desk_scores_csv"),
        ]
        return [*own, *super().get_urls()]


class _Chosen(ChosenFilter):
    """Of judgements, by a field of theirs."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Judgement]) -> QuerySet[Judgement]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class ProcessorChosen(_Chosen):
    title, parameter_name = __("processor"), "processor"


class VersionChosen(_Chosen):
    title, parameter_name = __("version"), "version"


class KindChosen(_Chosen):
    title, parameter_name = __("kind"), "kind"

    def named(self, value: str) -> Any:
        return kind_name(value)


class SourceChosen(_Chosen):
    title, parameter_name = __("source"), "source"
    pattern = SOURCE


class TenthChosen(_Chosen):
    title, parameter_name = __("confidence"), "tenth"
    pattern = "[0-9]"

    def named(self, value: str) -> Any:
        return f"{int(value) / TENTHS:.1f}–{(int(value) + 1) / TENTHS:.1f}"


@admin.register(Judgement, site=site)
class JudgementAdmin(ListAdmin):
    """Decisions as they count for a version of a processor."""

    list_display = ("decided", "shown_verdict", "shown_kind", "words", "article_title", "version_of", "sure", "editor")
    list_filter = (
        ("verdict", admin.ChoicesFieldListFilter), ProcessorChosen, VersionChosen, KindChosen, SourceChosen, TenthChosen,
    )  # fmt: skip
    list_select_related = ("decision__editor", "article__synopsis")
    ordering = ("-pk",)
    change_list_template = "desk/judgements.html"

    @admin.display(description=__("decided"), ordering="pk")
    def decided(self, row: Judgement) -> str:
        return moment(row.decision.decided_at)

    @admin.display(description=__("counts as"))
    def shown_verdict(self, row: Judgement) -> str:
        states = {"accepted": "accept", "corrected": "correct", "rejected": "reject", "missed": "add"}
        return state_badge(states[row.verdict], row.get_verdict_display())

    @admin.display(description=__("kind"))
    def shown_kind(self, row: Judgement) -> Any:
        return kind_name(row.kind)

    @admin.display(description=__("words"))
    def words(self, row: Judgement) -> str:
        said = " … ".join(anchor["exact"] for anchor in row.decision.anchors)
        return said if len(said) <= 100 else said[:99] + "…"

    @admin.display(description=__("article"))
    def article_title(self, row: Judgement) -> str:
        return article_link(row.article)

    @admin.display(description=__("processor"))
    def version_of(self, row: Judgement) -> str:
        return f"{row.processor} {row.version}"

    @admin.display(description=__("confidence"))
    def sure(self, row: Judgement) -> str:
        return "–" if row.confidence is None else f"{row.confidence:.2f}"

    @admin.display(description=__("editor"))
    def editor(self, row: Judgement) -> str:
        return row.decision.editor.get_username()


@admin.register(Measure, site=site)
class MeasureAdmin(ListAdmin):
    """Documents with what is measured of them, newest first."""

    list_display = ("article_title", "source", "words", "paragraphs", "quotes", "rate", "shown_failed", "received")
    list_select_related = ("snapshot__article__synopsis", "source")
    ordering = ("-snapshot",)
    change_list_template = "desk/measures.html"

    @admin.display(description=__("article"))
    def article_title(self, row: Measure) -> str:
        return article_link(row.snapshot.article)

    @admin.display(description=__("quotes per 1,000 words"))
    def rate(self, row: Measure) -> str:
        return f"{1000 * (row.quotes or 0) / row.words:.1f}" if row.words else "–"

    @admin.display(description=__("processing"))
    def shown_failed(self, row: Measure) -> str:
        return state_badge("failed", _("failed")) if row.failed else state_badge("done", _("processed"))

    @admin.display(description=__("received"), ordering="snapshot")
    def received(self, row: Measure) -> str:
        return moment(row.snapshot.received_at)


@require_safe
def _overview(request: HttpRequest) -> HttpResponse:
    context = site.each_context(request) | {"title": _("Scores")} | overview(askable(request.GET, Score))
    return TemplateResponse(request, "desk/scores.html", context)


@require_safe
def _processor(request: HttpRequest, processor: str) -> HttpResponse:
    page = None if "\0" in processor else processor_page(processor, askable(request.GET, Score))
    if page is None:
        raise Http404
    context = site.each_context(request) | {"title": _("Scores of {processor}").format(processor=processor)} | page
    return TemplateResponse(request, "desk/scores_of.html", context)


@require_safe
def _csv(request: HttpRequest) -> HttpResponse:
    """All versions, of all processors."""
    content = table(versions(source=askable(request.GET, Score).get("source", "")))
    headers = {"Content-Disposition": 'attachment; filename="scores.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
