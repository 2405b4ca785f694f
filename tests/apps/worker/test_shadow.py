import pytest
from django.core.exceptions import ValidationError

from newsdesk.pipeline.run import call_here
from newsdesk.shadow.models import ShadowRun
from newsdesk.worker import enqueue
from newsdesk.worker.celery import app
from newsdesk.worker.tasks import work_on_shadow_run
from tests.apps.factories import actor, processed
from tests.apps.shadow.stage import OPERATOR, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(monkeypatch):
    """The messages that went out, in place of a broker."""
    messages = []
    monkeypatch.setattr(work_on_shadow_run, "delay", messages.append)
    return messages


def test_refused_run_nudges_nobody(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValidationError):
        enqueue.request_shadow_run(processor="gone", actor=OPERATOR)
    assert sent == []


def test_broker_that_is_down_does_not_fail_the_request(monkeypatch, django_capture_on_commit_callbacks):
    def delay(_):
        raise ConnectionResetError("reset")

    monkeypatch.setattr(work_on_shadow_run, "delay", delay)
    with django_capture_on_commit_callbacks(execute=True):
        number = enqueue.request_shadow_run(processor="names", actor=actor("plugin admin"))
    assert ShadowRun.objects.get(pk=number).nudged_at is None


def test_nothing_is_sent_before_the_commit_and_the_run_after_it(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        number = enqueue.request_shadow_run(processor="names", actor=OPERATOR)
        assert sent == []
    assert (sent, ShadowRun.objects.get(pk=number).nudged_at is None) == ([number], False)


def test_sweep_sends_a_run_that_no_message_speaks_of_once_in_a_while(sent):
    run = asked()
    enqueue.sweep()
    enqueue.sweep()
    assert sent == [run.pk]


def test_message_goes_through_the_broker_with_the_number_and_nothing_else():
    with app.connection_for_write() as connection, connection.SimpleQueue("newsdesk") as waiting:
        waiting.clear()
        enqueue._send_shadow_runs([4711])
        message = waiting.get(timeout=5)
        message.ack()
    assert (message.content_type, message.payload[:2]) == ("application/json", [[4711], {}])


def test_task_goes_on_with_the_run_and_a_second_message_changes_nothing(monkeypatch):
    processed("Mara left.")
    run = asked()
    monkeypatch.setattr("newsdesk.worker.tasks.runner", lambda: call_here)
    work_on_shadow_run(run.pk)
    first = ShadowRun.objects.get(pk=run.pk)
    work_on_shadow_run(run.pk)
    again = ShadowRun.objects.get(pk=run.pk)
    assert (first.state, first.done, again.finished_at) == ("done", 1, first.finished_at)
