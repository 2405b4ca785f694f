import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection
from django.db.models.functions import Now

from newsdesk.access.policy import Actor
from newsdesk.pipeline.run import call_here
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import current_artifacts
from newsdesk.processing.services import claim, hand_out, held_still, process, rearm_outdated, renew, reprocess
from newsdesk.processing.services.claim import DEADLY
from tests.apps.factories import Lines, NewNames, crash, names, submitted

pytestmark = pytest.mark.django_db

PROCESS = sys.modules[process.__module__]  # the function hides its module


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


@pytest.mark.parametrize("state", Job.TERMINAL)
def test_job_that_ended_cannot_be_claimed(state):
    job = submitted().job
    Job.objects.filter(pk=job.pk).update(state=state)
    assert claim([job.pk]).jobs == ()


def test_job_that_somebody_holds_cannot_be_claimed():
    job = submitted().job
    claim([job.pk])
    assert claim([job.pk]).jobs == ()


def test_jobs_that_nobody_named_are_left_alone():
    one, other = submitted("One."), submitted("Other.")
    claim([one.job.pk])
    other.job.refresh_from_db()
    assert other.job.state == Job.State.QUEUED


def test_job_that_does_not_exist_is_nobodys():
    assert claim([4711]).jobs == ()


def test_claimed_jobs_come_oldest_first_and_running():
    jobs = [submitted(words).job for words in ("One.", "Two.", "Three.")]
    held = claim([jobs[2].pk, jobs[0].pk, jobs[1].pk])
    assert [(job.pk, job.state, job.token) for job in held.jobs] == [(job.pk, "running", held.token) for job in jobs]


def test_each_claim_counts_as_an_attempt():
    job = submitted().job
    claim([job.pk])
    expire(job)
    assert claim([job.pk]).jobs[0].attempts == 2


def test_job_whose_lease_ran_out_can_be_taken_over():
    job = submitted().job
    first = claim([job.pk])
    expire(job)
    second = claim([job.pk])
    assert (second.jobs, second.token != first.token) == ((job,), True)


def test_job_that_was_taken_over_is_no_longer_its_first_holders():
    job = submitted().job
    first = claim([job.pk])
    expire(job)
    claim([job.pk])
    assert held_still(first, [job.pk]) == set()


def test_job_whose_lease_ran_out_is_still_its_holders_while_nobody_took_it():
    job = submitted().job
    held = claim([job.pk])
    expire(job)
    assert held_still(held, [job.pk]) == {job.pk}


def test_job_that_ended_is_nobodys():
    job = submitted().job
    held = claim([job.pk])
    Job.objects.update(state=Job.State.DONE, token=None)
    assert held_still(held, [job.pk]) == set()


def test_ended_job_has_neither_token_nor_lease():
    job = submitted().job
    process([job.pk])
    job.refresh_from_db()
    assert (job.state, job.token, job.lease_until) == (Job.State.DONE, None, None)


def test_renewed_claim_cannot_be_taken_over():
    job = submitted().job
    held = claim([job.pk])
    expire(job)
    renew(held)
    assert claim([job.pk]).jobs == ()


def test_renewal_leaves_a_job_that_was_taken_over_to_its_new_holder():
    job = submitted().job
    first = claim([job.pk])
    expire(job)
    second = claim([job.pk])
    expire(job)
    renew(first)
    assert claim([job.pk]).token not in (first.token, second.token)


# Workers that die


def lost(job, times=1):
    """So many workers died with the job in hand, which nobody claimed since the last."""
    Job.objects.filter(pk=job.pk).update(
        state=Job.State.RUNNING, attempts=times, lost=times - 1, lease_until=Now() - timedelta(seconds=1)
    )


def rows(*fields):
    return list(Job.objects.order_by("pk").values_list(*fields))


def test_job_whose_worker_gave_it_back_has_lost_none():
    job = submitted().job
    process([job.pk], stopped=lambda: True)
    assert claim([job.pk]).jobs[0].lost == 0


def test_jobs_that_a_worker_died_with_once_are_no_suspects():
    jobs = [submitted(words).job for words in ("One.", "Two.")]
    assert [lost(job) for job in jobs] == [None, None]
    assert [job.lost for job in claim([job.pk for job in jobs]).jobs] == [1, 1]


def test_suspect_is_claimed_alone_and_the_others_are_free_at_once():
    jobs = [submitted(words).job for words in ("One.", "Two.", "Three.")]
    lost(jobs[1], times=2)
    held = claim([job.pk for job in jobs])
    assert (held.jobs, rows("state", "token", "lost")) == (
        (jobs[1],),
        [("queued", None, 0), ("running", held.token, 2), ("queued", None, 0)],
    )


def test_of_many_suspects_one_is_claimed_and_the_others_are_no_less_suspect():
    jobs = [submitted(words).job for words in ("One.", "Two.")]
    assert [lost(job, times=2) for job in jobs] == [None, None]
    claim([job.pk for job in jobs])
    assert rows("state", "lost") == [("running", 2), ("queued", 2)]


def test_jobs_that_a_suspect_left_in_the_queue_are_handed_out():
    suspect, other = submitted("One.").job, submitted("Two.").job
    lost(suspect, times=2)
    claim(hand_out(10))
    assert hand_out(10) == [other.pk]


def test_suspect_that_comes_to_an_end_is_no_suspect_any_more():
    job = submitted().job
    lost(job, times=4)
    process([job.pk])
    assert rows("state", "lost") == [("done", 0)]


def test_suspect_that_crashes_its_processor_is_no_suspect_any_more():
    job = submitted().job
    lost(job, times=4)
    process([job.pk], call=crash)
    assert rows("state", "crashes", "lost") == [("queued", 1, 0)]


def test_job_that_worker_after_worker_died_with_is_put_in_quarantine_and_says_so(caplog):
    job = submitted().job
    lost(job, times=5)
    assert process([job.pk]) == {"quarantined": 1}
    assert rows("state", "token", "lease_until", "lost", "crashes", "trouble") == [("quarantined", None, None, 5, 0, DEADLY)]


def test_job_that_is_put_in_quarantine_stays_there_until_the_plan_changes(install, caplog):
    job = submitted().job
    lost(job, times=5)
    process([job.pk])
    same = rearm_outdated(10)
    install(Lines(), NewNames())
    assert (same, rearm_outdated(10)) == (0, 1)


def test_others_in_the_claim_that_ends_a_deadly_job_are_processed(caplog):
    deadly, other = submitted("One.").job, submitted("Two.").job
    lost(deadly, times=5)
    assert process([deadly.pk, other.pk]) == {"quarantined": 1, "done": 1}


def test_released_document_that_workers_died_with_is_no_suspect():
    submission = submitted()
    lost(submission.job, times=5)
    claim([submission.job.pk])
    reprocess(snapshot_ids=[submission.snapshot.pk], actor=Actor.operator())
    assert claim([submission.job.pk]).jobs[0].lost == 0


def test_worker_that_cannot_begin_gives_its_jobs_back(monkeypatch):
    def gone(_):
        raise DatabaseError("gone")

    monkeypatch.setattr(PROCESS, "contents", gone)
    job = submitted().job
    with pytest.raises(DatabaseError):
        process([job.pk])
    assert rows("state", "token") == [("queued", None)]


def test_lease_lasts_as_long_as_the_settings_say(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "lease_seconds": 1000}
    job = submitted().job
    claim([job.pk])
    in_time = Now() + timedelta(seconds=990), Now() + timedelta(seconds=1010)
    assert Job.objects.filter(pk=job.pk, lease_until__range=in_time).exists()


def test_worker_that_lost_its_job_stores_nothing_of_it(caplog):
    submission = submitted()

    def call(processor, dossier):
        expire(submission.job)
        claim([submission.job.pk])
        return call_here(processor, dossier)

    ended = process([submission.job.pk], call=call)
    assert (ended, Run.objects.count()) == ({"lost": 1}, 0)


def test_worker_that_lost_a_job_goes_on_with_the_next():
    lost, other = submitted("Mara left.", url="https://news.example/lost"), submitted("Mara stayed.")

    def call(processor, dossier):
        taken = [lost.job.pk] if dossier.document.url else []
        Job.objects.filter(pk__in=taken).update(token=None)
        return call_here(processor, dossier)

    assert (process([lost.job.pk, other.job.pk], call=call), names(other)) == ({"lost": 1, "done": 1}, ["Mara"])


def test_new_holder_stores_what_the_first_may_not():
    submission = submitted()
    claim([submission.job.pk])
    expire(submission.job)
    process([submission.job.pk])
    assert names(submission) == ["Mara", "Voss", "Mara", "Voss"]


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_claim_at_once_one_gets_the_job():
    job, start = submitted().job, Barrier(4)

    def worker(_):
        try:
            start.wait(10)
            return len(claim([job.pk]).jobs)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(worker, range(4))) == [0, 0, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_process_at_once_one_stores_the_results():
    submission, start = submitted(), Barrier(4)

    def worker(_):
        try:
            start.wait(10)
            return process([submission.job.pk])["done"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert (sorted(pool.map(worker, range(4))), len(names(submission))) == ([0, 0, 0, 1], 4)


@pytest.mark.django_db(transaction=True)
def test_many_workers_share_many_jobs_without_doing_any_twice():
    jobs = [submitted(f"Mara said {number}.").job.pk for number in range(12)]

    def worker(shift):
        try:
            return process(jobs[shift:] + jobs[:shift])["done"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(worker, (0, 3, 6, 9)))
    persons = [each.kind for job in Job.objects.all() for each in current_artifacts(job.snapshot_id)].count("person")
    assert (done, persons) == (12, 12)
