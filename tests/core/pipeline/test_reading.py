"""Readers, from the registry through recognition and run to the plugins' process."""

import json
from dataclasses import dataclass, replace
from types import ModuleType

import pluggy
import pytest

from newsdesk.pipeline import Findings, Loaded, Outcome, Plan, Plugin, build_registry, run
from newsdesk.pipeline.reading import Reading
from newsdesk.pipeline.runner import Limits, Runner
from newsdesk.sdk import HTML, PLAIN, Artifact, Document, hookimpl, hooks
from newsdesk.sdk.declaration import announced

CARDS = "application/x-cards+json"
RECEIVED = Document("a.cards", None, CARDS, json.dumps({"text": "Zoë said so.", "url": "https://example.org/a"}).encode())


@dataclass(frozen=True)
class Cards:
    name = "cards"
    version = "1"
    media_types = (CARDS,)
    suffixes = (".cards",)

    def read(self, document):
        card = json.loads(document.content)
        return replace(document, content=card["text"].encode(), media_type=PLAIN, charset="utf-8", url=card["url"])


@dataclass(frozen=True)
class Text:
    name = "text"
    version = "1"
    requires = ("content",)
    provides = ("text",)
    accepts = (PLAIN,)

    def process(self, document):
        yield Artifact("text", {"text": document.decoded.text})


@dataclass(frozen=True)
class Nosy:
    name = "nosy"
    version = "1"
    requires = ("content",)
    provides = ("metadata",)

    def process(self, document):
        seen = f"{document.name} {document.url} {document.media_type} {document.charset} {len(document.content)}"
        yield Artifact("metadata", {"name": "headline", "value": seen, "evidence": "text"})


def reading(read=None, **declared):
    reader = type("Declared", (Cards,), {**declared, **({"read": lambda self, document: read(document)} if read else {})})()
    return Reading(reader, announced(reader))


def plan(*processors, reader=None):
    return Plan(processors or (Text(),), (), readers=(reader or reading(),))


def outcomes(plan, document=RECEIVED, **arguments):
    return {each.processor: (str(each.outcome), each.error) for each in run(plan, document, **arguments).runs}


def failure(read):
    return outcomes(plan(reader=reading(read)))["cards"]


def registry(**plugins):
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    for name, readers in plugins.items():
        module = ModuleType(name)
        module.register_readers = hookimpl(lambda readers=readers: readers)
        manager.register(module, name=name)
    return build_registry(Loaded(manager, tuple(Plugin(name, name, "1") for name in plugins), ()))


def problem_with(**declared):
    (problem,) = registry(odd=[type("Declared", (Cards,), declared)()]).problems
    return problem.message


# Which are taken


@dataclass(frozen=True)
class WithOption(Cards):
    strict: bool = True


@pytest.mark.parametrize("thing", [None, 1, "cards", Text()])
def test_what_is_no_reader_is_told_what_it_lacks(thing):
    (problem,) = registry(odd=[thing]).problems
    assert problem.message.endswith("is no reader; it must have name, version, media_types and read(); mend or uninstall it")


def test_class_in_place_of_a_reader_is_told():
    assert (
        registry(odd=[Cards]).problems[0].message == "Cards is a class; return an instance of it: Cards(); mend or uninstall it"
    )


def test_reader_with_options_is_refused():
    assert registry(odd=[WithOption()]).problems[0].message == (
        "reader cards must be a frozen dataclass without fields: readers have no options; mend or uninstall it"
    )


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"name": "My Cards"}, "reader name 'My Cards' must be lower-case letters"),
        ({"version": 1}, "reader cards: version must be a string"),
        ({"media_types": ()}, "reader cards: media_types must name one at least"),
        ({"media_types": [CARDS]}, "reader cards: media_types must be a tuple of 20 at most"),
        ({"media_types": ("Application/X",)}, "reader cards: media type 'Application/X' must be type/subtype in small letters"),
        ({"media_types": ("text/html; a=b",)}, "reader cards: media type 'text/html; a=b' must be type/subtype"),
        ({"media_types": (f"a/{'b' * 99}",)}, "reader cards: media type 'a/bbb"),
        ({"media_types": (HTML,)}, "reader cards: media type 'text/html' is read without a reader"),
        ({"prefixes": ("{",)}, "reader cards: prefix '{' must be bytes"),
        ({"prefixes": (b"",)}, "reader cards: prefix b'' must be bytes, 1 to 64 of them"),
        ({"prefixes": (b"{",), "suffixes": ()}, "reader cards: prefix b'{' says too little by itself"),
        ({"suffixes": ("cards",)}, "reader cards: suffix 'cards' must be a dot and small letters"),
        ({"suffixes": ".cards"}, "reader cards: suffixes must be a tuple"),
        ({"media_types": property(lambda self: 1 / 0)}, "a Declared cannot be examined: ZeroDivisionError"),
    ],
)
def test_reader_that_breaks_a_rule_is_told(declared, message):
    assert problem_with(**declared).startswith(message)


def test_media_type_that_another_reads_is_taken():
    other = type("Other", (Cards,), {"name": "other"})()
    assert [(each.plugin, each.message) for each in registry(first=[Cards()], second=[other]).problems] == [
        ("second", f"reader other: media type '{CARDS}' is read already by 'cards'; uninstall one of the two")
    ]


def test_reader_is_there_with_what_it_announces():
    installed = registry(first=[Cards()])
    assert (list(installed.readers), installed.owners, installed.formats[0].suffixes) == (
        ["cards"],
        {"cards": "first"},
        (".cards",),
    )


# What a reader may give


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (lambda _: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda _: "words", "cards: read() gave str; it must return the newsdesk.sdk.Document that it read"),
        (lambda document: document, f"cards: read() gave '{CARDS}'; a reader must give one of application/xhtml+xml, "),
        (lambda _: Document(content=b"<p> </p>", media_type=HTML), "cards found no words in this document"),
        (lambda _: Document(content=b"\xef\xbb\xbfwords" + b"\xff" * 9), "cards: what read() gave is no utf-8"),
        (lambda _: Document(content=b"words", url="a\nb"), "cards answered with what is no document"),
        (lambda _: Document(content=b"words", url="a" * 4_001), "cards answered with what is no document"),
        (lambda _: Document(content=b"w" * (20 * 1024 * 1024 + 1)), "cards read 20,971,521 bytes of text"),
    ],
)
def test_reader_that_gives_no_document_fails_with_the_reason(read, error):
    outcome, told = failure(read)
    assert (outcome, told[: len(error)]) == ("failed", error)


def test_nothing_runs_on_a_document_that_was_not_read():
    assert outcomes(plan(Nosy(), Text(), reader=reading(lambda _: 1 / 0)))["nosy"] == (
        "blocked",
        "needs the document from cards, which failed",
    )


@pytest.mark.parametrize(
    "found",
    [
        Findings(),
        Findings.of([Artifact("text", {"text": "words"})]),
        Findings.of([Artifact("reading", {"content": "words"})]),
        Findings.of([Artifact("reading", {"content": "words", "media_type": CARDS, "url": None})]),
        Findings.of([Artifact("reading", {"content": 7, "media_type": PLAIN, "url": None})]),
        Findings.of([Artifact("reading", {"content": "words", "media_type": [PLAIN], "url": None})]),
        Findings.of([Artifact("reading", {"content": "words", "media_type": PLAIN, "url": 1})]),
        Findings.of_entries({"reading": [[{"content": "a", "media_type": PLAIN, "url": None}, [[0, 1, "x"]], None]]}),
        Findings.of_entries({"reading": [[{"content": "a", "media_type": PLAIN, "url": None}, [], None]] * 2}),
        Findings.of_entries({"reading": [7]}),
    ],
)
def test_answer_of_another_process_that_is_no_document_fails(found):
    assert outcomes(plan(), call=lambda *_: found)["cards"][0] == "failed"


# What processors see


def test_processors_see_what_was_read_and_not_what_came():
    (said,) = run(plan(Nosy()), RECEIVED).runs[-1].artifacts
    assert said.data["value"] == f"document https://example.org/a {PLAIN} utf-8 13"


def test_address_under_which_it_came_is_believed_first():
    result = run(plan(), replace(RECEIVED, url="https://example.org/b"))
    assert result.document.url == "https://example.org/b"


def test_document_of_another_media_type_meets_no_reader():
    assert outcomes(plan(), Document(content=b"words")) == {"text": ("done", None)}


def test_document_whose_reader_is_gone_is_read_by_nobody():
    assert outcomes(Plan((Text(),)), RECEIVED) == {"text": ("skipped", f"does not read {CARDS}")}


# What is read again


def known(made):
    return {each.fingerprint: each.findings for each in run(made, RECEIVED).runs}


def test_document_that_was_read_is_not_read_again():
    made = plan()
    assert outcomes(made, known=known(made)) == {"cards": ("kept", None), "text": ("kept", None)}


@pytest.mark.parametrize(
    "document",
    [replace(RECEIVED, content=RECEIVED.content + b" "), replace(RECEIVED, charset="utf-8")],
    ids=["bytes", "charset"],
)
def test_other_bytes_are_read_and_what_follows_from_the_same_text_is_kept(document):
    made = plan()
    assert outcomes(made, document, known=known(made)) == {"cards": ("done", None), "text": ("kept", None)}


def test_newer_reader_reads_again():
    assert outcomes(plan(reader=reading(version="2")), known=known(plan()))["cards"] == ("done", None)


def test_another_version_of_a_reader_is_another_plan():
    assert plan(reader=reading(version="2")).digest != plan().digest


def test_everything_depends_on_a_reader():
    assert plan(Nosy(), Text()).dependents("cards") == (Nosy(), Text())


# In the plugins' process

PLUGIN = """
import os, time
from dataclasses import dataclass, replace
from newsdesk.sdk import PLAIN, hookimpl

@dataclass(frozen=True)
class Cards:
    name = "cards"
    version = "1"
    media_types = ("application/x-cards+json",)

    def read(self, document):
        if document.content == b"crash":
            os._exit(3)
        if document.content == b"sleep":
            time.sleep(60)
        words = f"{document.name} {document.content.decode()} {'SECRET' in os.environ}"
        return replace(document, content=words.encode(), media_type=PLAIN, charset="utf-8")

@hookimpl
def register_readers():
    return [Cards()]
"""


@pytest.fixture(scope="module")
def runner(tmp_path_factory, write_plugin):
    folder = write_plugin(tmp_path_factory.mktemp("plugins"), "cards-of-test", PLUGIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("SECRET", "hunter2")
        with Runner(Limits(), {"cards": Limits(seconds=3)}, ["cards-of-test"]) as runner:
            yield runner


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"crash", "cards crashed: exit status 3"), (b"\xff", "UnicodeDecodeError: "), (b"sleep", "cards took longer than 3 s")],
)
def test_what_a_reader_does_there_fails_its_run(runner, content, error):
    (failed,) = run(Plan((), (), readers=(reading(),)), replace(RECEIVED, content=content), call=runner).runs
    assert (failed.outcome, failed.error[: len(error)]) == (Outcome.FAILED, error)


def test_reader_runs_there_and_sees_neither_name_nor_environment(runner):
    result = run(Plan((), (), readers=(reading(),)), replace(RECEIVED, content=b"words"), call=runner)
    assert result.document.content == b"document words False"
