"""Who is let in, and what each role finds."""

import pytest
from django.test import Client

from tests.doors.desk.stage import article, person

PAGES = (
    "/", "/corpus/article/", "/review/decision/", "/processing/job/", "/processing/run/", "/corpus/source/",
    "/export/export/", "/host/processorsetting/", "/access/apikey/", "/processing/mute/", "/processing/batch/",
    "/shadow/shadowrun/",
)  # fmt: skip


@pytest.mark.parametrize("path", [*PAGES, "/corpus/article/1/change/", "/auth/user/"])
def test_strangers_are_sent_to_log_in(client, db, path):
    assert client.get(path)["Location"] == f"/login/?next={path}"


def test_staff_without_a_role_are_not_let_in(client, db):
    client.force_login(person(None))
    assert client.get("/")["Location"] == "/login/?next=/"


def test_a_role_without_staff_status_does_not_let_in(client, db):
    user = person("editor")
    user.is_staff = False
    user.save()
    client.force_login(user)
    assert client.get("/")["Location"] == "/login/?next=/"


@pytest.mark.parametrize("path", PAGES)
def test_viewers_may_look_at_every_page(viewer, path):
    article()
    assert viewer.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_when_the_desk_is_empty(viewer, path):
    assert viewer.get(path).status_code == 200


def test_viewers_may_not_add_documents(viewer):
    assert viewer.post("/corpus/article/add/", {"text": "A text.", "source": "desk"}).status_code == 403


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor", "plugin admin"])
def test_accounts_are_for_superusers(client, db, role):
    client.force_login(person(role))
    assert client.get("/auth/user/").status_code == 403


@pytest.mark.parametrize("path", [*PAGES, "/auth/user/", "/auth/user/add/"])
def test_superusers_find_all_pages(client, db, path):
    client.force_login(person(None, is_superuser=True))
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/corpus/source/", "/review/decision/", "/processing/run/", "/export/export/"])
def test_nobody_adds_rows_by_hand(client, db, path):
    client.force_login(person(None, is_superuser=True))
    assert client.get(f"{path}add/").status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_not_kept_by_browsers(editor, path):
    assert "no-store" in editor.get(path)["Cache-Control"]


def test_nothing_of_the_desk_is_open_to_key_holders(db):
    answer = Client(headers={"authorization": "Bearer nd_live_x"}).get("/corpus/article/")
    assert answer["Location"].startswith("/login/")
