"""Which decisions count for which version of a processor."""

import pytest

from newsdesk.review.services import withdraw
from newsdesk.review.services.resolve import drop, reattach
from tests.apps.factories import BrokenNames, Lines, Names, NewNames, actor, processed, processed_again, updated
from tests.apps.scores.stage import Roles, SureNames, added, card, corrected, said, tally

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return actor()


@pytest.fixture
def story():
    return processed("Mara left Rome.", url="https://news.example/rome")


def test_without_decisions_there_is_no_card(story):
    assert card() is None


def test_each_verdict_counts_for_the_version_that_found_it(ana):
    story = processed("Mara left Rome with Otto and Anna.")
    said(story, "accept", ana, 0)
    said(story, "accept", ana, 1)
    said(story, "reject", ana, 2)
    corrected(story, ana, number=3)
    assert tally() == (2, 1, 1, 0)


def test_withdrawn_decision_does_not_count(ana, story):
    withdraw(decision=said(story, "accept", ana).uuid, actor=ana)
    assert tally() == (0, 0, 0, 0)


def test_decision_that_is_withdrawn_after_it_was_counted_counts_no_longer(ana, story):
    decision = said(story, "accept", ana)
    assert tally() == (1, 0, 0, 0)
    withdraw(decision=decision.uuid, actor=ana)
    assert tally() == (0, 0, 0, 0)


def test_what_stood_before_a_withdrawn_decision_counts_again(ana, story):
    said(story, "accept", ana)
    second = said(story, "reject", ana)
    assert tally() == (0, 0, 1, 0)
    withdraw(decision=second.uuid, actor=ana)
    assert tally() == (1, 0, 0, 0)


def test_of_two_decisions_on_a_finding_the_newer_counts(ana, story):
    said(story, "accept", ana)
    corrected(story, ana)
    assert tally() == (0, 1, 0, 0)


def test_decision_that_is_carried_to_a_new_version_counts_for_the_one_that_it_was_made_on(ana, story, install):
    said(story, "accept", ana)
    install(Lines(), SureNames())
    processed_again(story)
    assert (tally(), tally("sure")) == ((1, 0, 0, 0), (0, 0, 0, 0))


def test_decision_on_what_a_new_version_finds_otherwise_counts_for_each_by_itself(ana, install):
    story = processed("Mara left the council.")
    decision = said(story, "accept", ana)
    install(Lines(), NewNames())
    processed_again(story)
    said(story, "reject", ana)
    assert (tally(), tally(NewNames.version), decision.verdict) == ((1, 0, 0, 0), (0, 0, 1, 0), "accept")


def test_text_that_changed_takes_no_decision_from_the_version_it_was_made_on(ana, story):
    said(story, "accept", ana)
    updated(story, "Nobody was there at all.")
    assert tally() == (1, 0, 0, 0)


def test_dropping_an_orphan_leaves_what_was_decided_on_the_finding(ana, story):
    decision = said(story, "accept", ana)
    updated(story, "Nobody was there at all.")
    drop(decision=decision.uuid, actor=ana, reason="no longer said")
    assert tally() == (1, 0, 0, 0)


def test_what_was_added_was_missed_by_the_version_that_held_then(ana, story, install):
    added(story, ana, 5, 9)
    install(Lines(), SureNames())
    processed_again(story)
    assert (tally(), tally("sure")) == ((0, 0, 0, 1), (0, 0, 0, 0))


def test_addition_that_is_withdrawn_was_not_missed(ana, story):
    withdraw(decision=added(story, ana, 5, 9).uuid, actor=ana)
    assert tally() == (0, 0, 0, 0)


def test_addition_that_is_attached_elsewhere_was_missed_once(ana):
    story = processed("Mara left with the councillor yesterday.", url="https://news.example/rome")
    decision = added(story, ana, 14, 28)
    newer = updated(story, "It rained all day long in the old town.")
    spans = [{"start": 0, "end": 2, "role": "mention"}]
    reattach(decision=decision.uuid, actor=ana, spans=spans)
    assert (tally(), newer.created) == ((0, 0, 0, 1), True)


def test_each_processor_that_gives_the_kind_missed_it(ana, install):
    install(Lines(), Names(), Roles())
    story = processed("Mara left Rome.")
    added(story, ana, 5, 9)
    assert (tally(), tally("7", "roles")) == ((0, 0, 0, 1), (0, 0, 0, 1))


def test_processor_that_failed_missed_nothing(ana, install):
    install(Lines(), BrokenNames())
    story = processed("Mara left Rome.")
    added(story, ana, 5, 9)
    assert tally("broken") == (0, 0, 0, 0)


def test_confidence_says_in_which_tenth_a_decision_is_counted(ana, install):
    install(Lines(), SureNames())
    story = processed("Mara left Rome.")
    said(story, "accept", ana, 0)
    said(story, "reject", ana, 1)
    ((at, share),) = card("sure").calibration
    assert (at, share.right, share.of) == (8, 1, 2)


def test_finding_without_confidence_is_in_no_tenth(ana, story):
    said(story, "accept", ana)
    assert card().calibration == []


def test_sources_are_counted_each_and_together(ana):
    said(processed("Mara left.", source="tidende"), "accept", ana)
    said(processed("Otto left.", source="avisen"), "reject", ana)
    assert (tally(), tally(source="tidende"), tally(source="avisen")) == ((1, 0, 1, 0), (1, 0, 0, 0), (0, 0, 1, 0))
