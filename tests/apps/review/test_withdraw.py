import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from newsdesk.access.policy import Actor
from newsdesk.review.models import Decision
from newsdesk.review.services import NothingToWithdraw, add, decide, withdraw
from tests.apps.factories import actor, artifacts, body_of, effective_of, person, processed

pytestmark = pytest.mark.django_db

COUNCIL = {"data": {"name": "the council"}, "spans": [{"start": 47, "end": 58, "role": "mention"}]}


def decided(submission, by, verdict="accept", kind="person", **rest):
    return decide(artifact_id=artifacts(submission, kind)[0].pk, actor=by, verdict=verdict, **rest)


def verdict_on(submission):
    return effective_of(submission, "person")[0].verdict


def test_decision_that_there_is_not_cannot_be_withdrawn():
    with pytest.raises(Decision.DoesNotExist):
        withdraw(decision=uuid.uuid4(), actor=actor())


@pytest.mark.parametrize("asking", [Actor.operator, lambda: actor("viewer"), lambda: Actor(None, "desk")])
def test_whoever_is_no_editor_may_not(asking):
    decision = decided(processed(), actor())
    with pytest.raises(PermissionDenied):
        withdraw(decision=decision.uuid, actor=asking())


@pytest.mark.parametrize(
    "asking",
    [lambda: actor("editor", username="other"), lambda: Actor(person("chief editor"), "api", "write")],
    ids=["another editor", "chief editors key"],
)
def test_decision_of_another_takes_a_chief_editor(asking):
    decision = decided(processed(), actor())
    with pytest.raises(PermissionDenied, match=r"may not withdraw others.* it takes the role chief editor$"):
        withdraw(decision=decision.uuid, actor=asking())


def test_editor_who_lost_the_role_may_not_take_back_what_was_decided_before():
    by = actor()
    decision = decided(processed(), by)
    by.user.groups.clear()
    with pytest.raises(PermissionDenied):
        withdraw(decision=decision.uuid, actor=Actor(by.user, "desk"))


def test_decision_on_which_a_newer_stands_cannot_be_withdrawn_first():
    submission, by = processed(), actor()
    first = decided(submission, by)
    decided(submission, by, "reject")
    with pytest.raises(NothingToWithdraw, match=r"^a newer decision stands on this finding; take that one back first$"):
        withdraw(decision=first.uuid, actor=by)


def test_withdrawal_cannot_be_withdrawn():
    submission, by = processed(), actor()
    withdrawal = withdraw(decision=decided(submission, by).uuid, actor=by)
    with pytest.raises(NothingToWithdraw):
        withdraw(decision=withdrawal.uuid, actor=by)


def test_event_of_a_decision_cannot_be_that_of_a_withdrawal():
    submission, by, event = processed(), actor(), uuid.uuid4()
    decision = decided(submission, by, event=event)
    with pytest.raises(ValidationError) as refused:
        withdraw(decision=decision.uuid, actor=by, event=event)
    assert [*refused.value.message_dict] == ["event"]


def test_event_of_a_withdrawal_cannot_be_that_of_a_decision():
    submission, by, event = processed(), actor(), uuid.uuid4()
    withdraw(decision=decided(submission, by).uuid, actor=by, event=event)
    with pytest.raises(ValidationError):
        decided(submission, by, event=event)


def test_own_decision_can_be_withdrawn_and_nothing_stands():
    submission, by = processed(), actor()
    withdraw(decision=decided(submission, by, "reject").uuid, actor=by)
    assert (verdict_on(submission), effective_of(submission, "person")[0].stands) == (None, True)


def test_chief_editor_takes_back_the_decision_of_another():
    submission = processed()
    withdrawal = withdraw(decision=decided(submission, actor()).uuid, actor=actor("chief editor"))
    assert (withdrawal.editor.username, verdict_on(submission)) == ("chief editor", None)


def test_what_stood_before_stands_again():
    submission, by = processed(), actor()
    decided(submission, by, "reject")
    withdraw(decision=decided(submission, by, "correct", correction=COUNCIL).uuid, actor=by)
    assert verdict_on(submission) == "reject"


def test_decisions_can_be_taken_back_one_after_the_other():
    submission, by = processed(), actor()
    stack = [decided(submission, by, verdict) for verdict in ("accept", "reject", "accept")]
    withdrawn = [withdraw(decision=each.uuid, actor=by) for each in reversed(stack)]
    assert (len(withdrawn), verdict_on(submission)) == (3, None)


def test_finding_can_be_decided_on_again_after_a_withdrawal():
    submission, by = processed(), actor()
    withdraw(decision=decided(submission, by).uuid, actor=by)
    decided(submission, by, "reject")
    assert verdict_on(submission) == "reject"


def test_same_decision_withdrawn_twice_is_one_withdrawal():
    submission, by = processed(), actor()
    decision = decided(submission, by)
    first, second = (withdraw(decision=decision.uuid, actor=by) for _ in range(2))
    assert (second, Decision.objects.count()) == (first, 2)


@pytest.mark.django_db(transaction=True)
def test_withdrawn_by_many_at_once_is_one_withdrawal():
    submission, by = processed(), actor()
    decision = decided(submission, by)

    def click(_):
        try:
            return withdraw(decision=decision.uuid, actor=by).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(8)))) == 1


def test_added_finding_that_is_withdrawn_is_gone():
    submission, by = processed(), actor()
    addition = add(snapshot_id=submission.snapshot.pk, actor=by, kind="person", finding=COUNCIL)
    withdraw(decision=addition.uuid, actor=by)
    assert [item.found.data["name"] for item in effective_of(submission, "person")] == ["Mara", "Voss", "Mara", "Voss"]


def test_block_that_was_given_back_is_out_of_the_body_again():
    submission, by = processed(), actor()
    withdraw(decision=decided(submission, by, "reject", "boilerplate").uuid, actor=by)
    assert "Advertisement" not in body_of(submission)


def test_no_decision_is_ever_changed_or_deleted():
    submission, by = processed(), actor()
    decision = decided(submission, by)
    before = list(Decision.objects.values())
    withdraw(decision=decision.uuid, actor=by)
    decided(submission, by, "reject")
    decided(submission, by, "correct", correction=COUNCIL)
    assert list(Decision.objects.order_by("pk").values())[:1] == before
