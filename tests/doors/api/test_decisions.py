"""What editors say lies over what the machine found."""

import uuid

import pytest


def quotes(editor, article, **query):
    return editor.get(f"/articles/{article}/artifacts", kind="quote", **query).json()["items"]


def test_accepted_artifact_has_its_verdict_and_who_gave_it(editor, article, quote) -> None:
    editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"})
    decided = quotes(editor, article)[0]
    assert (decided["verdict"], decided["decision"]["editor"], decided["decision"]["via"]) == ("accept", "editor", "api")


def test_corrected_artifact_is_read_as_corrected(editor, quote) -> None:
    speaker = {"name": "Ana Ruiz", "mention": "Ana Ruiz", "role": None, "kind": "person"}
    correction = {
        "data": quote["data"] | {"speaker": speaker},
        "spans": [{"start": 20, "end": 38, "role": "content"}, {"start": 45, "end": 53, "role": "source"}],
    }
    answer = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "correct", "correction": correction})
    assert answer.status_code == 201
    corrected = editor.get(f"/artifacts/{quote['id']}").json()
    assert corrected["data"]["speaker"]["name"] == "Ana Ruiz"
    assert [span["text"] for span in corrected["spans"]] == ["We open on Monday,", "Ana Ruiz"]


def test_rejected_boilerplate_comes_back_to_the_body(editor, article) -> None:
    block = editor.get(f"/articles/{article}/artifacts", kind="boilerplate").json()["items"][0]
    editor.post(f"/artifacts/{block['id']}/decisions", {"verdict": "reject"})
    assert "Read also: ten ports" in editor.get(f"/articles/{article}").json()["body"]


def test_added_artifact_stands_until_its_decision_is_withdrawn(editor, article) -> None:
    block = {
        "kind": "boilerplate",
        "data": {"reason": "other", "rule": "by hand"},
        "spans": [{"start": 0, "end": 17, "role": "block"}],
    }
    added = editor.post(f"/articles/{article}/artifacts", block)
    assert added.status_code == 201
    found = editor.get(f"/articles/{article}/artifacts", kind="boilerplate", verdict="add").json()["items"]
    assert [(each["id"], each["processor"], each["spans"][0]["text"]) for each in found] == [
        (None, "editor", "Harbour to reopen")
    ]
    editor.post(f"/decisions/{added.json()['uuid']}/withdrawal")
    assert editor.get(f"/articles/{article}/artifacts", kind="boilerplate", verdict="add").json()["items"] == []


def test_verdict_filters_tell_undecided_rejected_and_all(editor, article, quote) -> None:
    editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "reject"})
    counts = {verdict: len(quotes(editor, article, verdict=verdict)) for verdict in ("undecided", "reject", "accept", "any")}
    assert counts == {"undecided": 1, "reject": 1, "accept": 0, "any": 2}
    assert [each["verdict"] for each in quotes(editor, article)] == [None]


def test_history_has_decisions_and_withdrawals_newest_first(editor, article, quote) -> None:
    first = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"}).json()
    second = editor.post(f"/decisions/{first['uuid']}/withdrawal").json()
    history = editor.get(f"/articles/{article}/decisions").json()["items"]
    assert [(each["verdict"], each["withdraws"], each["withdrawn_by"]) for each in history] == [
        ("withdraw", first["uuid"], None),
        ("accept", None, second["uuid"]),
    ]


def test_same_event_twice_is_one_decision(editor, article, quote) -> None:
    body = {"verdict": "accept", "event": str(uuid.uuid4())}
    answers = [editor.post(f"/artifacts/{quote['id']}/decisions", body).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(editor.get(f"/articles/{article}/decisions").json()["items"]) == 1


def test_event_of_another_decision_is_refused(editor, quote) -> None:
    event = str(uuid.uuid4())
    editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept", "event": event})
    answer = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "reject", "event": event})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "event")


def test_withdrawing_twice_is_withdrawing_once(editor, quote) -> None:
    decision = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"}).json()["uuid"]
    answers = [editor.post(f"/decisions/{decision}/withdrawal").json() for _ in range(2)]
    assert answers[0] == answers[1]


def test_decision_under_a_newer_one_cannot_be_withdrawn(editor, quote) -> None:
    first = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"}).json()["uuid"]
    editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "reject"})
    assert editor.post(f"/decisions/{first}/withdrawal").status_code == 409


def test_colleagues_decision_is_for_a_chief_editor_to_withdraw(editor, program, quote) -> None:
    decision = editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "accept"}).json()["uuid"]
    assert program(name="colleague").post(f"/decisions/{decision}/withdrawal").status_code == 403
    assert program("admin", "chief editor").post(f"/decisions/{decision}/withdrawal").status_code == 201


def test_decision_marks_the_article_as_open_or_not(editor, article) -> None:
    before = editor.get(f"/articles/{article}").json()["undecided"]
    for each in quotes(editor, article):
        editor.post(f"/artifacts/{each['id']}/decisions", {"verdict": "accept"})
    assert before - editor.get(f"/articles/{article}").json()["undecided"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "maybe"},
        {"verdict": "withdraw"},
        {"verdict": "correct"},
        {"verdict": "accept", "correction": {"data": {}, "spans": []}},
        {"verdict": "correct", "correction": {"data": {}, "spans": []}},
        {"verdict": "correct", "correction": {"data": {"type": "direct", "quotation": "x", "speaker": None}, "spans": []}},
        {"verdict": "correct", "correction": {"data": [], "spans": {}}},
        {"verdict": "accept", "note": "x" * 1001},
        {"verdict": "accept", "event": "no-uuid"},
        {"verdict": "accept", "editor": "somebody else"},
    ],
)
def test_decision_that_breaks_a_rule_is_refused(editor, quote, body) -> None:
    assert editor.post(f"/artifacts/{quote['id']}/decisions", body).status_code == 422


@pytest.mark.parametrize(
    "span",
    [
        {"start": 5, "end": 5, "role": "content"},
        {"start": 0, "end": 10**6, "role": "content"},
        {"start": -1, "end": 3, "role": "content"},
        {"start": 0, "end": 2**40, "role": "content"},
        {"start": 0, "end": 3, "role": "elsewhere"},
        {"start": "0", "end": 3, "role": "content"},
        {"start": 0.5, "end": 3, "role": "content"},
        {"start": True, "end": 3, "role": "content"},
    ],
)
def test_correction_outside_the_text_is_refused(editor, quote, span) -> None:
    body = {"verdict": "correct", "correction": {"data": quote["data"], "spans": [span]}}
    assert editor.post(f"/artifacts/{quote['id']}/decisions", body).status_code == 422


def test_paragraphs_are_not_decided_on(editor, article) -> None:
    paragraph = editor.get(f"/articles/{article}/artifacts", kind="paragraph").json()["items"][0]
    assert editor.post(f"/artifacts/{paragraph['id']}/decisions", {"verdict": "accept"}).status_code == 422
