"""What is installed, what runs, in which order, and what is wrong."""

from dataclasses import dataclass, replace

from newsdesk.access.policy import Actor
from newsdesk.host import catalogue
from newsdesk.host import registry as host
from newsdesk.host.services import enable, set_options, switch
from newsdesk.pipeline import Problem
from newsdesk.sdk import option


@dataclass(frozen=True)
class Lonely:
    """Needs what nobody provides."""

    name = "test-lonely"
    version = "2"
    requires = ("place",)
    provides = ("person",)

    def process(self, document):
        return ()


@dataclass(frozen=True)
class Keyed:
    """Says its secret when it fails."""

    name = "test-keyed"
    version = "1"
    requires = ("text",)
    provides = ("person",)
    key: str = option("", secret=True)

    def process(self, document):
        raise ValueError(f"401 for {self.key}")


def positions(editor):
    return {each["name"]: each["position"] for each in editor.get("/plugins").json()["processors"]}


def states(editor):
    return {each["name"]: (each["state"], each["problems"]) for each in editor.get("/plugins").json()["plugins"]}


def test_each_plugin_tells_its_state(editor) -> None:
    switch(plugin="jsonl", enabled=False, actor=Actor.operator())
    assert (states(editor)["quotes"], states(editor)["jsonl"]) == (("on", []), ("off", []))


def test_plugin_that_is_broken_is_listed_with_the_reason_until_it_is_turned_off(editor, monkeypatch) -> None:
    installed = host.registry()
    plugins = tuple(each for each in installed.plugins if each.name != "jsonl")
    broken = replace(installed, plugins=plugins, problems=(Problem("jsonl", "is broken; mend it"),))
    for module in (host, catalogue):
        monkeypatch.setattr(module, "registry", lambda: broken)
    before = states(editor)["jsonl"], editor.get("/plugins").json()["problems"]
    switch(plugin="jsonl", enabled=False, actor=Actor.operator())
    after = states(editor)["jsonl"], editor.get("/plugins").json()["problems"]
    assert before == (("left-out", ["is broken; mend it"]), [{"plugin": "jsonl", "message": "is broken; mend it"}])
    assert after == (("off", []), [])


def test_processors_are_in_the_order_of_the_plan(editor) -> None:
    assert positions(editor) == {"test-lines": 1, "test-marks": 2}


def test_processor_tells_version_needs_and_options(editor) -> None:
    lines = editor.get("/plugins").json()["processors"][0]
    assert (lines["version"], lines["requires"], lines["options"]) == ("1", ["content"], {"indent": 0})


def test_processor_tells_the_schema_of_its_options(editor) -> None:
    schema = editor.get("/plugins").json()["processors"][0]["options_schema"]
    assert schema["properties"]["indent"] == {"type": "integer", "default": 0}


def test_processor_tells_what_is_other_for_a_source(editor) -> None:
    set_options(processor="test-lines", options={"indent": 2}, source="wire", actor=Actor.operator())
    lines = editor.get("/plugins").json()["processors"][0]
    assert (lines["options"], lines["options_of_sources"]) == ({"indent": 0}, {"wire": {"indent": 2}})


def test_processor_tells_what_the_operator_fixed(editor, settings) -> None:
    settings.NEWSDESK = {**settings.NEWSDESK, "options": {"test-lines": {"indent": 3}}}
    lines = editor.get("/plugins").json()["processors"][0]
    assert (lines["options"], lines["fixed"]) == ({"indent": 3}, ["indent"])


def test_secret_of_a_processor_is_said_to_be_set_and_is_in_no_answer(editor, monkeypatch) -> None:
    monkeypatch.setitem(host.registry().processors, "test-keyed", Keyed())
    set_options(processor="test-keyed", options={"key": "s3cr3t"}, actor=Actor.operator())
    answer = editor.get("/plugins")
    keyed = next(each for each in answer.json()["processors"] if each["name"] == "test-keyed")
    assert (keyed["options"], keyed["secrets_set"], b"s3cr3t" in answer.content) == ({}, ["key"], False)


def test_secret_of_a_processor_is_in_no_run(editor, monkeypatch, article, work) -> None:
    monkeypatch.setitem(host.registry().processors, "test-keyed", Keyed())
    set_options(processor="test-keyed", options={"key": "s3cr3t"}, actor=Actor.operator())
    editor.post(f"/articles/{article}/reprocess")
    work()
    answer = editor.get(f"/articles/{article}/runs")
    runs = {each["processor"]: each["error"] for each in answer.json()["items"]}
    assert (runs["test-keyed"], b"s3cr3t" in answer.content) == ("ValueError: 401 for ••••••", False)


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
