import pytest

from newsdesk.corpus.models import Snapshot
from newsdesk.processing import queries
from newsdesk.processing.models import Job
from tests.apps.factories import (
    STORY,
    BrokenLines,
    BrokenNames,
    Lines,
    Names,
    OtherNames,
    names,
    processed,
    processed_again,
    submitted,
)

pytestmark = pytest.mark.django_db


def test_there_is_no_progress_where_there_is_nothing():
    assert queries.progress() == {}


def test_progress_counts_jobs_by_state(install):
    processed("One.")
    submitted("Two."), submitted("Three.")
    assert queries.progress() == {"done": 1, "queued": 2}


def test_runs_that_hold_are_those_of_the_present_plan(install):
    submission = processed()
    install(Lines(), OtherNames())
    processed_again(submission)
    assert [str(run) for run in queries.current_runs(submission.snapshot.pk)] == ["lines 1: done", "names 3: done"]


def test_all_runs_of_an_article_come_newest_first_whether_they_hold_or_not(install):
    submission = processed()
    install(Lines(), OtherNames())
    processed_again(submission)
    runs = queries.runs_of(submission.snapshot.article_id)
    assert [str(run) for run in runs] == ["names 3: done", "names 1: done", "lines 1: done"]


def test_artifacts_come_in_the_order_of_reading_after_those_without_a_place():
    artifacts = queries.current_artifacts(processed("Mara\nVoss").snapshot.pk)
    assert [(each.kind, each.start) for each in artifacts] == [
        ("text", None),
        ("paragraph", 0),
        ("person", 0),
        ("paragraph", 5),
        ("person", 5),
    ]


def test_artifacts_of_a_run_that_failed_are_not_there(install):
    install(Lines(), BrokenNames())
    assert names(processed()) == []


def test_document_that_waits_has_no_text():
    assert queries.text_of(submitted().snapshot.pk) is None


def test_document_that_could_not_be_read_has_no_text(install):
    install(BrokenLines())
    assert queries.text_of(processed().snapshot.pk) is None


def test_text_of_a_snapshot_is_whole():
    assert queries.text_of(processed().snapshot.pk) == STORY


def test_snapshots_of_an_article_come_newest_first():
    old, new, _ = (
        submitted(words, url=url).snapshot
        for words, url in (("1", "http://a.example/"), ("2", "http://a.example/"), ("3", "http://b.example/"))
    )
    assert queries.snapshot_ids(old.article_id) == [new.pk, old.pk]


def test_snapshot_that_does_not_exist_is_an_error():
    with pytest.raises(Snapshot.DoesNotExist):
        queries.snapshot(4711)


def test_snapshot_comes_with_all_that_names_it_in_one_query(django_assert_num_queries):
    pk = submitted().snapshot.pk
    with django_assert_num_queries(1):
        found = queries.snapshot(pk)
        assert (found.article.source.slug, found.job.state) == ("desk", "queued")


def test_articles_come_newest_first_with_state_and_snapshot_of_their_newest():
    old, new = processed(url="http://a.example/"), submitted("Words.", url="http://b.example/")
    newer = submitted("Other words.", url="http://a.example/")
    assert list(queries.articles().values_list("pk", "state", "newest")) == [
        (new.snapshot.article_id, "queued", new.snapshot.pk),
        (old.snapshot.article_id, "queued", newer.snapshot.pk),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"source": "nobody"}, []),
        ({"words": "nowhere"}, []),
        ({"state": "quarantined"}, []),
        ({"source": "wire"}, ["http://a.example/mara"]),
        ({"state": "queued"}, ["http://b.example/"]),
        ({"words": "MARA VOSS"}, ["http://a.example/mara"]),
        ({"words": "b.example"}, ["http://b.example/"]),
        ({"source": "desk", "state": "done"}, []),
        ({}, ["http://b.example/", "http://a.example/mara"]),
    ],
)
def test_articles_are_found_by_source_state_and_words(wanted, found):
    processed(url="http://a.example/mara", source="wire")
    submitted(url="http://b.example/")
    assert list(queries.articles(**wanted).values_list("address", flat=True)) == found


def test_open_states_are_those_that_are_not_terminal():
    assert {*queries.OPEN_STATES, *Job.TERMINAL} == set(Job.State)


def test_names_found_anew_replace_the_former(install):
    install(Lines(), Names(letters=5))
    submission = processed("Mara Voss and Peter")
    install(Lines(), Names())
    processed_again(submission)
    assert names(submission) == ["Mara", "Voss"]
