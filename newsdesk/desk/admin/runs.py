"""Jobs and runs: how far the work is, and what went wrong where."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsdesk.desk.actor import actor
from newsdesk.desk.admin.base import ReadOnlyAdmin, moment, state_badge
from newsdesk.desk.admin.chosen import SOURCE, ChosenFilter
from newsdesk.desk.again import again, again_for
from newsdesk.desk.site import site
from newsdesk.host.registry import registry
from newsdesk.processing.models import Job, Run


class ProcessorFilter(admin.SimpleListFilter):
    """By processor: those that are installed, so that no query goes through all runs for their names."""

    title = _("processor")
    parameter_name = "processor"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, name) for name in registry().processors]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(processor=self.value()) if self.value() else queryset


class SourceChosen(ChosenFilter):
    """By the short name of a source."""

    title = _("source")
    parameter_name = "source"
    pattern = SOURCE

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(snapshot__article__source__slug=self.value()) if self.value() else queryset


class SlowerChosen(ChosenFilter):
    """By how long they took at least, in milliseconds."""

    title = _("milliseconds")
    parameter_name = "slower"
    pattern = r"[0-9]{1,9}(\.[0-9]{1,6})?"

    def named(self, value: str) -> str:
        return _("{count} or more").format(count=value)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Run]) -> QuerySet[Run]:
        return queryset.filter(seconds__gte=float(self.value() or 0) / 1000) if self.value() else queryset


@admin.register(Run, site=site)
class RunAdmin(ReadOnlyAdmin):
    """Each time a processor went over a snapshot."""

    list_display = ("what", "article", "ended_as", "duration", "reason", "current", "ended")
    list_filter = ("outcome", "current", ProcessorFilter, SourceChosen, SlowerChosen)
    list_select_related = ("snapshot__article__synopsis",)
    ordering = ("-pk",)
    fields = (
        "article", "processor", "version", "options", "outcome", "seconds", "error", "cause", "current", "ended_at",
        "fingerprint",
    )  # fmt: skip

    @admin.display(description=_("processor"))
    def what(self, row: Run) -> str:
        return f"{row.processor} {row.version}"

    @admin.display(description=_("article"))
    def article(self, row: Run) -> str:
        return article_link(row.snapshot.article)

    @admin.display(description=_("outcome"), ordering="outcome")
    def ended_as(self, row: Run) -> str:
        return state_badge(row.outcome, row.outcome)

    @admin.display(description=_("milliseconds"), ordering="seconds")
    def duration(self, row: Run) -> str:
        return f"{row.seconds * 1000:.1f}"

    @admin.display(description=_("ended"), ordering="pk")
    def ended(self, row: Run) -> str:
        return moment(row.ended_at)

    @admin.display(description=_("reason"))
    def reason(self, row: Run) -> str:
        return row.error if len(row.error) <= 120 else row.error[:119] + "…"


@admin.register(Job, site=site)
class JobAdmin(ReadOnlyAdmin):
    """The queue of record: one job for each snapshot."""

    list_display = ("article", "shown_state", "attempts", "crashes", "shown_trouble", "queued", "finished")
    list_display_links = None
    list_filter = (("state", admin.ChoicesFieldListFilter),)
    list_select_related = ("snapshot__article__synopsis",)
    ordering = ("-pk",)
    fields = (
        "article", "state", "attempts", "crashes", "crashed_in", "lost", "postponed", "trouble", "outcomes", "batch",
        "created_at", "finished_at",
    )  # fmt: skip
    change_form_template = "desk/job.html"

    def get_urls(self) -> list[URLPattern]:
        own = path("<row:job_id>/again/", self.admin_site.admin_view(again), name="desk_again")
        return [own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
        button = again_for(kwargs.get("obj"), actor(request), "job")
        return super().render_change_form(request, context | {"again": button}, *args, **kwargs)

    @admin.display(description=_("article"))
    def article(self, row: Job) -> str:
        return article_link(row.snapshot.article)

    @admin.display(description=_("state"), ordering="state")
    def shown_state(self, row: Job) -> str:
        return state_badge(row.state, row.get_state_display())

    @admin.display(description=_("trouble"))
    def shown_trouble(self, row: Job) -> str:
        said = row.trouble or (_("crashed in %s") % row.crashed_in if row.crashed_in else "")
        return said if len(said) <= 120 else said[:119] + "…"

    @admin.display(description=_("queued"), ordering="pk")
    def queued(self, row: Job) -> str:
        return moment(row.created_at)

    @admin.display(description=_("finished"), ordering="finished_at")
    def finished(self, row: Job) -> str:
        return moment(row.finished_at)


def article_link(article: Any) -> str:
    """An article's title, leading to its page."""
    synopsis = getattr(article, "synopsis", None)
    title = (synopsis.title if synopsis else "") or article.address
    return format_html('<a href="{}">{}</a>', reverse("admin:corpus_article_change", args=[article.pk]), title)
