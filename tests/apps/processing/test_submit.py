import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.processing.models import Job
from newsdesk.processing.services import submit
from tests.apps.factories import actor, processed, submitted

pytestmark = pytest.mark.django_db


class Full(Exception):
    """The disk is, at the wrong moment."""


def rows():
    return [model.objects.count() for model in (Source, Article, Content, Snapshot, Job)]


def test_job_that_cannot_be_stored_takes_the_document_back(monkeypatch):
    def full(**_):
        raise Full

    monkeypatch.setattr(Job.objects, "get_or_create", full)
    with pytest.raises(Full):
        submitted()
    assert rows() == [0, 0, 0, 0, 0]


def test_document_that_is_refused_makes_no_job():
    with pytest.raises(ValidationError):
        submitted("")
    assert rows() == [0, 0, 0, 0, 0]


def test_viewer_may_not():
    with pytest.raises(PermissionDenied):
        submit(content=b"Words.", actor=actor("viewer"))


def test_document_waits_in_a_job_of_its_own():
    submission = submitted()
    assert (submission.job.snapshot, submission.job.state, submission.created) == (submission.snapshot, "queued", True)


def test_known_document_makes_no_new_job():
    first, second = submitted(), submitted()
    assert (second.job, second.created, Job.objects.count()) == (first.job, False, 1)


def test_known_document_that_was_processed_is_not_queued_again():
    processed()
    assert submitted().job.state == Job.State.DONE


def test_other_bytes_at_the_same_address_wait_in_another_job():
    first, second = (submitted(words, url="https://news.example/a") for words in ("Words.", "More words."))
    assert (second.job != first.job, second.snapshot.article) == (True, first.snapshot.article)
