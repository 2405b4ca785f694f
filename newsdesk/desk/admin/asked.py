"""Orphans and needs-look of all articles: decisions that an editor is asked about, newest first."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from newsdesk.desk.admin.base import ReadOnlyAdmin
from newsdesk.desk.findings import kind_name
from newsdesk.desk.site import site
from newsdesk.review.models import ASKED_ABOUT, Placement
from newsdesk.review.queries import to_resolve

SHOWN = 50


@admin.register(Placement, site=site)
class AskedAdmin(ReadOnlyAdmin):
    """A list by keyset: a page costs the same however many there are, and nothing comes twice while others answer."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        before, status = request.GET.get("before", ""), request.GET.get("status", "")
        status = status if status in ASKED_ABOUT else ""
        rows = to_resolve().filter(status=status) if status else to_resolve()
        if before.isascii() and before.isdecimal() and len(before) < 19:
            rows = rows.filter(pk__lt=int(before))
        shown = list(rows[: SHOWN + 1])
        labels = dict(Placement.STATUSES)
        context = site.each_context(request) | {
            "title": _("Orphans and needs-look"),
            "opts": self.opts,
            "rows": [(row, kind_name(row.decision.kind)) for row in shown[:SHOWN]],
            "older": shown[SHOWN - 1].pk if len(shown) > SHOWN else None,
            "status": status,
            "statuses": [(each, labels[each]) for each in ASKED_ABOUT],
            "is_first": not before,
        }
        return TemplateResponse(request, "desk/asked_list.html", context | (extra_context or {}))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self.changelist_view(request)
