from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from newsdesk.access.policy import Actor
from newsdesk.host.services import enable, set_options
from newsdesk.processing.models import Job
from newsdesk.processing.services import claim, hand_out, mark_handed_out, process, rearm_outdated, reprocess
from tests.apps.factories import BrokenNames, Lines, Names, NewNames, actor, names, person, processed, submitted

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


def jobs(*words):
    return [submitted(each).job.pk for each in words or ("One.", "Two.", "Three.")]


def change(job_id, **fields):
    Job.objects.filter(pk=job_id).update(**fields)


def ago(seconds):
    return Now() - timedelta(seconds=seconds)


# Handing out


@pytest.mark.parametrize("state", Job.TERMINAL)
def test_job_that_ended_is_not_handed_out(state):
    change(*jobs("One."), state=state)
    assert hand_out(10) == []


def test_job_that_a_worker_has_is_not_handed_out():
    claim(jobs("One."))
    assert hand_out(10) == []


def test_job_that_a_recent_message_speaks_of_is_not_handed_out():
    mark_handed_out(jobs("One."))
    assert hand_out(10) == []


def test_job_is_not_handed_out_twice():
    jobs()
    hand_out(10)
    assert hand_out(10) == []


def test_job_is_not_handed_out_before_its_time():
    change(*jobs("One."), not_before=Now() + timedelta(seconds=60))
    assert hand_out(10) == []


def test_nothing_is_handed_out_where_there_is_no_room():
    jobs()
    assert hand_out(0) == []


def test_jobs_are_handed_out_oldest_first():
    waiting = jobs()
    assert hand_out(10) == waiting


def test_no_more_jobs_are_handed_out_than_there_is_room_for():
    waiting = jobs()
    assert (hand_out(2), hand_out(2)) == (waiting[:2], waiting[2:])


def test_job_whose_message_was_lost_is_handed_out_again(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "nudge_seconds": 25}
    waiting = jobs("One.")
    change(*waiting, nudged_at=ago(26))
    assert hand_out(10) == waiting


def test_job_whose_worker_died_is_handed_out():
    waiting = jobs("One.")
    claim(waiting)
    change(*waiting, lease_until=ago(1), nudged_at=ago(60))
    assert hand_out(10) == waiting


def test_job_is_handed_out_when_its_time_has_come():
    waiting = jobs("One.")
    change(*waiting, not_before=ago(1))
    assert hand_out(10) == waiting


def test_job_that_was_handed_out_can_be_claimed():
    jobs("One.")
    assert len(claim(hand_out(10)).jobs) == 1


# What a new plan makes due


def test_job_that_was_done_under_this_plan_is_left_alone():
    processed()
    assert rearm_outdated(10) == 0


def test_document_in_quarantine_is_left_there_under_the_same_plan():
    processed()
    Job.objects.update(state=Job.State.QUARANTINED)
    assert rearm_outdated(10) == 0


def test_document_in_quarantine_gets_another_chance_with_a_new_version(install):
    processed()
    Job.objects.update(state=Job.State.QUARANTINED)
    install(Lines(), NewNames())
    assert rearm_outdated(10) == 1


def test_job_that_waits_is_left_alone(install):
    jobs()
    install(Lines(), NewNames())
    assert rearm_outdated(10) == 0


def test_job_that_a_worker_has_is_left_to_it(install):
    claim(jobs("One."))
    install(Lines(), NewNames())
    assert rearm_outdated(10) == 0


@pytest.mark.parametrize(
    "change_plan",
    [
        lambda install: install(Lines(), NewNames()),
        lambda install: install(Lines()),
        lambda _: set_options(processor="names", options={"letters": 5}, actor=OPERATOR),
        lambda _: enable(processor="names", enabled=False, actor=OPERATOR),
    ],
    ids=["version", "plugins", "option", "off"],
)
def test_job_that_was_done_under_another_plan_is_due(install, change_plan):
    processed()
    change_plan(install)
    assert rearm_outdated(10) == 1


def test_job_that_failed_is_due_when_its_processor_was_mended(install):
    install(Lines(), BrokenNames())
    submission = processed()
    install(Lines(), Names())
    rearm_outdated(10)
    process(hand_out(10))
    assert len(names(submission)) == 4


def test_job_that_is_due_waits_to_be_handed_out_at_once(install):
    job = processed().job
    install(Lines(), NewNames())
    rearm_outdated(10)
    assert hand_out(10) == [job.pk]


def test_job_that_was_done_again_is_due_no_more(install):
    processed()
    install(Lines(), NewNames())
    rearm_outdated(10)
    process(hand_out(10))
    assert rearm_outdated(10) == 0


def test_no_more_jobs_become_due_at_once_than_asked_for_oldest_first(install):
    first = [processed(words).job.pk for words in ("One.", "Two.", "Three.")][:2]
    install(Lines(), NewNames())
    assert (rearm_outdated(2), hand_out(10)) == (2, first)


# By hand


@pytest.mark.parametrize(
    "asking", [lambda: actor("viewer"), lambda: Actor(None, "desk"), lambda: Actor(person(), "api", "read")]
)
def test_whoever_may_not_queue_again_is_refused_and_nothing_is_queued(asking):
    submission = processed()
    with pytest.raises(PermissionDenied, match="may not reprocess"):
        reprocess(snapshot_ids=[submission.snapshot.pk], actor=asking())
    assert hand_out(10) == []


@pytest.mark.parametrize("role", ["editor", "chief editor", "plugin admin"])
def test_role_that_may_queue_again(role):
    submission = processed()
    assert reprocess(snapshot_ids=[submission.snapshot.pk], actor=actor(role)) == 1


@pytest.mark.parametrize("state", Job.TERMINAL)
def test_job_that_ended_in_any_way_is_queued_and_begins_with_no_crashes(state):
    submission = processed()
    Job.objects.update(state=state, crashes=3, trouble="deadly")
    reprocess(snapshot_ids=[submission.snapshot.pk], actor=OPERATOR)
    job = Job.objects.get()
    begun = claim([job.pk]).jobs[0]
    assert (job.state, job.finished_at, begun.crashes, begun.trouble) == ("queued", None, 0, "")


def test_job_that_is_queued_again_starts_with_short_pauses():
    submission = processed()
    Job.objects.update(attempts=40)
    reprocess(snapshot_ids=[submission.snapshot.pk], actor=OPERATOR)
    assert claim([submission.job.pk]).jobs[0].attempts == 1


@pytest.mark.parametrize("take", [lambda job: None, lambda job: claim([job.pk])], ids=["queued", "running"])
def test_job_that_waits_or_runs_is_not_queued_again(take):
    submission = submitted()
    take(submission.job)
    assert reprocess(snapshot_ids=[submission.snapshot.pk], actor=OPERATOR) == 0


def test_snapshot_that_does_not_exist_is_not_queued():
    assert reprocess(snapshot_ids=[4711], actor=OPERATOR) == 0


def test_only_the_snapshots_that_were_named_are_queued():
    one, _ = processed("One."), processed("Other.")
    reprocess(snapshot_ids=[one.snapshot.pk], actor=OPERATOR)
    assert hand_out(10) == [one.job.pk]


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_several_documents_at_once_are_not_an_editors_to_queue(role):
    snapshots = [processed(words).snapshot.pk for words in ("One.", "Two.")]
    with pytest.raises(PermissionDenied, match="reprocess many"):
        reprocess(snapshot_ids=snapshots, actor=actor(role))


@pytest.mark.parametrize("role", ["chief editor", "plugin admin"])
def test_several_documents_at_once_may_be_queued_by(role):
    snapshots = [processed(words).snapshot.pk for words in ("One.", "Two.")]
    assert reprocess(snapshot_ids=snapshots, actor=actor(role)) == 2


def test_document_in_quarantine_is_not_an_editors_to_release():
    submission = processed()
    change(submission.job.pk, state=Job.State.QUARANTINED)
    with pytest.raises(PermissionDenied, match="release"):
        reprocess(snapshot_ids=[submission.snapshot.pk], actor=actor("editor"))


def test_document_in_quarantine_is_released_by_a_chief_editor():
    submission = processed()
    change(submission.job.pk, state=Job.State.QUARANTINED)
    assert reprocess(snapshot_ids=[submission.snapshot.pk], actor=actor("chief editor")) == 1


def test_who_processes_here_and_now_is_given_what_a_message_speaks_of():
    job = submitted().job
    hand_out(10)
    assert (hand_out(10), hand_out(10, spoken=True)) == ([], [job.pk])
