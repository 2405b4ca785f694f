"""Decisions from the page: as JSON from its script, and as plain forms."""

import json
import uuid

import pytest
from django.test import Client

from newsdesk.access.policy import Actor
from newsdesk.review.models import Decision
from newsdesk.review.services import decide
from tests.doors.desk.stage import article, artifact, person


def send(client, row, **event):
    sent = {"event": str(uuid.uuid4()), **event}
    return client.post(f"/corpus/article/{row.pk}/decide/", json.dumps(sent), content_type="application/json")


def push(client, row, button, **options):
    return client.post(f"/corpus/article/{row.pk}/decide/form/", {"do": button}, **options)


def bens(row, verdict="accept"):
    return decide(artifact_id=artifact(row).pk, actor=Actor(person("editor", "ben"), "desk"), verdict=verdict)


def verdicts():
    return list(Decision.objects.order_by("pk").values_list("verdict", "editor__username", "via"))


@pytest.mark.parametrize(("verdict", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_verdict_is_stored_and_answered(editor, verdict, state):
    row = article()
    answer = send(editor, row, artifact=artifact(row).pk, verdict=verdict).json()
    assert (answer["state"], answer["mayUndo"], verdicts()) == (state, True, [(verdict, "ana", "desk")])


def test_the_same_event_twice_is_one_decision(editor):
    row, event = article(), str(uuid.uuid4())
    for _ in range(2):
        answer = send(editor, row, event=event, artifact=artifact(row).pk, verdict="accept")
    assert (answer.json()["decision"], len(verdicts())) == (event, 1)


def test_undo_takes_the_decision_back(editor):
    row = article()
    made = send(editor, row, artifact=artifact(row).pk, verdict="accept").json()["decision"]
    assert send(editor, row, withdraw=made).json() == {"state": "open", "decision": None, "mayUndo": False}


def test_undo_lets_stand_what_stood_before(editor):
    row = article()
    send(editor, row, artifact=artifact(row).pk, verdict="accept")
    made = send(editor, row, artifact=artifact(row).pk, verdict="reject").json()["decision"]
    assert send(editor, row, withdraw=made).json()["state"] == "accepted"


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_nothing_but_json_is_json(editor, content_type):
    row = article()
    assert editor.post(f"/corpus/article/{row.pk}/decide/", "{}", content_type=content_type).status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        "[]",
        "null",
        "{}",
        '{"event": 1}',
        '{"event": "x", "artifact": 1, "verdict": "accept"}',
        "[" * 100_000,
        "\ufeff{}",
    ],
)
def test_malformed_events(editor, body):
    row = article()
    answer = editor.post(f"/corpus/article/{row.pk}/decide/", body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["reason"])) == (400, True)


@pytest.mark.parametrize("number", [True, 1.5, "abc", None, -1, 10**30, [1]])
def test_artifacts_go_by_numbers(editor, number):
    assert send(editor, article(), artifact=number, verdict="accept").status_code == 400


@pytest.mark.parametrize("verdict", ["", "maybe", None, 7, "withdraw", "correct"])
def test_verdicts_that_there_are_not(editor, verdict):
    row = article()
    assert send(editor, row, artifact=artifact(row).pk, verdict=verdict).status_code == 422


def test_viewers_are_refused(viewer):
    row = article()
    answer = send(viewer, row, artifact=artifact(row).pk, verdict="accept")
    assert (answer.status_code, verdicts()) == (403, [])


def test_who_is_not_logged_in_is_told_so_in_json(client, db):
    row = article()
    answer = send(client, row, artifact=artifact(row).pk, verdict="accept")
    assert (answer.status_code, "Log in" in answer.json()["reason"]) == (401, True)


def test_a_finding_of_another_article_is_not_found(editor):
    row, other = article(name="1"), article(name="2")
    assert send(editor, row, artifact=artifact(other).pk, verdict="accept").status_code == 404


def test_a_decision_of_another_article_is_not_found(editor):
    row, other = article(name="1"), article(name="2")
    assert send(editor, row, withdraw=str(bens(other).uuid)).status_code == 404


def test_a_finding_that_is_gone(editor):
    assert send(editor, article(), artifact=10**9, verdict="accept").status_code == 404


@pytest.mark.parametrize("path", ["decide/", "decide/form/", "state/", "original/1/"])
def test_numbers_beyond_the_database_are_no_trouble(editor, path):
    for number in ("9" * 19, "9" * 30):
        for answer in (
            editor.get(f"/corpus/article/{number}/{path}"),
            editor.post(f"/corpus/article/{number}/{path}", {"do": "accept 1 1"}),
            editor.post(
                f"/corpus/article/{number}/{path}",
                json.dumps({"event": str(uuid.uuid4()), "artifact": 1, "verdict": "accept"}),
                content_type="application/json",
            ),
        ):
            assert answer.status_code < 500


def test_what_somebody_decided_since_is_in_the_way_of_undo(editor):
    row = article()
    made = send(editor, row, artifact=artifact(row).pk, verdict="accept").json()["decision"]
    bens(row, "reject")
    assert send(editor, row, withdraw=made).status_code == 409


def test_editors_do_not_take_back_what_others_decided(editor):
    row = article()
    assert send(editor, row, withdraw=str(bens(row).uuid)).status_code == 403


def test_chief_editors_do(client, db):
    row = article()
    client.force_login(person("chief editor", "chief"))
    assert send(client, row, withdraw=str(bens(row).uuid)).json()["state"] == "open"


@pytest.mark.parametrize("path", ["decide/", "decide/form/"])
def test_a_post_without_the_token_is_refused(db, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person())
    row = article()
    assert client.post(f"/corpus/article/{row.pk}/{path}", "{}", content_type="application/json").status_code == 403


@pytest.mark.parametrize("path", ["decide/", "decide/form/"])
def test_addresses_that_write_cannot_be_got(editor, path):
    assert editor.get(f"/corpus/article/{article().pk}/{path}").status_code == 405


@pytest.mark.parametrize(("verdict", "state"), [("accept", "accepted"), ("reject", "rejected")])
def test_a_button_without_script_decides_and_comes_back(editor, verdict, state):
    row = article()
    answer = push(editor, row, f"{verdict} {artifact(row).pk} 2")
    assert answer["Location"] == f"/corpus/article/{row.pk}/change/#f2"
    assert f'data-state="{state}"' in editor.get(answer["Location"]).text


def test_a_button_without_script_takes_back(editor):
    row = article()
    made = send(editor, row, artifact=artifact(row).pk, verdict="accept").json()["decision"]
    push(editor, row, f"withdraw {made} 2")
    assert [verdict for verdict, _, _ in verdicts()] == ["accept", "withdraw"]


@pytest.mark.parametrize("button", ["", "accept", "accept x 1", "withdraw x", "accept 999999999 1", "dance 1 1", "accept 1 ٣"])
def test_a_button_that_cannot_be_says_why(editor, button):
    assert push(editor, article(), button, follow=True).context["messages"]


def test_a_viewer_who_makes_up_a_button_is_refused(viewer):
    row = article()
    assert push(viewer, row, f"accept {artifact(row).pk} 1").status_code == 403
