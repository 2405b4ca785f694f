"""Bulk work: the list of batches, a page that follows one, and the form that makes a new one."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import actor, may
from newsdesk.desk.admin.base import ReadOnlyAdmin, RowNumber, moment, state_badge
from newsdesk.desk.reprocessing import reprocessing
from newsdesk.desk.site import site
from newsdesk.processing.batches import Progress, batch, lasting, progress_of, title, unfinished
from newsdesk.processing.models import Batch
from newsdesk.processing.services import cancel


class BatchList(ChangeList):
    """The list with how far each row is: one query for the rows shown."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = unfinished(row.pk for row in self.result_list)
        for row in self.result_list:
            row.unfinished = counts[row.pk]


@admin.register(Batch, site=site)
class BatchAdmin(ReadOnlyAdmin):
    """All bulk work, newest first. What has not begun can be taken back on a batch's page."""

    list_display = ("what", "shown_state", "documents", "asked_by", "queued")
    list_select_related = ("asked_by",)
    ordering = ("-pk",)
    change_list_template = "desk/batches.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BatchList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request, Operation.REPROCESS_MANY)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return reprocessing(request)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return _page(request, object_id)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<row:batch_id>/progress/", wrap(_progress), name="desk_progress"),
            path("<row:batch_id>/cancel/", wrap(_cancel), name="desk_cancel"),
        ]
        return own + super().get_urls()

    @admin.display(description=__("what"))
    def what(self, row: Batch) -> str:
        return title(row.asked)

    @admin.display(description=__("state"))
    def shown_state(self, row: Any) -> str:
        left, failed = row.unfinished
        if left:
            return state_badge("running", _("%s left") % number_format(left, force_grouping=True))
        if row.cancelled_at:
            return state_badge("off", _("taken back"))
        return state_badge("failed", _("%s failed") % number_format(failed)) if failed else state_badge("done", _("through"))

    @admin.display(description=__("documents"), ordering="jobs")
    def documents(self, row: Batch) -> str:
        return format_html('<span class="number">{}</span>', number_format(row.jobs, force_grouping=True))

    @admin.display(description=__("queued"), ordering="pk")
    def queued(self, row: Batch) -> str:
        return moment(row.created_at)


@require_safe
def _page(request: HttpRequest, object_id: str) -> HttpResponse:
    row = _batch(int(object_id)) if re.fullmatch(RowNumber.regex, object_id) else None
    if row is None:
        raise Http404
    found = progress_of(row)
    context = site.each_context(request) | {
        "title": title(row.asked),
        "batch": row,
        "progress": found,
        "figures": _figures(found),
        "may_cancel": bool(found.left) and row.cancelled_at is None and may(request, Operation.REPROCESS_MANY),
    }
    return TemplateResponse(request, "desk/batch.html", context)


@require_safe
def _progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far a batch is, in numbers for the bar and in words for the page."""
    found = progress_of(_batch(batch_id))
    return JsonResponse({"ended": found.ended, "total": found.total, "left": found.left, "figures": _figures(found)})


@require_POST
def _cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    try:
        count = cancel(batch_id=batch_id, actor=actor(request))
    except Batch.DoesNotExist as error:
        raise Http404 from error
    said = ngettext("%d document is as it was before.", "%d documents are as they were before.", count) % count
    messages.success(request, said)
    return redirect("admin:processing_batch_change", batch_id)


def _batch(batch_id: int) -> Batch:
    try:
        return batch(batch_id)
    except Batch.DoesNotExist as error:
        raise Http404 from error


def _figures(found: Progress) -> dict[str, str]:
    """The numbers of the page, as they are shown."""
    return {
        "ended": number_format(found.ended, force_grouping=True),
        "failed": number_format(found.failed, force_grouping=True),
        "rate": number_format(found.rate, 1),
        "remaining": _remaining(found),
    }


def _remaining(found: Progress) -> str:
    seconds = found.seconds_left
    if not found.left:
        return _("through")
    if seconds is None:
        return _("no estimate while nothing ends")
    until = date_format(localtime(timezone.now() + timedelta(seconds=seconds)), "H:i")
    return _("%(lasting)s, until about %(until)s") % {"lasting": lasting(seconds), "until": until}
