"""When a source counts as drifting, shown with synthetic ones."""

import pytest

from newsdesk.scores.drift import ENOUGH, RECENT, USUAL, Measured, band, departures, value
from newsdesk.scores.queries import drifting, drifts
from tests.apps.factories import processed
from tests.apps.scores.stage import a_source, count, documents, usual


def measured(*rows):
    return [Measured(*row) for row in rows]


def short(count):
    """Documents of 150 words, every other with a quote."""
    return [(150, 15, n % 2, False) for n in range(count)]


def out(before, after):
    """The measures that are out of their bands."""
    return [each.measure for each in departures(measured(*before), measured(*after))]


def test_too_few_documents_make_nothing_usual():
    assert out(usual(ENOUGH - 1), [(5, 1, 0, True)] * RECENT) == []


def test_too_few_recent_documents_say_nothing():
    assert out(usual(ENOUGH), [(5, 1, 0, True)] * (RECENT - 1)) == []


def test_documents_as_always_are_within_the_band():
    assert out(usual(USUAL), usual(RECENT)) == []


def test_one_document_of_twenty_that_is_all_different_raises_no_alarm():
    assert out(usual(USUAL), [*usual(RECENT - 1), (9_000, 300, 90, True)]) == []


def test_source_that_always_varied_widely_may_go_on_varying():
    wide = [(50 + 97 * n % 3_000, 1 + 7 * n % 60, n % 9, False) for n in range(USUAL)]
    assert out(wide, wide[7 : 7 + RECENT]) == []


@pytest.mark.parametrize(
    ("measure", "now"),
    [
        ("words", (2_500, 15, 8, False)),
        ("paragraphs", (500, 2, 1, False)),
        ("quote_rate", (500, 15, 0, False)),
        ("quote_rate", (500, 15, 9, False)),
        ("failure_rate", (500, 15, 1, True)),
    ],
)
def test_measure_that_leaves_its_band_is_named_and_no_other(measure, now):
    assert out(usual(USUAL), [now] * RECENT) == [measure]


def test_documents_that_became_short_are_short_and_nothing_else():
    assert out(usual(USUAL), short(RECENT)) == ["words"]


def test_documents_without_a_text_are_failures_and_no_short_articles():
    assert out(usual(USUAL), [(None, None, None, True)] * RECENT) == ["failure_rate"]


def test_rate_of_quotes_is_that_of_all_words_together():
    assert value("quote_rate", measured((900, 9, 1, False), (100, 1, 2, False))) == 3


def test_length_is_the_median_so_that_one_long_document_changes_nothing():
    assert value("words", measured((100, 1, 0, False), (120, 1, 0, False), (90_000, 1, 0, False))) == 120


def test_band_of_documents_that_are_all_alike_still_has_a_width():
    usually, low, high = band("words", measured(*[(500, 10, 2, False)] * ENOUGH))
    assert (low, usually, high) == pytest.approx((311.6, 500, 795.5), abs=0.1)


@pytest.mark.django_db
class TestStored:
    def test_source_that_goes_on_as_before_is_not_shown(self):
        assert documents(a_source(), usual(USUAL + RECENT)) == []

    def test_drift_says_what_was_usual_what_is_now_and_since_which_document(self):
        source = a_source()
        documents(source, usual(USUAL))
        (drift,) = documents(source, short(RECENT))
        assert (drift.measure, round(drift.usual, -1), drift.now) == ("words", 500, 150)
        assert drift.since.article.address == f"https://tidende.example/{USUAL}"

    def test_drift_keeps_its_beginning_while_more_documents_come(self):
        source = a_source()
        documents(source, usual(USUAL))
        (first,) = documents(source, short(RECENT))
        (later,) = documents(source, short(50))
        assert (later.since, later.usual) == (first.since, first.usual)

    def test_drift_ends_when_the_documents_are_what_they_were(self):
        source = a_source()
        documents(source, usual(USUAL))
        documents(source, short(RECENT))
        assert documents(source, usual(RECENT)) == []

    def test_drift_ends_when_the_new_has_become_a_habit(self):
        source = a_source()
        documents(source, usual(USUAL))
        documents(source, short(RECENT))
        documents(source, short(USUAL - RECENT + 1))
        assert documents(source, short(1)) == []

    def test_documents_that_processors_read_raise_the_alarm_by_themselves(self):
        for number in range(ENOUGH):
            processed("Anna left the town.\n" * (8 + number % 5) + f"Number {number}.")
        count()
        assert not drifting()
        for number in range(RECENT):
            processed(f"Number {number} is short.")
        count()
        assert {each.measure for each in drifts()} == {"words", "paragraphs"}

    def test_other_source_is_not_concerned(self):
        documents(a_source("avisen"), usual(USUAL + RECENT))
        documents(a_source(), usual(USUAL))
        documents(a_source(), short(RECENT))
        assert ([each.source.slug for each in drifts()], drifting()) == (["tidende"], 1)
