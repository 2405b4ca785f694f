from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from newsdesk.access.policy import Actor
from newsdesk.pipeline.run import call_here
from newsdesk.processing.models import Job, Run
from newsdesk.processing.services import process
from newsdesk.scores.queries import versions
from newsdesk.worker import enqueue
from newsdesk.worker.celery import app
from newsdesk.worker.tasks import process_jobs
from tests.apps.factories import Lines, NewNames, actor, names, processed, submitted

pytestmark = pytest.mark.django_db

STORY = b"Mara left."


@pytest.fixture(autouse=True)
def _rested(monkeypatch):
    monkeypatch.setattr(enqueue, "_resting_until", float("-inf"))


@pytest.fixture
def sent(monkeypatch):
    """The messages that went out, in place of a broker."""
    messages = []
    monkeypatch.setattr(process_jobs, "delay", messages.append)
    return messages


@pytest.fixture(params=[OperationalError("refused"), ChannelError("out of memory"), ConnectionResetError("reset")], ids=str)
def broken_broker(request, monkeypatch):
    """A broker that is down, full, or hangs up."""

    def delay(_):
        raise request.param

    monkeypatch.setattr(process_jobs, "delay", delay)


@pytest.fixture
def queue(settings, tmp_path):
    """The folder of the embedded broker, whatever broker these tests have."""
    settings.NEWSDESK = {**settings.NEWSDESK, "embedded_broker": True, "batch": 2}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_out": str(tmp_path)}
    return tmp_path


def submit(content=STORY, **document):
    return enqueue.submit(content=content, actor=Actor.operator(), **document)


def fill(queue, messages):
    return [(queue / f"{number}.msg").touch() for number in range(messages)]


# A nudge after the commit


def test_nothing_is_sent_before_the_commit(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        submit()
    assert (sent, len(callbacks)) == ([], 1)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_for_a_transaction_that_was_rolled_back(sent):
    with transaction.atomic():
        submit()
        transaction.set_rollback(True)
    assert (sent, Job.objects.count()) == ([], 0)


def test_refused_document_sends_nothing(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(PermissionDenied):
        enqueue.submit(content=STORY, actor=actor("viewer"))
    assert sent == []


def test_job_is_sent_after_the_commit_and_left_alone_by_the_sweep(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = submit().job
    assert (sent, enqueue.sweep(), len(sent)) == ([[job.pk]], 0, 1)


def test_known_document_that_was_processed_sends_nothing(sent, django_capture_on_commit_callbacks):
    processed("Mara left.")
    with django_capture_on_commit_callbacks(execute=True):
        submit()
    assert sent == []


def test_jobs_are_sent_in_batches(settings, sent, django_capture_on_commit_callbacks):
    settings.NEWSDESK = {**settings.NEWSDESK, "batch": 2}
    with django_capture_on_commit_callbacks(execute=True):
        enqueue.nudge([1, 2, 3, 4, 5])
    assert sent == [[1, 2], [3, 4], [5]]


# A broker in trouble


def test_broker_in_trouble_does_not_fail_the_submission(broken_broker, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        submission = submit()
    assert (submission.created, Job.objects.get().nudged_at) == (True, None)


def test_broker_in_trouble_is_told_in_the_log(broken_broker, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        submit()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "no worker could be nudged; the sweep will try again"
    ]


def test_broker_in_trouble_does_not_stop_the_sweep(broken_broker, caplog):
    submitted()
    assert enqueue.sweep() == 0


def test_broker_in_trouble_is_not_tried_again_at_once_for_the_next_submission(
    monkeypatch, django_capture_on_commit_callbacks, caplog
):
    tried = []
    monkeypatch.setattr(process_jobs, "delay", lambda ids: tried.append(ids) or 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        first = submit().job
        submit(b"Voss left.")
    assert tried == [[first.pk]]


def test_broker_in_trouble_is_tried_again_after_a_rest(monkeypatch, django_capture_on_commit_callbacks, caplog):
    tried = []
    monkeypatch.setattr(enqueue, "REST_SECONDS", 0)
    monkeypatch.setattr(process_jobs, "delay", lambda ids: tried.append(ids) or 1 / 0)
    with django_capture_on_commit_callbacks(execute=True):
        jobs = [submit(words).job.pk for words in (b"Mara left.", b"Voss left.")]
    assert tried == [[jobs[0]], [jobs[1]]]


def test_sweep_sends_what_could_not_be_sent_before(sent, monkeypatch, django_capture_on_commit_callbacks, caplog):
    def down(_):
        raise OperationalError("refused")

    with monkeypatch.context() as trouble, django_capture_on_commit_callbacks(execute=True):
        trouble.setattr(process_jobs, "delay", down)
        job = submit().job
    assert (enqueue.sweep(), sent) == (1, [[job.pk]])


# The sweep


def test_scorecards_that_cannot_be_counted_do_not_stop_the_sweep(sent, monkeypatch, caplog):
    job = submitted().job
    monkeypatch.setattr(enqueue.scores, "keep_up", lambda: 1 / 0)
    assert (enqueue.sweep(), sent, "scorecards" in caplog.text) == (1, [[job.pk]], True)


def test_sweep_counts_what_processors_did(sent):
    processed("Mara left.")
    Run.objects.update(ended_at=timezone.now() - timedelta(hours=1))  # nobody waits for numbers that other tests used up
    enqueue.sweep()
    assert {each.speed.processor for each in versions()} >= {"lines", "names"}


def test_sweep_has_nothing_to_send_where_nothing_waits(sent):
    processed()
    assert (enqueue.sweep(), sent) == (0, [])


def test_sweep_sends_in_batches_oldest_first(settings, sent):
    settings.NEWSDESK = {**settings.NEWSDESK, "batch": 2}
    jobs = [submitted(words).job.pk for words in ("One.", "Two.", "Three.")]
    assert (enqueue.sweep(), sent) == (3, [jobs[:2], jobs[2:]])


def test_sweep_sends_no_more_than_its_limit(sent):
    jobs = [submitted(words).job.pk for words in ("One.", "Two.", "Three.")]
    assert (enqueue.sweep(limit=2), sent) == (2, [jobs[:2]])


def test_sweep_does_not_send_a_job_twice(sent):
    submitted()
    assert (enqueue.sweep(), enqueue.sweep()) == (1, 0)


def test_sweep_sends_what_a_new_version_makes_due(install, sent):
    job = processed().job
    install(Lines(), NewNames())
    assert (enqueue.sweep(), sent) == (1, [[job.pk]])


def test_sweep_sends_what_was_queued_again_by_hand(sent):
    submission = processed()
    queued = enqueue.reprocess(snapshot_ids=[submission.snapshot.pk], actor=Actor.operator())
    assert (queued, enqueue.sweep(), sent) == (1, 1, [[submission.job.pk]])


def test_who_may_not_queue_again_may_not_here_either(sent):
    with pytest.raises(PermissionDenied):
        enqueue.reprocess(snapshot_ids=[], actor=actor("viewer"))


# The embedded broker, which reads its whole folder for each message


def test_full_folder_gets_no_nudge_and_the_job_is_left_to_the_sweep(queue, sent, django_capture_on_commit_callbacks):
    fill(queue, enqueue.MAX_EMBEDDED_MESSAGES)
    with django_capture_on_commit_callbacks(execute=True):
        submit()
    assert (sent, Job.objects.get().nudged_at) == ([], None)


def test_full_folder_gets_nothing_from_the_sweep(queue, sent):
    fill(queue, enqueue.MAX_EMBEDDED_MESSAGES + 5)
    submitted()
    assert (enqueue.sweep(), sent) == (0, [])


def test_sweep_sends_as_many_batches_as_there_is_room_for(queue, sent):
    fill(queue, enqueue.MAX_EMBEDDED_MESSAGES - 1)
    jobs = [submitted(words).job.pk for words in ("One.", "Two.", "Three.")]
    assert (enqueue.sweep(), sent) == (2, [jobs[:2]])


def test_folder_that_is_gone_does_not_fail_the_submission(queue, sent, django_capture_on_commit_callbacks, caplog):
    queue.rmdir()
    with django_capture_on_commit_callbacks(execute=True):
        assert submit().created


# The message itself, through the broker that these tests have


def test_message_goes_through_the_broker_with_the_jobs_and_nothing_else():
    with app.connection_for_write() as connection, connection.SimpleQueue("newsdesk") as waiting:
        waiting.clear()
        enqueue._publish([4711])
        message = waiting.get(timeout=5)
        message.ack()
    assert (message.content_type, message.payload[:2]) == ("application/json", [[[4711]], {}])


def test_task_processes_those_of_its_jobs_that_are_free(monkeypatch):
    free, held = submitted("Mara left."), processed("Voss left.")
    monkeypatch.setattr("newsdesk.worker.tasks.runner", lambda: call_here)
    process_jobs([free.job.pk, held.job.pk, 4711])
    assert (names(free), process([free.job.pk])) == (["Mara"], {})
