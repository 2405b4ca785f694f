import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from newsdesk.access.policy import Actor
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.models import Run
from newsdesk.review.models import Decision
from newsdesk.review.services import decide
from newsdesk.sdk import KINDS
from tests.apps.factories import (
    STORY,
    Lines,
    Names,
    Namesakes,
    OtherLines,
    actor,
    artifacts,
    body_of,
    effective_of,
    person,
    processed,
    processed_again,
)

pytestmark = pytest.mark.django_db

COUNCIL = {"start": 47, "end": 58, "role": "mention"}


def decided(submission, *, by=None, verdict="accept", kind="person", number=0, **rest):
    return decide(artifact_id=artifacts(submission, kind)[number].pk, actor=by or actor(), verdict=verdict, **rest)


def refusal(submission, **rest):
    with pytest.raises(ValidationError) as refused:
        decided(submission, **rest)
    return refused.value.message_dict


def correction(name="the council", *spans):
    return {"data": {"name": name}, "spans": list(spans or [COUNCIL])}


# Who may


@pytest.mark.parametrize("role", ["viewer", "plugin admin", None])
def test_person_without_the_role_may_not(role):
    with pytest.raises(PermissionDenied, match="it takes the role editor or chief editor"):
        decided(processed(), by=actor(role))


@pytest.mark.parametrize(
    "asking",
    [
        Actor.operator,
        lambda: Actor(None, "desk"),
        lambda: actor("editor", is_active=False),
        lambda: Actor(person("editor"), "api", "read"),
        lambda: Actor(person("viewer"), "api", "admin"),
    ],
    ids=["operator", "anonymous", "inactive", "reading key", "viewers key"],
)
def test_whoever_is_no_editor_may_not_and_nothing_is_stored(asking):
    with pytest.raises(PermissionDenied):
        decided(processed(), by=asking())
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("role", ["editor", "chief editor"])
def test_editors_may(role):
    assert decided(processed(), by=actor(role)).editor.username == role


def test_decision_through_a_key_says_so():
    assert decided(processed(), by=Actor(person("editor"), "api", "write")).via == "api"


# What is refused


@pytest.mark.parametrize("verdict", ["add", "withdraw", "delete", "", "ACCEPT"])
def test_verdict_that_there_is_not_is_refused(verdict):
    assert refusal(processed(), verdict=verdict)["verdict"] == [f"verdict is {verdict!r}; it must be accept, reject or correct"]


@pytest.mark.parametrize(("verdict", "given"), [("accept", correction()), ("reject", correction()), ("correct", None)])
def test_correction_belongs_to_correct_and_to_nothing_else(verdict, given):
    assert [*refusal(processed(), verdict=verdict, correction=given)] == ["correction"]


def test_artifact_that_does_not_exist_is_an_error():
    with pytest.raises(Artifact.DoesNotExist):
        decide(artifact_id=4711, actor=actor(), verdict="accept")


@pytest.mark.parametrize("kind", ["text", "paragraph"])
def test_kind_that_editors_do_not_review_is_refused(kind):
    rule = f"artifacts of the kind {kind!r} are not decided on"
    assert (refusal(processed(), kind=kind), KINDS[kind].reviewed) == ({"artifact": [rule]}, False)


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"data": {"name": "A"}}, "must have data, and spans"),
        ({"spans": [COUNCIL]}, "must have data, and spans"),
        ([], "must have data, and spans"),
        ({"data": {"name": "A"}, "spans": [{"start": 0, "end": 4}]}, "must have data, and spans"),
        ({"data": {"name": "A"}, "spans": None}, "must have data, and spans"),
        ({"data": {"name": "A"}, "spans": "0-4"}, "must have data, and spans"),
        ({"data": [], "spans": [COUNCIL]}, "data must be object"),
        ({"data": {}, "spans": [COUNCIL]}, "data must have 'name'"),
        ({"data": {"name": ""}, "spans": [COUNCIL]}, "data.name must have 1 characters or more"),
        ({"data": {"name": "A\x00"}, "spans": [COUNCIL]}, "not canonical text"),
        ({"data": {"name": "\ud800"}, "spans": [COUNCIL]}, "not canonical text"),
        ({"data": {"name": "A", "age": float("inf")}, "spans": [COUNCIL]}, "numbers must be finite"),
        ({"data": {"name": "A", "age": 10**400}, "spans": [COUNCIL]}, ""),
        ({"data": {"name": "A"}, "spans": []}, "0 spans with role 'mention'"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "end": 4711}]}, "end 4711 > length"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "start": -1}]}, "must be 0 <= start < end"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "start": 58}]}, "must be 0 <= start < end"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "start": 1.0}]}, "start and end must be int"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "role": "source"}]}, "span role 'source'; person has 'mention'"),
        ({"data": {"name": "A"}, "spans": [{**COUNCIL, "role": []}]}, ""),
    ],
)
def test_correction_is_held_to_what_processors_are_held_to(given, rule):
    submission = processed()
    assert (rule in refusal(submission, verdict="correct", correction=given)["correction"][0], Decision.objects.count()) == (
        True,
        0,
    )


def test_quotation_that_its_spans_do_not_say_is_refused(install):
    class Quoter(Names):
        provides = ("quote",)

        def process(self, document):
            for each in super().process(document):
                data = {"type": "direct", "quotation": each.data["name"], "speaker": None}
                yield type(each)("quote", data, (type(each.spans[0])(each.spans[0].start, each.spans[0].end, "content"),))

    install(Lines(), Quoter())
    given = {
        "data": {"type": "direct", "quotation": "She stays.", "speaker": None},
        "spans": [{**COUNCIL, "role": "content"}],
    }
    assert (
        "data.quotation says 'She stays.'"
        in refusal(processed(), kind="quote", verdict="correct", correction=given)["correction"][0]
    )


@pytest.mark.parametrize("note", ["x" * 1001, "a\x00b", "\ud800", "\x1b[2J"], ids=["long", "nul", "surrogate", "escape"])
def test_note_that_cannot_be_stored_is_refused(note):
    assert [*refusal(processed(), note=note)] == ["note"]


# What is kept


def test_decision_says_whole_what_the_machine_said_and_where():
    decision = decided(processed())
    assert (decision.before, decision.after, decision.anchors) == (
        {"kind": "person", "data": {"name": "Mara"}, "confidence": None, "spans": [{"start": 0, "end": 4, "role": "mention"}]},
        None,
        [{"exact": "Mara", "prefix": "", "suffix": STORY[4:36]}],
    )


def test_correction_says_whole_what_the_editor_made_of_it_and_where():
    decision = decided(processed(), verdict="correct", correction=correction())
    assert (decision.after["data"], decision.anchors) == (
        {"name": "the council"},
        [{"exact": "the council", "prefix": STORY[15:47], "suffix": "."}],
    )


def test_decision_leaves_the_artifact_as_it_was():
    submission = processed()
    before = list(Run.objects.with_findings().order_by("pk").values())
    decided(submission, verdict="correct", correction=correction())
    assert list(Run.objects.with_findings().order_by("pk").values()) == before


def test_note_is_kept_in_its_canonical_form():
    assert decided(processed(), note="cafe\u0301\r\nof hers").note == "caf\u00e9\nof hers"


def test_same_event_twice_is_one_decision():
    submission, by, event = processed(), actor(), uuid.uuid4()
    first, second = (decided(submission, by=by, verdict="reject", event=event) for _ in range(2))
    assert (second, Decision.objects.count()) == (first, 1)


def test_same_verdict_twice_as_two_events_is_two_decisions():
    submission, by = processed(), actor()
    decided(submission, by=by), decided(submission, by=by)
    assert Decision.objects.count() == 2


@pytest.mark.parametrize("other", [{"verdict": "reject"}, {"number": 1}, {"verdict": "correct", "correction": correction()}])
def test_event_of_another_decision_is_refused_and_not_taken_for_it(other):
    submission, by, event = processed(), actor(), uuid.uuid4()
    decided(submission, by=by, event=event)
    assert ([*refusal(submission, by=by, event=event, **other)], Decision.objects.count()) == (["event"], 1)


def test_event_of_another_editor_is_refused():
    submission, event = processed(), uuid.uuid4()
    decided(submission, event=event)
    assert [*refusal(submission, by=actor("chief editor"), event=event)] == ["event"]


@pytest.mark.django_db(transaction=True)
def test_same_event_from_many_at_once_is_one_decision():
    submission, by, event = processed(), actor(), uuid.uuid4()

    def click(_):
        try:
            return decided(submission, by=by, event=event).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(8)))) == 1


# What it does


def test_accepted_finding_stands_with_its_decision():
    submission = processed()
    decision = decided(submission)
    item = effective_of(submission, "person")[0]
    assert (item.decision, item.verdict, item.stands, item.found.data) == (decision, "accept", True, {"name": "Mara"})


def test_rejected_finding_does_not_stand():
    submission = processed()
    decided(submission, verdict="reject")
    assert [item.stands for item in effective_of(submission, "person")] == [False, True, True, True]


def test_corrected_finding_stands_as_the_editor_has_it_in_the_order_of_the_text():
    submission = processed()
    decided(submission, verdict="correct", correction=correction())
    assert [item.found.data["name"] for item in effective_of(submission, "person")] == ["Voss", "Mara", "Voss", "the council"]


def test_newest_decision_on_a_finding_is_the_one_that_stands():
    submission, by = processed(), actor()
    decided(submission, by=by, verdict="reject")
    decided(submission, by=actor("chief editor"))
    assert effective_of(submission, "person")[0].verdict == "accept"


def test_decision_holds_for_whoever_found_the_same(install):
    install(Lines(), Names(), Namesakes())
    submission = processed("Mara left.")
    decided(submission, verdict="reject")
    assert [item.stands for item in effective_of(submission, "person")] == [False, False]


def test_boilerplate_that_is_rejected_is_given_back_to_the_body():
    submission = processed()
    decided(submission, kind="boilerplate", verdict="reject")
    assert body_of(submission).split("\n\n")[1] == "Advertisement"


def test_boilerplate_that_is_accepted_stays_out_of_the_body():
    submission = processed()
    decided(submission, kind="boilerplate")
    assert "Advertisement" not in body_of(submission)


def test_caption_that_is_no_boilerplate_is_given_back_to_the_body(install):
    class Captions(Lines):
        def process(self, document):
            for each in super().process(document):
                caption = each.kind == "paragraph" and each.data["role"] == "boilerplate"
                yield type(each)(each.kind, {"role": "caption"} if caption else each.data, each.spans)

    install(Captions())
    submission = processed()
    decided(submission, kind="boilerplate", verdict="reject")
    assert "Advertisement" in body_of(submission)


def test_boilerplate_that_is_corrected_to_another_paragraph_takes_that_one_out_instead():
    submission = processed()
    given = {"data": {"reason": "other", "rule": "editor"}, "spans": [{"start": 0, "end": 17, "role": "block"}]}
    decided(submission, kind="boilerplate", verdict="correct", correction=given)
    assert body_of(submission) == "Mara Voss left the council."


def test_decision_on_what_the_machine_said_of_a_former_text_points_at_the_words_of_that_text(install):
    submission = processed()
    former = artifacts(submission, "person")[0]
    install(OtherLines(), Names())
    processed_again(submission)
    decision = decide(artifact_id=former.pk, actor=actor(), verdict="accept")
    assert (decision.anchors[0]["exact"], effective_of(submission, "person")[0].orphan) == ("Mara", True)
