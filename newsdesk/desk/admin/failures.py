"""Failures by cause: what is in trouble, since when, and the buttons that do something about it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views.decorators.http import require_POST

from newsdesk.access.policy import Operation
from newsdesk.desk.actor import actor, may
from newsdesk.desk.admin.base import ReadOnlyAdmin, moment
from newsdesk.desk.again import Again, again_for
from newsdesk.desk.site import site
from newsdesk.processing import services
from newsdesk.processing.ledger import LOST, Entry, ledger
from newsdesk.processing.models import Job, Mute, Run

_BATCHES = {"retry": services.retry, "release": services.release}
_MUTES = {"mute": services.mute, "unmute": services.unmute}


@dataclass(frozen=True)
class Shown:
    """A cause as the page shows it: with its example in words, its documents' list, and the button for the example."""

    entry: Entry
    message: str
    job: Job
    documents_url: str
    again: Again | None


@admin.register(Mute, site=site)
class FailuresAdmin(ReadOnlyAdmin):
    """The ledger, over the record of what was muted."""

    list_display = ("processor", "cause", "muted_by", "muted", "lifted_by", "lifted")
    list_display_links = None
    list_select_related = ("muted_by", "lifted_by")
    ordering = ("-pk",)
    change_list_template = "desk/failures.html"

    def get_urls(self) -> list[URLPattern]:
        own = path("act/", self.admin_site.admin_view(_act), name="desk_failures")
        return [own, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        shown = [_shown(request, entry) for entry in ledger()]
        loud = [each for each in shown if not each.entry.mute]
        groups = {kind: [each for each in loud if each.entry.kind == kind] for kind in ("postponed", "quarantined", "failed")}
        context = {
            "title": _("Failures"),
            **groups,
            "muted": [each for each in shown if each.entry.mute],
            "quiet": not loud,
            "may_retry": may(request, Operation.REPROCESS_MANY),
            "may_release": may(request, Operation.RELEASE),
            "may_download": may(request, Operation.EXPORT),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    @admin.display(description=__("muted"), ordering="pk")
    def muted(self, row: Mute) -> str:
        return moment(row.muted_at)

    @admin.display(description=__("lifted"), ordering="lifted_at")
    def lifted(self, row: Mute) -> str:
        return moment(row.lifted_at)


def _shown(request: HttpRequest, entry: Entry) -> Shown:
    example = entry.example
    job = example.snapshot.job if isinstance(example, Run) else example
    message = example.error if isinstance(example, Run) else entry.cause and job.trouble
    return Shown(entry, message, job, _documents_url(entry), again_for(job, actor(request), "failures"))


def _documents_url(entry: Entry) -> str:
    """The list of the documents behind a cause."""
    if entry.kind == "failed" and entry.processor:
        chosen = {"outcome__exact": "failed", "current__exact": 1, "processor": entry.processor, "cause__exact": entry.cause}
        return f"{reverse('admin:processing_run_changelist')}?{urlencode(chosen)}"
    states = {
        "failed": {"state__exact": "failed"},
        "quarantined": {"state__exact": "quarantined", "crashed_in__exact": entry.processor},
        "postponed": {"state__exact": "queued", "postponed__gt": 0},
    }
    if entry.kind == "quarantined" and entry.cause == LOST and not entry.processor:
        states["quarantined"] |= {"lost__gt": 0}
    return f"{reverse('admin:processing_job_changelist')}?{urlencode(states[entry.kind])}"


@require_POST
def _act(request: HttpRequest) -> HttpResponse:
    """Do to one cause what its button says."""
    do = request.POST.get("do", "")
    cause = {"processor": request.POST.get("processor", ""), "cause": request.POST.get("cause", "")}
    try:
        if do in _BATCHES:
            batch = _BATCHES[do](**cause, actor=actor(request))
            return redirect("admin:processing_batch_change", batch.pk)
        if do in _MUTES:
            _MUTES[do](**cause, actor=actor(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("admin:processing_mute_changelist")
