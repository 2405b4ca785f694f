"""One document again: the button on its job's page, on its article's page, and beside an example in the ledger."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsdesk.access.policy import Actor, Operation
from newsdesk.desk.actor import actor
from newsdesk.processing.models import Job
from newsdesk.worker.enqueue import reprocess


@dataclass(frozen=True)
class Again:
    """The button that a person gets for a job: what stands on it, and where it leads back to."""

    job: int
    label: str
    back: str


def again_for(job: Job | None, asks: Actor, back: str) -> Again | None:
    """The button for a job that failed or is in quarantine, for those who may press it."""
    if job is not None and job.state == Job.State.FAILED and asks.may(Operation.REPROCESS):
        return Again(job.pk, _("Try again"), back)
    if job is not None and job.state == Job.State.QUARANTINED and asks.may(Operation.RELEASE):
        return Again(job.pk, _("Release from quarantine"), back)
    return None


@require_POST
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Queue the document of a job again, and go back to where the button was."""
    job = Job.objects.select_related("snapshot").filter(pk=job_id).first()
    if job is None:
        raise Http404
    if reprocess(snapshot_ids=[job.snapshot_id], actor=actor(request)):
        messages.success(request, _("The document is queued; what did not change is kept."))
    else:
        messages.info(request, _("The document is being processed already."))
    if request.POST.get("back") == "job":
        return redirect("admin:processing_job_change", job.pk)
    if request.POST.get("back") == "failures":
        return redirect("admin:processing_mute_changelist")
    return redirect("admin:corpus_article_change", job.snapshot.article_id)
