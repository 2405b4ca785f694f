import sys
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.db.models.functions import Now

from newsdesk.corpus.models import Content
from newsdesk.pipeline.run import call_here
from newsdesk.pipeline.runner import ProcessorCrashed, ProcessorTimedOut
from newsdesk.processing.models import Job, Run
from newsdesk.processing.services import claim, hand_out, process
from newsdesk.sdk import Transient
from tests.apps.factories import (
    Census,
    Lines,
    Names,
    artifacts,
    crash,
    crash_of_names,
    names,
    processed,
    processed_again,
    quarantined,
    submitted,
)

pytestmark = pytest.mark.django_db

PROCESS = sys.modules[process.__module__]  # the function hides its module
STORE = sys.modules[PROCESS.store.__module__]
FOUND = ["Mara", "Voss", "Mara", "Voss"]


def time_out(processor, dossier):
    raise ProcessorTimedOut(f"{processor.name} took longer than 30 s and was stopped", "timeout")


def unavailable(processor, dossier):
    raise ProcessorCrashed("the plugins' process did not start: exit status 1", "start")


def disk_full(*_):
    raise DatabaseError("disk full")


# Crashes


@pytest.mark.parametrize("end", [crash_of_names, time_out])
def test_crash_queues_the_job_again_for_later(end):
    job = submitted().job
    process([job.pk], call=end)
    soon = Now() + timedelta(seconds=1), Now() + timedelta(seconds=3)
    waits = Job.objects.filter(pk=job.pk, state="queued", crashes=1, not_before__range=soon, token=None, finished_at=None)
    assert waits.exists()


def test_job_that_crashed_is_not_handed_out_before_its_time():
    job = submitted().job
    process([job.pk], call=crash)
    assert hand_out(10) == []


def test_crash_keeps_what_others_found_and_names_the_signal():
    submission = submitted()
    process([submission.job.pk], call=crash_of_names)
    run = submission.snapshot.runs.get(processor="names")
    assert (run.cause, run.error, len(artifacts(submission, "paragraph"))) == ("SIGSEGV", "names crashed: SIGSEGV", 3)


def test_second_crash_waits_longer_than_the_first():
    submission = submitted()
    process([submission.job.pk], call=crash)
    processed_again(submission, call=crash)
    assert Job.objects.filter(not_before__gt=Now() + timedelta(seconds=3), crashes=2).exists()


def test_third_crash_puts_the_document_in_quarantine():
    submission = submitted()
    process([submission.job.pk], call=crash)
    processed_again(submission, call=crash)
    job = processed_again(submission, call=crash)
    assert (job.state, job.crashes, job.not_before, job.finished_at is not None) == ("quarantined", 3, None, True)


def test_document_in_quarantine_says_in_which_processor_it_crashed():
    job = quarantined(crash_of_names).job
    assert (job.state, job.crashed_in) == ("quarantined", "names")


def test_document_in_quarantine_is_not_processed():
    submission = processed()
    Job.objects.update(state=Job.State.QUARANTINED)
    assert (hand_out(10), process([submission.job.pk])) == ([], {})


def test_crash_that_does_not_come_again_is_forgotten():
    submission = submitted()
    process([submission.job.pk], call=crash_of_names)
    job = processed_again(submission)
    assert (job.state, job.crashes, names(submission)) == ("done", 0, FOUND)


def test_crash_of_one_document_leaves_the_next_in_the_batch_alone():
    poison, other = submitted("Poison.", url="https://news.example/poison"), submitted()

    def call(processor, dossier):
        return crash(processor, dossier) if dossier.document.url else call_here(processor, dossier)

    assert (process([poison.job.pk, other.job.pk], call=call), names(other)) == ({"queued": 1, "done": 1}, FOUND)


def test_processor_process_that_does_not_start_postpones_the_job_and_blames_no_document(caplog):
    job = submitted().job
    ended = process([job.pk], call=unavailable)
    job.refresh_from_db()
    assert (ended, job.state, job.crashes, Run.objects.count()) == ({"postponed": 1}, "queued", 0, 0)


# Troubles of the house


def test_trouble_in_storing_one_job_postpones_it_and_the_rest_goes_on(monkeypatch, caplog):
    first, second = submitted("Mara left."), submitted("Voss left.")
    store = PROCESS.store

    def full(computed, held):
        return (disk_full if first.snapshot in [each.snapshot for each in computed] else store)(computed, held)

    monkeypatch.setattr(PROCESS, "store", full)
    assert (process([first.job.pk, second.job.pk]), names(second)) == ({"postponed": 1, "done": 1}, ["Voss"])


def test_postponed_job_waits_in_the_queue_with_nothing_stored(monkeypatch, caplog):
    monkeypatch.setattr(STORE, "_store_synopses", disk_full)
    job = submitted().job
    process([job.pk])
    waits = Job.objects.filter(pk=job.pk, state="queued", token=None, crashes=0, not_before__gt=Now())
    assert (waits.exists(), Run.objects.count()) == (True, 0)


def test_job_that_is_postponed_again_waits_longer_but_never_for_hours(monkeypatch, caplog):
    monkeypatch.setattr(PROCESS, "store", disk_full)
    submission = submitted()
    Job.objects.update(postponed=50)
    process([submission.job.pk])
    bounds = Now() + timedelta(seconds=140), Now() + timedelta(seconds=301)
    assert Job.objects.filter(not_before__range=bounds, postponed=51).exists()


def test_postponed_job_says_what_the_trouble_was_and_counts_no_crash(monkeypatch, caplog):
    monkeypatch.setattr(PROCESS, "store", disk_full)
    job = submitted().job
    process([job.pk])
    job.refresh_from_db()
    assert (job.postponed, job.crashes, job.trouble) == (1, 0, "DatabaseError: disk full")


def test_however_often_the_house_was_at_fault_the_document_is_not_put_in_quarantine(monkeypatch, caplog):
    submission = submitted()
    monkeypatch.setattr(PROCESS, "store", disk_full)
    assert {processed_again(submission).state for _ in range(5)} == {"queued"}


def test_document_that_crashed_keeps_its_crashes_while_the_house_is_at_fault(monkeypatch, caplog):
    submission = submitted()
    process([submission.job.pk], call=crash)
    job = processed_again(submission, call=unavailable)
    assert (job.crashes, job.postponed) == (1, 1)


def test_job_that_gets_through_has_no_trouble_any_more(monkeypatch, caplog):
    submission = submitted()
    with monkeypatch.context() as house:
        house.setattr(PROCESS, "store", disk_full)
        process([submission.job.pk])
    job = processed_again(submission)
    assert (job.state, job.postponed, job.trouble) == ("done", 0, "")


def test_job_whose_processors_together_take_longer_than_the_lease_stays_with_its_worker(settings, install):
    install(Lines(), Names(), Census())
    settings.NEWSDESK = {**settings.NEWSDESK, "lease_seconds": 1}
    submission, taken = submitted(), []

    def slow(processor, dossier):
        time.sleep(0.5)
        taken.extend(claim([submission.job.pk]).jobs)
        return call_here(processor, dossier)

    assert (process([submission.job.pk], call=slow), taken) == ({"done": 1}, [])


# Stopping


def test_stopped_worker_gives_the_rest_back_at_once():
    jobs = [submitted(words).job.pk for words in ("One.", "Two.", "Three.")]
    answers = iter([False, True])
    ended = process(jobs, stopped=lambda: next(answers))
    left = Job.objects.filter(state="queued", token=None, not_before=None, nudged_at=None)
    assert (ended, list(left.order_by("pk").values_list("pk", flat=True))) == ({"done": 1}, jobs[1:])


@pytest.mark.parametrize("leave", [SystemExit, KeyboardInterrupt])
def test_worker_that_is_told_to_leave_at_once_stores_what_it_has_and_gives_back_what_it_was_at(leave):
    jobs = [submitted(words).job for words in ("One.", "Two.", "Three.")]

    def told_to_leave(processor, dossier):
        if b"Two" in dossier.document.content:
            raise leave
        return call_here(processor, dossier)

    with pytest.raises(leave):
        process([job.pk for job in jobs], told_to_leave)
    assert list(Job.objects.order_by("pk").values_list("state", "token", "crashes")) == [
        ("done", None, 0),
        ("queued", None, 0),
        ("queued", None, 0),
    ]


def test_jobs_that_were_given_back_can_be_claimed():
    job = submitted().job
    process([job.pk], stopped=lambda: True)
    assert claim([job.pk]).jobs == (job,)


def test_document_whose_bytes_are_damaged_harms_no_other(caplog):
    damaged, other = submitted("Mara left."), submitted("Voss left.")
    Content.objects.filter(pk=damaged.snapshot.content_id).update(compressed=b"damaged")
    assert (process([damaged.job.pk, other.job.pk]), names(other)) == ({"postponed": 1, "done": 1}, ["Voss"])


def test_run_whose_findings_are_damaged_is_computed_again(caplog):
    submission = processed()
    Run.objects.filter(processor="names").update(compressed=b"garbage")
    assert (names(submission), processed_again(submission).outcomes, names(submission)) == (
        [],
        {"lines": "kept", "names": "done"},
        FOUND,
    )


# What is no document's fault, as a processor says


def busy(processor, dossier):
    if processor.name == "names":
        raise Transient("the model server does not answer")
    return call_here(processor, dossier)


def test_processor_that_says_not_now_is_called_again_later_and_no_crash_is_counted():
    submission = submitted()
    ended = process([submission.job.pk], call=busy)
    waits = Job.objects.filter(state="queued", crashes=0, postponed=1, not_before__gt=Now(), finished_at=None)
    assert (ended, waits.get().trouble) == ({"queued": 1}, "names: the model server does not answer")


def test_what_others_found_meanwhile_is_stored_and_kept():
    submission = submitted()
    process([submission.job.pk], call=busy)
    assert (processed_again(submission).outcomes, names(submission)) == ({"lines": "kept", "names": "done"}, FOUND)


def test_job_may_be_postponed_any_number_of_times():
    submission = submitted()
    Job.objects.update(postponed=1_000)
    process([submission.job.pk], call=busy)
    assert Job.objects.filter(state="queued", postponed=1_001, not_before__lt=Now() + timedelta(seconds=301)).exists()


def test_job_that_ends_has_no_trouble_left():
    submission = submitted()
    process([submission.job.pk], call=busy)
    job = processed_again(submission)
    assert (job.state, job.postponed, job.trouble) == ("done", 0, "")
