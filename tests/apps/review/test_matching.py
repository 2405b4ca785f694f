from dataclasses import replace

import pytest

from newsdesk.review.anchoring import GONE, Place
from newsdesk.review.anchoring import Found as Sureness
from newsdesk.review.matching import Judged, Status, match, overlap, reworded
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span

LIND = {"name": "Astrid Lind", "mention": "Lind", "role": None, "kind": "person"}


def quote(start=10, end=50, speaker=LIND, **data):
    plain = {"type": "direct", "quotation": "We have waited", "speaker": speaker, **data}
    return Found("quote", plain, (Span(start, end, "content"),))


def metadata(value="Harbour vote", name="headline", evidence="text", spans=()):
    return Found("metadata", {"name": name, "value": value, "evidence": evidence}, spans)


def block(start=10, end=50, reason="promotion", rule="a"):
    return Found("boilerplate", {"reason": reason, "rule": rule}, (Span(start, end, "block"),))


def person(*starts, name="Linus"):
    return Found("person", {"name": name}, tuple(Span(start, start + 5) for start in starts))


def here(found):
    return Place(Sureness.SAME, found.spans, 1.0)


def accepted(found, number=1, place=None, verdict="accept"):
    return Judged(number, verdict, found, place or here(found))


def rejected(found, number=1):
    return accepted(found, number, verdict="reject")


def corrected(machine, mine, number=1):
    return Judged(number, "correct", mine, here(mine), machine, here(machine))


def outcomes(*decisions, found=()):
    return match(decisions, {each.digest: each for each in found})


def statuses(*decisions, found=()):
    return {number: str(outcome.status) for number, outcome in outcomes(*decisions, found=found).items()}


def answer(decision, *found):
    return outcomes(decision, found=found)[decision.number].answer


# Nothing that answers


def test_nothing_comes_of_no_decision():
    assert outcomes(found=[quote()]) == {}


@pytest.mark.parametrize(
    "other",
    [quote(60, 90), quote(40, 80), quote(10, 30), block(), metadata()],
    ids=["elsewhere", "little shared", "half of it", "another kind", "no place"],
)
def test_decision_that_nothing_like_it_answers_is_kept(other):
    assert statuses(accepted(quote()), found=[other]) == {1: "kept"}


def test_words_that_are_gone_leave_an_orphan():
    assert statuses(accepted(quote(), place=GONE), found=[quote()]) == {1: "orphan"}


def test_words_that_may_be_in_several_places_are_asked_about_with_the_places():
    unsure = Place(Sureness.AMBIGUOUS, (), 0.7, ((Span(1, 2),), (Span(3, 4),)))
    outcome = outcomes(accepted(quote(), place=unsure), found=[quote()])[1]
    assert (outcome.status, outcome.candidates, outcome.answer) == (Status.AMBIGUOUS, unsure.candidates, "")


@pytest.mark.parametrize("status", [Status.HISTORICAL, Status.DROPPED])
def test_resolved_orphan_is_what_the_editor_said_and_answers_nothing(status):
    resolved = replace(accepted(quote()), resolved=status)
    assert statuses(resolved, found=[quote()]) == {1: status}


# The same again


@pytest.mark.parametrize(
    "again",
    [quote(), quote(quotation="We have waited ..."), quote(speaker={**LIND, "mention": "Mayor Lind"})],
    ids=["identical", "other words", "other mention"],
)
def test_accepted_and_found_again_is_carried(again):
    assert statuses(accepted(quote()), found=[again]) == {1: "carried"}


def test_accepted_block_is_carried_whatever_rule_finds_it():
    assert statuses(accepted(block()), found=[block(rule="b")]) == {1: "carried"}


def test_name_is_carried_where_more_mentions_of_it_are_found():
    assert statuses(accepted(person(3, 40)), found=[person(3, 40, 90)]) == {1: "carried"}


def test_carried_and_moved_says_so():
    moved = Place(Sureness.MOVED, quote(12, 52).spans, 0.9)
    outcome = outcomes(accepted(quote(), place=moved), found=[quote(12, 52)])[1]
    assert (outcome.status, outcome.moved, outcome.spans) == (Status.CARRIED, True, moved.spans)


# The same thing, otherwise


@pytest.mark.parametrize(
    "otherwise",
    [quote(10, 46), quote(speaker=None), quote(type="mixed"), quote(speaker={**LIND, "name": "Per Lind"})],
    ids=["span", "no speaker", "type", "speaker"],
)
def test_accepted_and_found_otherwise_is_asked_about(otherwise):
    assert statuses(accepted(quote()), found=[otherwise]) == {1: "changed"}


def test_added_and_found_otherwise_is_asked_about():
    assert statuses(accepted(quote(), verdict="add"), found=[quote(10, 48)]) == {1: "changed"}


def test_added_and_found_by_the_machine_too_is_carried():
    assert statuses(accepted(quote(), verdict="add"), found=[quote()]) == {1: "carried"}


# Rejected


@pytest.mark.parametrize(
    "again", [quote(), quote(10, 80), quote(25, 50), quote(speaker=None)], ids=["same", "longer", "shorter", "speaker"]
)
def test_rejected_and_found_again_stays_rejected(again):
    assert statuses(rejected(quote()), found=[again]) == {1: "suppressed"}


@pytest.mark.parametrize("other", [quote(60, 100), quote(40, 80), block()], ids=["look-alike", "little shared", "another kind"])
def test_rejection_suppresses_nothing_that_is_clearly_another(other):
    assert answer(rejected(quote()), other) == ""


def test_rejection_whose_place_is_unsure_suppresses_nothing():
    unsure = Place(Sureness.AMBIGUOUS, (), 0.7, (quote().spans,))
    assert answer(accepted(quote(), place=unsure, verdict="reject"), quote()) == ""


# Corrected


def test_correction_of_what_comes_again_stays():
    assert statuses(corrected(quote(), quote(10, 44)), found=[quote()]) == {1: "carried"}


def test_correction_that_the_machine_has_learnt_is_carried():
    assert statuses(corrected(quote(), quote(10, 44)), found=[quote(10, 44)]) == {1: "carried"}


def test_correction_of_what_is_now_found_in_a_third_way_is_asked_about():
    assert statuses(corrected(quote(), quote(10, 48)), found=[quote(10, 45)]) == {1: "changed"}


def test_correction_whose_words_are_gone_is_an_orphan_and_still_answers_for_what_it_corrected():
    lost = Judged(1, "correct", quote(60, 90), GONE, quote(), here(quote()))
    outcome = outcomes(lost, found=[quote()])[1]
    assert (outcome.status, outcome.answer) == (Status.ORPHAN, quote().digest)


# Metadata


def test_metadata_is_known_by_name_and_value_wherever_it_stands():
    decided = accepted(metadata(spans=(Span(0, 12),)), place=GONE)
    assert statuses(decided, found=[metadata(evidence="meta", spans=(Span(90, 102),))]) == {1: "carried"}


def test_metadata_with_another_value_is_asked_about():
    assert statuses(accepted(metadata()), found=[metadata("Harbour vote passes")]) == {1: "changed"}


def test_metadata_of_another_name_is_another():
    assert statuses(accepted(metadata()), found=[metadata(name="section")]) == {1: "kept"}


def test_rejected_value_does_not_suppress_another():
    assert answer(rejected(metadata()), metadata("Harbour vote passes")) == ""


def test_each_evidence_of_a_value_answers_the_decision_on_it():
    found = [metadata(evidence="meta"), metadata(evidence="json-ld")]
    decided = [accepted(found[0], 1), rejected(found[1], 2)]
    assert {n: each.answer for n, each in outcomes(*decided, found=found).items()} == {1: found[0].digest, 2: found[1].digest}


# One to one


def test_of_two_decisions_on_the_same_finding_the_newer_stands():
    assert statuses(accepted(quote(), 1), rejected(quote(), 2), found=[quote()]) == {1: "covered", 2: "suppressed"}


def test_of_two_decisions_on_the_same_words_that_nothing_answers_the_newer_stands():
    assert statuses(accepted(quote(), 1), accepted(quote(), 2)) == {1: "covered", 2: "kept"}


def test_finding_answers_the_decision_that_it_fits_best():
    decided = accepted(quote(10, 50), 1), accepted(quote(11, 50), 2)
    assert statuses(*decided, found=[quote(10, 50)]) == {1: "carried", 2: "kept"}


def test_outcome_does_not_hang_on_the_order_of_decisions_or_findings():
    decided = [accepted(quote(start, start + 40), start) for start in (10, 12, 14)]
    found = [quote(start, start + 40) for start in (11, 13, 15)]
    assert outcomes(*decided, found=found) == outcomes(*decided[::-1], found=found[::-1])


# What is shared, and what is said


def test_findings_without_a_place_share_nothing():
    assert overlap((), ()) == 0


def test_half_of_the_words_that_either_covers():
    assert overlap((Span(0, 10),), (Span(5, 10), Span(20, 25))) == 5 / 15


def test_quote_at_another_place_says_the_words_that_stand_there():
    text = "“We hqve waited,” said Mayor Lind."
    spans = (Span(1, 15, "content"), Span(23, 33, "source"))
    moved = reworded(quote(), spans, text)
    assert (moved.data["quotation"], moved.data["speaker"]["mention"], moved.spans) == ("We hqve waited", "Mayor Lind", spans)


def test_quote_whose_words_are_the_same_keeps_its_own_form_of_them():
    assert reworded(quote(), (Span(0, 15, "content"),), "We have  waited").data["quotation"] == "We have waited"
