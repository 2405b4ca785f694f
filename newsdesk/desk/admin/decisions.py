"""Decisions, newest first: who said what of which finding. Rows are only added, so this is the audit trail."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from newsdesk.desk.admin.base import ReadOnlyAdmin, moment, state_badge
from newsdesk.desk.admin.runs import article_link
from newsdesk.desk.findings import kind_name
from newsdesk.desk.site import site
from newsdesk.review.models import Decision


@admin.register(Decision, site=site)
class DecisionAdmin(ReadOnlyAdmin):
    """All that editors decided."""

    list_display = ("decided", "shown_verdict", "shown_kind", "words", "article_title", "editor", "via")
    list_filter = (("verdict", admin.ChoicesFieldListFilter),)
    list_select_related = ("article__synopsis", "editor")
    ordering = ("-pk",)
    fields = ("article_title", "shown_kind", "verdict", "before", "after", "note", "editor", "via", "decided_at", "uuid")

    @admin.display(description=_("decided"), ordering="pk")
    def decided(self, row: Decision) -> str:
        return moment(row.decided_at)

    @admin.display(description=_("verdict"))
    def shown_verdict(self, row: Decision) -> str:
        return state_badge(row.verdict, row.get_verdict_display())

    @admin.display(description=_("kind"), ordering="kind")
    def shown_kind(self, row: Decision) -> Any:
        return kind_name(row.kind)

    @admin.display(description=_("words"))
    def words(self, row: Decision) -> str:
        said = " … ".join(anchor["exact"] for anchor in row.anchors)
        return said if len(said) <= 100 else said[:99] + "…"

    @admin.display(description=_("article"))
    def article_title(self, row: Decision) -> str:
        return article_link(row.article)
