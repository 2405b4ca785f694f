"""Kinds of artifact through the API: there may be some that the contract does not know."""

import pytest

from newsdesk.host import registry as host
from newsdesk.sdk import Kind

RUMOUR = Kind("rumour", "Rumour", {"type": "object", "required": ["type"]}, {"words": (1, 1)})


@pytest.fixture
def rumour(monkeypatch):
    """A kind that a plugin declares, here for one test."""
    installed = host.registry()
    monkeypatch.setitem(installed.kind_owners, "rumour", "acme")
    changed = type(installed)(
        *(getattr(installed, name) for name in ("processors", "exporters", "owners", "plugins", "problems")),
        kinds={**installed.kinds, "rumour": RUMOUR},
        kind_owners=installed.kind_owners,
    )
    for module in ("host.registry", "api.routers.plugins"):
        monkeypatch.setattr(f"newsdesk.{module}.registry", lambda: changed)


def kinds(editor):
    return {each["name"]: each for each in editor.get("/kinds").json()["kinds"]}


def test_kind_that_nobody_declares_is_no_filter(editor, article):
    answer = editor.get(f"/articles/{article}/artifacts", kind="quotes")
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "kind: 'quotes' is no kind of artifact here; GET /kinds has them",
    )


def test_kind_that_nothing_was_found_of_is_a_filter(editor, article):
    assert editor.get(f"/articles/{article}/artifacts", kind="place").json()["items"] == []


def test_kinds_that_ship_are_nobodys(editor):
    assert (kinds(editor)["quote"]["plugin"], kinds(editor)["paragraph"]["reviewed"]) == (None, False)


def test_kind_of_a_plugin_tells_who_declares_it_and_what_holds_for_it(editor, rumour):
    assert kinds(editor)["rumour"] == {
        "name": "rumour",
        "label": "Rumour",
        "plugin": "acme",
        "reviewed": True,
        "roles": {"words": [1, 1]},
        "data_schema": {"type": "object", "required": ["type"]},
    }


def test_finding_of_a_kind_of_a_plugin_can_be_added_and_read(editor, article, rumour):
    finding = {"kind": "rumour", "data": {"type": "departure"}, "spans": [{"start": 0, "end": 3, "role": "words"}]}
    editor.post(f"/articles/{article}/artifacts", finding)
    (found,) = editor.get(f"/articles/{article}/artifacts", kind="rumour").json()["items"]
    assert (found["data"], found["verdict"]) == ({"type": "departure"}, "add")
