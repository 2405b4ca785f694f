import sys

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsdesk.pipeline.run import call_here
from newsdesk.processing.models import Job, Synopsis
from newsdesk.processing.services import process
from tests.apps.factories import submitted

pytestmark = pytest.mark.django_db

PROCESS = sys.modules[process.__module__]  # the function hides its module


def test_statements_do_not_grow_with_the_batch():
    jobs = [submitted(f"Mara said {number}.").job.pk for number in range(12)]
    with CaptureQueriesContext(connection) as few:
        process(jobs[:3])
    with CaptureQueriesContext(connection) as many:
        process(jobs[3:])
    assert len(many) == len(few)


def test_results_are_stored_when_they_have_been_gathered_for_a_while(monkeypatch):
    monkeypatch.setattr(PROCESS, "STORE_SECONDS", 0)
    jobs, seen = [submitted(words).job.pk for words in ("One.", "Two.")], []

    def call(processor, dossier):
        seen.append(Job.objects.filter(state="done").count())
        return call_here(processor, dossier)

    process(jobs, call=call)
    assert seen == [0, 0, 1, 1]


def test_of_two_snapshots_of_an_article_in_one_batch_the_newer_says_what_lists_show():
    first, second = submitted("Mara left.", url="https://news.example/a"), submitted("Voss came.", url="https://news.example/a")
    process([first.job.pk, second.job.pk])
    assert (Synopsis.objects.get().title, Synopsis.objects.get().snapshot) == ("Voss came.", second.snapshot)
