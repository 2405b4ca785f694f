"""Each row is counted once, whoever counts, in whatever order rows become visible; and the difference gives the whole."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsdesk.access.policy import Actor
from newsdesk.processing.models import Run
from newsdesk.review.services import withdraw
from newsdesk.scores.models import Cursor, Judgement, Measure, Pace, Score
from newsdesk.scores.queries import versions
from newsdesk.scores.services import cursor, forget, keep_up, runs
from tests.apps.factories import BrokenNames, Lines, actor, processed, processed_again
from tests.apps.scores.stage import a_run, added, corrected, count, said, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return actor()


def everything():
    """All counts, in plain values."""
    scores = Score.objects.exclude(count=0).order_by("source", "processor", "version", "kind", "verdict", "tenth")
    paces = Pace.objects.order_by("source", "processor", "version")
    return (
        list(scores.values_list("source", "processor", "version", "kind", "verdict", "tenth", "count")),
        list(paces.values_list("source", "processor", "version", "runs", "failed", "times", "causes")),
        list(Measure.objects.order_by("pk").values_list("pk", "words", "paragraphs", "quotes", "failed")),
    )


def rows(*numbers, age=0):
    """Rows of these numbers that are so many seconds old."""
    return [(number, timezone.now() - timedelta(seconds=age)) for number in numbers]


def test_row_after_a_gap_waits_while_somebody_may_fill_it():
    assert [row[0] for row in cursor.settled(rows(4, 5, 7, 8), 3, timedelta(minutes=1))] == [4, 5]


def test_gap_that_nobody_filled_in_time_is_passed_over():
    assert [row[0] for row in cursor.settled(rows(4, 7, 8, age=61), 3, timedelta(minutes=1))] == [4, 7, 8]


def test_counting_twice_is_counting_once(ana):
    said(processed("Mara left Rome."), "accept", ana)
    count()
    before = everything()
    assert (count(), everything()) == (0, before)


def test_who_comes_second_counts_nothing(ana, monkeypatch):
    said(processed("Mara left Rome."), "accept", ana)
    count()
    before = everything()
    Cursor.objects.filter(pk="runs").update(last=0)
    monkeypatch.setattr(runs, "position", lambda name: -1)
    runs.count_runs(timedelta(0))
    assert everything() == before


def test_counts_by_difference_are_those_of_counting_all_anew(ana, install):
    story, other = processed("Mara left Rome with Otto."), processed("Anna was there.", source="avisen")
    second = said(story, "accept", ana, 0)
    corrected(story, ana, number=1)
    count()
    said(story, "reject", ana, 2)
    added(other, ana, 5, 8)
    withdraw(decision=second.uuid, actor=ana)
    count()
    install(Lines(), BrokenNames())
    processed_again(other)
    count()
    kept = everything()
    forget(actor=Actor.operator())
    count()
    assert everything() == kept


def test_editor_may_not_forget_what_was_counted(ana):
    with pytest.raises(PermissionDenied, match="reprocess many"):
        forget(actor=ana)


def test_what_is_forgotten_is_gone_until_it_is_counted_again(ana):
    said(processed("Mara left Rome."), "accept", ana)
    count()
    forget(actor=Actor.operator())
    assert (everything(), Judgement.objects.count()) == (([], [], []), 0)


def test_queries_do_not_grow_with_the_decisions(ana, django_assert_max_num_queries):
    story = processed(" ".join(f"Mara met A{chr(97 + n)}bc." for n in range(20)))
    for number in range(20):
        said(story, "accept", ana, number)
    Cursor.objects.bulk_create([Cursor(pk="decisions"), Cursor(pk="runs", last=Run.objects.latest("pk").pk)])
    with django_assert_max_num_queries(20):
        keep_up(seconds=0, patience=timedelta(0))
    assert tally() == (20, 0, 0, 0)


def test_version_that_only_failed_has_no_time_and_its_cause(install):
    install(Lines(), BrokenNames())
    processed("Mara left Rome.")
    count()
    (found,) = versions(processor="names")
    assert (found.speed.runs, found.speed.failed, found.speed.causes, found.speed.p50_ms) == (1, 1, {"ValueError": 1}, None)


def test_what_was_skipped_did_not_run():
    a_run(processed("Mara left Rome."), outcome="skipped")
    count()
    assert versions(processor="names", version="9") == []


def test_times_of_all_runs_of_a_version_give_its_percentiles():
    story = processed("Mara left Rome.")
    for number in range(20):
        a_run(story, seconds=0.001 * (number + 1))
    count()
    (found,) = versions(processor="names", version="9")
    assert (found.speed.p50_ms, found.speed.p95_ms) == pytest.approx((10, 19), rel=0.05)


def test_more_causes_than_anybody_reads_are_counted_together(monkeypatch):
    monkeypatch.setattr(runs, "MAX_CAUSES", 2)
    story = processed("Mara left Rome.")
    for cause in ("KeyError", "KeyError", "KeyError", "IndexError", "IndexError", "one", "two"):
        a_run(story, outcome="failed", cause=cause)
    count()
    (found,) = versions(processor="names", version="9")
    assert found.speed.causes == {"KeyError": 3, "IndexError": 2, runs.OTHERS: 2}


def test_versions_come_in_the_order_in_which_they_first_ran():
    story = processed("Mara left Rome.")
    a_run(story, version="10")
    a_run(story, version="2")
    count()
    assert [each.speed.version for each in versions(processor="names")] == ["1", "10", "2"]


def test_document_is_measured_by_what_a_reader_would_call_the_article():
    story = processed("Mara left the council.\nAdvertisement\nOtto stayed.")
    count()
    measure = Measure.objects.get(pk=story.snapshot.pk)
    assert (measure.words, measure.paragraphs, measure.quotes, measure.failed) == (6, 2, 0, False)


def test_document_that_failed_says_so(install):
    install(Lines(), BrokenNames())
    story = processed("Mara left Rome.")
    count()
    assert Measure.objects.get(pk=story.snapshot.pk).failed


def test_document_without_a_text_has_no_words(install):
    install(Lines())
    story = processed("Mara left Rome.")
    Run.objects.filter(snapshot=story.snapshot).update(current=False)
    count()
    assert Measure.objects.get(pk=story.snapshot.pk).words is None
