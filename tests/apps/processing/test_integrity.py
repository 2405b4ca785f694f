from datetime import timedelta

import pytest
from django.db.models.functions import Now

from newsdesk.corpus.services import receive
from newsdesk.pipeline import Findings
from newsdesk.processing.convert import to_columns
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.services import claim
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from tests.apps.factories import actor, processed, submitted

pytestmark = pytest.mark.django_db


def broken():
    return [(breach.invariant, breach.what) for breach in breaches()]


def test_snapshot_without_a_job_is_named():
    receive(content=b"One.", actor=actor())
    assert broken() == [("I1", "has no job")]


def test_job_that_ended_without_a_run_of_an_enabled_processor_is_named():
    processed()
    Run.objects.filter(processor="names").update(current=False)
    assert broken() == [("I1", "has ended without a run of names")]


def test_artifact_whose_span_ends_after_the_text_is_named():
    processed("One.")
    found = [Found("text", {"text": "One."}), Found("paragraph", {"role": "body"}, (Span(0, 9, "block"),))]
    Run.objects.filter(processor="lines").update(**to_columns(Findings.of(found)))
    assert broken() == [("I4", "artifact: span 0: end 9 > length 4 of the text; offsets count code points")]


def test_job_whose_worker_is_long_gone_is_named():
    claim([submitted().job.pk])
    Job.objects.update(lease_until=Now() - timedelta(hours=1))
    assert [invariant for invariant, _ in broken()] == ["I6"]


def test_job_whose_lease_has_just_expired_is_the_sweeps_to_find():
    claim([submitted().job.pk])
    Job.objects.update(lease_until=Now())
    assert broken() == []


def test_everything_holds_after_the_usual_work():
    processed("One.")
    processed("Two.")
    submitted("Three.")
    assert broken() == []
