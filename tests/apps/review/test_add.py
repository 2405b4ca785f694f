import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Snapshot
from newsdesk.review.models import Decision
from newsdesk.review.services import add, decide
from tests.apps.factories import BODY, STORY, actor, artifacts, body_of, effective_of, processed, submitted

pytestmark = pytest.mark.django_db


def finding(words="the council", role="mention", **data):
    start = STORY.index(words)
    return {"data": data or {"name": words}, "spans": [{"start": start, "end": start + len(words), "role": role}]}


def boilerplate(words):
    return finding(words, "block", reason="other", rule="editor")


def added(submission, kind="person", given=None, by=None, **rest):
    return add(snapshot_id=submission.snapshot.pk, actor=by or actor(), kind=kind, finding=given or finding(), **rest)


def refusal(submission, **rest):
    with pytest.raises(ValidationError) as refused:
        added(submission, **rest)
    return refused.value.message_dict


@pytest.mark.parametrize("asking", [Actor.operator, lambda: actor("viewer"), lambda: Actor(None, "desk")])
def test_whoever_is_no_editor_may_not(asking):
    with pytest.raises(PermissionDenied):
        added(processed(), by=asking())


@pytest.mark.parametrize("kind", ["text", "paragraph", "rumour", ""])
def test_kind_that_cannot_be_added_is_refused_with_those_that_can(kind):
    rule = f"kind is {kind!r}; it must be one of metadata, boilerplate, quote, person, organisation, place, near-duplicate"
    assert refusal(processed(), kind=kind) == {"kind": [rule]}


def test_snapshot_that_does_not_exist_is_an_error():
    with pytest.raises(Snapshot.DoesNotExist):
        add(snapshot_id=4711, actor=actor(), kind="person", finding=finding())


@pytest.mark.parametrize(
    "given",
    [
        {"data": {"name": "A"}},
        {"data": {}, "spans": []},
        {"data": {"name": "A"}, "spans": [{"start": 0, "end": 4711, "role": "mention"}]},
    ],
)
def test_finding_that_breaks_the_contract_is_refused_as_the_finding(given):
    assert ([*refusal(processed(), given=given)], Decision.objects.count()) == (["finding"], 0)


def test_finding_in_a_document_that_has_no_text_yet_is_refused():
    assert "end 58 > length 0" in refusal(submitted())["finding"][0]


def test_added_finding_stands_as_the_editors_in_the_order_of_the_text():
    submission = processed()
    decision = added(submission)
    item = effective_of(submission, "person")[-1]
    assert (item.found.data["name"], item.row, item.decision, item.stands) == ("the council", None, decision, True)


def test_added_finding_says_where_it_stands():
    assert added(processed()).anchors == [{"exact": "the council", "prefix": STORY[15:47], "suffix": "."}]


def test_same_event_twice_adds_once():
    submission, by, event = processed(), actor(), uuid.uuid4()
    assert (added(submission, by=by, event=event), Decision.objects.count()) == (added(submission, by=by, event=event), 1)


def test_event_of_another_finding_is_refused():
    submission, by, event = processed(), actor(), uuid.uuid4()
    added(submission, by=by, event=event)
    assert [*refusal(submission, by=by, event=event, given=finding("resigns"))] == ["event"]


def test_finding_that_the_machine_has_too_stands_once():
    submission = processed("Mara left.")
    added(submission, given={"data": {"name": "Mara"}, "spans": [{"start": 0, "end": 4, "role": "mention"}]})
    assert [(item.verdict, item.row is not None) for item in effective_of(submission, "person")] == [("add", True)]


def test_boilerplate_over_a_paragraph_takes_it_out_of_the_body():
    submission = processed()
    added(submission, "boilerplate", boilerplate("Mara Voss resigns"))
    assert body_of(submission) == "Mara Voss left the council."


def test_boilerplate_over_several_paragraphs_takes_all_of_them_out():
    submission = processed("Advertorial\nBuy two.\nMara left.")
    given = {"data": {"reason": "other", "rule": "editor"}, "spans": [{"start": 0, "end": 21, "role": "block"}]}
    added(submission, "boilerplate", given)
    assert body_of(submission) == "Mara left."


def test_boilerplate_over_part_of_a_paragraph_leaves_it_whole():
    submission = processed()
    added(submission, "boilerplate", boilerplate("resigns"))
    assert body_of(submission) == BODY


def test_boilerplate_that_was_given_back_can_be_taken_out_again_as_another():
    submission, by = processed(), actor()
    decide(artifact_id=artifacts(submission, "boilerplate")[0].pk, actor=by, verdict="reject")
    added(submission, "boilerplate", boilerplate("Advertisement"), by=by)
    assert body_of(submission) == BODY
