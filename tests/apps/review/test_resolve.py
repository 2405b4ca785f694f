import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import Actor
from newsdesk.review.models import Decision
from newsdesk.review.queries import to_resolve
from newsdesk.review.services import NothingToResolve, decide, drop, keep, keep_mine, reattach, take_new, withdraw
from tests.apps.factories import (
    Lines,
    Quotes,
    ShorterQuotes,
    actor,
    artifacts,
    effective_of,
    person,
    processed,
    processed_again,
    updated,
)

pytestmark = pytest.mark.django_db

STORY = "“We will paint the cranes,” said Odela Marn.\n“No comment,” said Sorel Pahl."
GONE = "The harbour stays as it is, say the cranes' owners, and nobody will paint a thing."
PLACE = [{"start": 4, "end": 11, "role": "content"}]
RESOLUTIONS = {
    "reattach": lambda **rest: reattach(spans=PLACE, **rest),
    "keep": keep,
    "drop": lambda **rest: drop(reason="not said", **rest),
    "keep mine": keep_mine,
    "take new": take_new,
}


@pytest.fixture(autouse=True)
def quotes(install):
    install(Lines(), Quotes())


def decided(verdict="accept", by=None, **rest):
    submission = processed(STORY, url="https://news.example/a")
    return submission, decide(artifact_id=artifacts(submission, "quote")[0].pk, actor=by or actor(), verdict=verdict, **rest)


def orphaned(verdict="accept", by=None):
    """The newer snapshot, and a decision whose words are gone from it."""
    submission, decision = decided(verdict, by)
    return updated(submission, GONE), decision


def changed(install, by=None):
    """The snapshot, and a decision on what a newer version finds otherwise."""
    submission, decision = decided(by=by)
    install(Lines(), ShorterQuotes())
    processed_again(submission)
    return submission, decision


def first(submission):
    return effective_of(submission, "quote")[0]


def status(submission):
    return str(first(submission).outcome.status)


# Who may, and of what


@pytest.mark.parametrize("resolve", RESOLUTIONS.values(), ids=RESOLUTIONS)
@pytest.mark.parametrize("asking", [Actor.operator, lambda: actor("viewer", username="v"), lambda: Actor(None, "desk")])
def test_whoever_is_no_editor_may_not(asking, resolve):
    _, decision = orphaned()
    with pytest.raises(PermissionDenied):
        resolve(decision=decision.uuid, actor=asking())


@pytest.mark.parametrize("resolve", RESOLUTIONS.values(), ids=RESOLUTIONS)
def test_decision_that_there_is_not_cannot_be_resolved(resolve):
    with pytest.raises(Decision.DoesNotExist):
        resolve(decision=uuid.uuid4(), actor=actor())


@pytest.mark.parametrize("resolve", RESOLUTIONS.values(), ids=RESOLUTIONS)
def test_decision_in_no_doubt_cannot_be_resolved(resolve):
    _, decision = decided()
    with pytest.raises(NothingToResolve, match=r"no such doubt.*; load the article again$"):
        resolve(decision=decision.uuid, actor=actor(username="other"))


@pytest.mark.parametrize("resolve", [keep_mine, take_new])
def test_orphan_has_nothing_to_choose_between(resolve):
    _, decision = orphaned()
    with pytest.raises(NothingToResolve):
        resolve(decision=decision.uuid, actor=actor(username="other"))


def test_resolved_orphan_cannot_be_resolved_again():
    _, decision = orphaned()
    keep(decision=decision.uuid, actor=actor(username="other"))
    with pytest.raises(NothingToResolve):
        drop(decision=decision.uuid, actor=actor(username="third"), reason="late")


@pytest.mark.parametrize("reason", ["", "  "])
def test_dropping_takes_a_reason(reason):
    _, decision = orphaned()
    with pytest.raises(ValidationError, match="say why"):
        drop(decision=decision.uuid, actor=actor(username="other"), reason=reason)


@pytest.mark.parametrize(
    "spans",
    [[], [{"start": 4}], [{"start": 4, "end": 4711, "role": "content"}], [{"start": 4, "end": 11, "role": "block"}], [7]],
    ids=["none", "half a span", "outside", "another role", "no span"],
)
def test_place_that_is_none_is_refused_with_the_rule(spans):
    _, decision = orphaned()
    with pytest.raises(ValidationError) as refused:
        reattach(decision=decision.uuid, actor=actor(username="other"), spans=spans)
    assert ([*refused.value.message_dict], Decision.objects.count()) == (["spans"], 1)


def test_event_of_another_decision_is_refused():
    by = actor()
    _, decision = orphaned(by=by)
    with pytest.raises(ValidationError, match="another decision"):
        keep(decision=decision.uuid, actor=by, event=decision.uuid)


# Orphans


def test_reattached_decision_stands_where_the_editor_said_with_the_words_there():
    newer, decision = orphaned()
    again = reattach(decision=decision.uuid, actor=actor(username="other"), spans=PLACE)
    item = first(newer)
    assert (item.decision, item.found.data["quotation"], item.stands, again.key) == (again, "harbour", True, decision.key)


def test_reattached_rejection_rejects_there():
    newer, decision = orphaned("reject")
    reattach(decision=decision.uuid, actor=actor(username="other"), spans=PLACE)
    assert (first(newer).verdict, first(newer).stands, status(newer)) == ("reject", False, "kept")


def test_reattached_decision_is_carried_into_the_next_text():
    newer, decision = orphaned()
    reattach(decision=decision.uuid, actor=actor(username="other"), spans=PLACE)
    item = first(updated(newer, f"Update.\n{GONE}"))
    assert (item.found.spans[0].start, item.orphan) == (12, False)


def test_orphan_kept_as_history_is_asked_about_no_more_and_stands_nowhere():
    newer, decision = orphaned()
    keep(decision=decision.uuid, actor=actor(username="other"))
    assert (status(newer), first(newer).stands, list(to_resolve())) == ("historical", False, [])


def test_dropped_orphan_says_why_and_is_still_in_the_history():
    newer, decision = orphaned()
    dropped = drop(decision=decision.uuid, actor=actor(username="other"), reason="never said")
    assert (status(newer), dropped.note, dropped.before) == ("dropped", "never said", decision.before)
    assert Decision.objects.filter(pk=decision.pk).exists()


@pytest.mark.parametrize("name", ["reattach", "keep", "drop"])
def test_resolution_that_is_taken_back_is_asked_about_again(name):
    newer, decision = orphaned()
    by = actor(username="other")
    withdraw(decision=RESOLUTIONS[name](decision=decision.uuid, actor=by).uuid, actor=by)
    assert (status(newer), [row.decision for row in to_resolve()]) == ("orphan", [decision])


@pytest.mark.parametrize("name", ["reattach", "keep", "drop"])
def test_same_event_twice_is_one_resolution(name):
    _, decision = orphaned()
    by, event = Actor(person(username="other"), "desk"), uuid.uuid4()
    made = [RESOLUTIONS[name](decision=decision.uuid, actor=by, event=event) for _ in range(2)]
    assert (made[0] == made[1], Decision.objects.count()) == (True, 2)


# Found otherwise


def test_editors_version_is_kept_as_a_correction_of_what_is_found_now(install):
    submission, decision = changed(install)
    kept = keep_mine(decision=decision.uuid, actor=actor(username="other"))
    item = first(submission)
    assert (kept.verdict, kept.key, item.found.data["quotation"]) == ("correct", decision.key, "We will paint the cranes,")
    assert (status(submission), item.row.data["quotation"]) == ("carried", "We will paint the cranes")


def test_machines_version_is_taken(install):
    submission, decision = changed(install)
    take_new(decision=decision.uuid, actor=actor(username="other"))
    assert (status(submission), first(submission).found.data["quotation"]) == ("carried", "We will paint the cranes")


@pytest.mark.parametrize("name", ["keep mine", "take new"])
def test_choice_that_is_taken_back_is_asked_about_again(install, name):
    submission, decision = changed(install)
    by = actor(username="other")
    withdraw(decision=RESOLUTIONS[name](decision=decision.uuid, actor=by).uuid, actor=by)
    assert (status(submission), first(submission).decision) == ("changed", decision)


@pytest.mark.parametrize("name", ["keep mine", "take new"])
def test_same_event_twice_is_one_choice(install, name):
    _, decision = changed(install)
    by, event = actor(username="other"), uuid.uuid4()
    made = [RESOLUTIONS[name](decision=decision.uuid, actor=by, event=event) for _ in range(2)]
    assert (made[0] == made[1], Decision.objects.count()) == (True, 2)


def test_no_resolution_changes_or_deletes_a_decision():
    _, decision = orphaned()
    before = list(Decision.objects.values())
    by = actor(username="other")
    withdraw(decision=keep(decision=decision.uuid, actor=by).uuid, actor=by)
    drop(decision=decision.uuid, actor=by, reason="never said")
    assert list(Decision.objects.order_by("pk").values())[:1] == before
