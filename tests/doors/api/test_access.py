"""Who may do what through this door: every operation of the contract has its row, and a new one without a row fails."""

import json
import zlib
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from newsdesk.access.models import ApiKey
from newsdesk.api.api import api

READERS = {"viewer", "editor", "chief editor", "plugin admin", "read", "write", "admin"}
EDITORS = {"editor", "chief editor", "write", "admin"}
ALLOWED = {
    "snapshots_create": EDITORS,
    "snapshots_read": READERS,
    "articles_list": READERS,
    "articles_read": READERS,
    "articles_reprocess": EDITORS | {"plugin admin"},
    "runs_list": READERS,
    "artifacts_list": READERS,
    "artifacts_create": EDITORS,
    "artifacts_read": READERS,
    "decisions_list": READERS,
    "decisions_create": EDITORS,
    "decisions_withdraw": {"chief editor", "admin"},  # somebody else's; one's own takes what deciding takes
    "exports_list": EDITORS | {"read"},
    "exports_create": EDITORS | {"read"},
    "exports_read": EDITORS | {"read"},
    "exports_file": EDITORS | {"read"},
    "kinds_list": READERS,
    "plugins_list": READERS,
    "scores_list": READERS,
    "scores_judgements": READERS,
    "scores_runs": READERS,
    "drifts_list": READERS,
}
"""Operation: the roles (through a key of the widest scope) and the scopes (of a superuser's key) that may use it."""

BODIES = {
    "snapshots_create": {"content": "Some other words"},
    "artifacts_create": {
        "kind": "boilerplate",
        "data": {"reason": "other", "rule": "by hand"},
        "spans": [{"start": 0, "end": 17, "role": "block"}],
    },
    "decisions_create": {"verdict": "accept"},
    "exports_create": {"exporter": "test-bodies"},
}
OPERATIONS = {
    operation["operationId"]: (method.upper(), path.removeprefix("/api/v1"))
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
}
ROLES = ("viewer", "editor", "chief editor", "plugin admin")
SCOPES = ("read", "write", "admin")


@pytest.fixture
def ids(editor, submit, quote):
    """Things that somebody else made, to try every operation on."""
    return {
        "snapshot_id": quote["snapshot"],
        "article_id": quote["article"],
        "artifact_id": quote["id"],
        "decision": editor.post(f"/artifacts/{quote['id']}/decisions", {"verdict": "reject"}).json()["uuid"],
        "export_id": editor.post("/exports", {"exporter": "test-bodies"}).json()["id"],
    }


def attempt(program, name, ids) -> int:
    method, path = OPERATIONS[name]
    body = BODIES.get(name)
    answer = program.request(method, path.format(**ids), json.dumps(body).encode() if body else b"")
    list(getattr(answer, "streaming_content", ()))  # read to its end, it closes itself
    return answer.status_code


def test_every_operation_has_a_row() -> None:
    assert set(ALLOWED) == set(OPERATIONS)


@pytest.mark.parametrize("role", ROLES)
def test_roles_may_do_what_their_row_says(program, ids, role) -> None:
    asking = program("admin", role, name=f"another {role}")
    allowed = {name for name in OPERATIONS if attempt(asking, name, ids) not in (401, 403)}
    assert allowed == {name for name, row in ALLOWED.items() if role in row}


@pytest.mark.parametrize("scope", SCOPES)
def test_scopes_may_do_what_their_row_says(program, person, ids, scope) -> None:
    owner = person(None, "root")
    owner.is_superuser = True
    owner.save()
    asking = program(scope, None, name="root")
    allowed = {name for name in OPERATIONS if attempt(asking, name, ids) not in (401, 403)}
    assert allowed == {name for name, row in ALLOWED.items() if scope in row}


@pytest.mark.parametrize("name", OPERATIONS)
def test_nobody_may_do_nothing(nobody, ids, name) -> None:
    assert attempt(nobody, name, ids) == 401


@pytest.mark.parametrize("name", OPERATIONS)
def test_person_without_a_role_may_do_nothing(program, ids, name) -> None:
    assert attempt(program("admin", None), name, ids) == 403


def test_what_is_refused_changes_nothing(program, editor, ids) -> None:
    before = editor.get(f"/articles/{ids['article_id']}/decisions").json(), editor.get("/articles").json()
    viewer = program("admin", "viewer")
    assert {attempt(viewer, name, ids) for name in BODIES} == {403}
    assert (editor.get(f"/articles/{ids['article_id']}/decisions").json(), editor.get("/articles").json()) == before


def test_refusal_says_what_it_takes(program) -> None:
    answer = program("read").post("/snapshots", {"content": "Some words"})
    assert answer.json()["detail"] == (
        "editor may not submit through a key with the scope 'read'; it takes the role editor or chief editor"
    )


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer nd_live_",
        "Bearer x",
        "Basic ZWQ6cHc=",
        "Bearer nd_live_aaaaaaaa_" + "b" * 44,
        "Bearer \0",
        "Bearer ü",
    ],
)
def test_what_is_no_key_is_refused(nobody, header) -> None:
    answer = nobody.request("GET", "/articles", Authorization=header)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="newsdesk"')


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"digest": "0" * 64},
    ],
)
def test_key_that_no_longer_holds_is_refused_at_once(editor, change) -> None:
    assert editor.get("/articles").status_code == 200
    ApiKey.objects.update(**change)
    assert editor.get("/articles").status_code == 401


def test_nul_in_a_key_with_a_right_checksum_is_refused(nobody) -> None:
    key = "nd_live_\0aaaaaaa_" + "b" * 36
    assert nobody.request("GET", "/articles", Authorization=f"Bearer {key}{zlib.crc32(key.encode()):08x}").status_code == 401


def test_key_of_somebody_who_left_is_refused(editor) -> None:
    owner = ApiKey.objects.get().owner
    owner.is_active = False
    owner.save()
    assert editor.get("/articles").status_code == 401


def test_revoked_role_takes_effect_on_the_next_request(editor) -> None:
    ApiKey.objects.get().owner.groups.clear()
    assert editor.get("/articles").status_code == 403


def test_two_keys_are_refused(editor) -> None:
    key = editor.headers["Authorization"]
    assert editor.request("GET", "/articles", Authorization=f"{key}, {key}").status_code == 400


@pytest.mark.parametrize("name", ["key", "api_key", "access_token", "TOKEN", "q"])
def test_key_in_an_address_is_refused_even_if_it_holds(editor, name) -> None:
    answer = editor.get("/articles", **{name: editor.headers["Authorization"].removeprefix("Bearer ")})
    assert (answer.status_code, answer.json()["type"]) == (400, "urn:newsdesk:problem:key-in-address")
    assert "revoke this key" in answer.json()["remedy"]
    assert editor.headers["Authorization"].removeprefix("Bearer ") not in answer.content.decode()


@pytest.fixture
def browser(person):
    """Somebody who is logged in at the desk, in a browser that enforces CSRF as a server does."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(person("editor"))
    return client


def test_session_reads_without_a_key(browser) -> None:
    assert browser.get("/api/v1/articles").status_code == 200


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_session_writes_nothing_for_another_site(browser, content_type) -> None:
    answer = browser.post(
        "/api/v1/snapshots", '{"content": "Some words"}', content_type, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code in (403, 415)


def test_session_writes_with_the_token_of_our_pages(browser) -> None:
    browser.get("/api/v1/docs")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value
    body = '{"content": "Some words"}'
    assert browser.post("/api/v1/snapshots", body, "application/json").status_code == 403
    assert browser.post("/api/v1/snapshots", body, "application/json", headers={"X-CSRFToken": token}).status_code == 202


def test_bad_key_is_not_made_good_by_a_session(browser) -> None:
    assert browser.get("/api/v1/articles", headers={"Authorization": "Bearer nd_live_x"}).status_code == 401


@pytest.mark.parametrize(
    "cookie", ['"\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 5000, "ü" * 40, "../../etc/passwd", '"']
)
def test_strange_session_is_nobody(db, cookie) -> None:
    client = Client(raise_request_exception=False, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
    assert client.get("/api/v1/articles").status_code == 401


def test_answers_are_kept_by_nobody(editor) -> None:
    assert editor.get("/articles")["Cache-Control"] == "no-store"
