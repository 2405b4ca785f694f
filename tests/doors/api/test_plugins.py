"""What is installed, what runs, in which order, and what is wrong."""

from dataclasses import dataclass

from newsdesk.access.policy import Actor
from newsdesk.host import registry as host
from newsdesk.host.services import enable, switch


@dataclass(frozen=True)
class Lonely:
    """Needs what nobody provides."""

    name = "test-lonely"
    version = "2"
    requires = ("place",)
    provides = ("person",)

    def process(self, document):
        return ()


def positions(editor):
    return {each["name"]: each["position"] for each in editor.get("/plugins").json()["processors"]}


def test_processors_are_in_the_order_of_the_plan(editor) -> None:
    assert positions(editor) == {"test-lines": 1, "test-marks": 2}


def test_processor_tells_version_needs_and_options(editor) -> None:
    lines = editor.get("/plugins").json()["processors"][0]
    assert (lines["version"], lines["requires"], lines["options"]) == ("1", ["content"], {"indent": 0})


def test_processor_that_finds_no_place_is_listed_with_the_reason(editor, monkeypatch) -> None:
    monkeypatch.setitem(host.registry().processors, "test-lonely", Lonely())
    assert positions(editor)["test-lonely"] is None
    problems = {each["plugin"]: each["message"] for each in editor.get("/plugins").json()["problems"]}
    assert "nothing provides" in problems["test-lonely"]


def test_processor_that_was_turned_off_has_no_position(editor) -> None:
    enable(processor="test-marks", enabled=False, actor=Actor.operator())
    assert positions(editor) == {"test-lines": 1, "test-marks": None}


def test_finding_of_a_processor_that_was_turned_off_no_longer_stands(editor, article, quote, work) -> None:
    enable(processor="test-marks", enabled=False, actor=Actor.operator())
    editor.post(f"/articles/{article}/reprocess")
    work()
    read = editor.get(f"/artifacts/{quote['id']}").json()
    assert (read["current"], read["stands"], read["spans"][0]["text"]) == (False, False, None)
    assert editor.get(f"/articles/{article}/artifacts", kind="quote").json()["items"] == []


def test_exporters_are_those_that_exports_take(editor) -> None:
    names = [each["name"] for each in editor.get("/plugins").json()["exporters"]]
    assert "test-bodies" in names


def test_readers_tell_what_can_be_submitted_beside_html_and_plain_text(editor) -> None:
    (reader,) = editor.get("/plugins").json()["readers"]
    assert (reader["plugin"], reader["media_types"][0], reader["suffixes"]) == (
        "ninjs",
        "application/ninjs+json",
        [".ninjs", ".ninjs.json"],
    )


def test_exporter_of_a_plugin_that_was_turned_off_is_not_listed_and_refused_with_the_remedy(editor) -> None:
    switch(plugin="jsonl", enabled=False, actor=Actor.operator())
    names = [each["name"] for each in editor.get("/plugins").json()["exporters"]]
    refused = editor.post("/exports", {"exporter": "jsonl"})
    assert ("jsonl" in names, refused.status_code) == (False, 422)
    assert "exporter 'jsonl' is off with its plugin 'jsonl'; turn the plugin on" in refused.content.decode()
