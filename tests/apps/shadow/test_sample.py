import pytest

from newsdesk.corpus.models import Source
from newsdesk.processing.models import Synopsis
from newsdesk.review.services import withdraw
from newsdesk.shadow import sample as sampling
from newsdesk.shadow.sample import sample
from tests.apps.factories import actor, processed, submitted
from tests.apps.shadow.stage import decided

pytestmark = pytest.mark.django_db

WHICH = ("newest", "spread", "decided")


def archive(count, **document):
    """So many processed articles; their newest snapshots, oldest first."""
    return [processed(f"Mara said {number}.", **document).snapshot.pk for number in range(count)]


@pytest.mark.parametrize("which", WHICH)
def test_empty_archive_gives_nothing(which):
    assert sample(which, 10) == []


@pytest.mark.parametrize("which", WHICH)
def test_article_that_was_not_processed_is_left_out(which):
    submitted()
    assert sample(which, 10) == []


def test_newest_come_first():
    numbers = archive(3)
    assert sample("newest", 2) == [numbers[2], numbers[1]]


@pytest.mark.parametrize(("count", "places"), [(1, [8]), (2, [0, 8]), (3, [0, 4, 8])])
def test_spread_goes_from_the_oldest_to_the_newest(count, places):
    numbers = archive(9)
    assert sample("spread", count) == [numbers[place] for place in places]


def test_spread_takes_no_article_twice_where_numbers_are_missing():
    numbers = archive(12)
    Synopsis.objects.filter(snapshot__in=numbers[2:9]).delete()
    assert sample("spread", 4) == [numbers[0], numbers[9], numbers[10], numbers[11]]


def test_fewer_articles_than_wanted_are_all_taken():
    numbers = archive(3)
    assert sorted(sample("spread", 10)) == numbers


@pytest.mark.parametrize("which", WHICH)
def test_same_articles_are_chosen_again(which):
    archive(7)
    decided(processed("Voss left."), "accept", "Voss")
    assert sample(which, 3) == sample(which, 3) != []


@pytest.mark.parametrize("which", WHICH)
def test_source_leaves_the_others_out(which):
    wire = processed("Mara left.", source="wire")
    decided(wire, "accept", "Mara")
    decided(processed("Voss left.", source="desk"), "accept", "Voss", username="ben")
    assert sample(which, 5, Source.objects.get(slug="wire")) == [wire.snapshot.pk]


def test_only_what_editors_decided_on_is_taken_newest_first(monkeypatch):
    monkeypatch.setattr(sampling, "DECISIONS_AT_ONCE", 1)
    one, other = processed("Mara left."), processed("Voss left.")
    archive(2)
    decided(one, "accept", "Mara")
    decided(other, "reject", "Voss", username="ben")
    assert (sample("decided", 9), sample("decided", 1)) == ([other.snapshot.pk, one.snapshot.pk], [other.snapshot.pk])


def test_article_on_which_all_was_taken_back_is_not_among_the_decided():
    decision = decided(processed("Mara left."), "accept", "Mara")
    withdraw(decision=decision.uuid, actor=actor("chief editor"))
    assert sample("decided", 5) == []


def test_newest_snapshot_of_an_article_stands_for_it():
    processed("Mara left.", url="https://news.example/a")
    newer = processed("Mara came back.", url="https://news.example/a")
    assert sample("newest", 5) == [newer.snapshot.pk]
