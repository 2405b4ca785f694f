from dataclasses import dataclass, make_dataclass, replace

import pytest

from newsdesk.pipeline import Findings, Outcome, Plan, make_plan, run
from newsdesk.pipeline.run import explain
from newsdesk.sdk import Artifact, ContractError, Document, Span, Transient
from newsdesk.sdk.testing import make_document

DOCUMENT = Document("a.txt", "https://example.org/a", content="Zoë said so.".encode())


def text(document):
    return [Artifact("text", {"text": document.decoded.text})]


def person(document):
    return [Artifact("person", {"name": "Zoë"}, (Span(0, 3),))]


def place(document):
    return [Artifact("place", {"name": each.data["name"]}, each.spans) for each in document.of_kind("person")]


def nothing(document):
    return []


def broken(document):
    raise ZeroDivisionError("no \x00 way")


def rubbish(document):
    yield Artifact("person", {"name": "Zoë"}, (Span(0, 3),))
    yield Artifact("person", {"name": "Zoë"}, (Span(0, 3_000),))


def processor(name, requires, provides, process, accepts=(), version="1"):
    declared = {"name": name, "version": version, "requires": requires, "provides": provides, "accepts": accepts}
    return make_dataclass(name, [], namespace={**declared, "process": lambda self, document: process(document)}, frozen=True)()


TEXT = processor("text", ("content",), ("text",), text)
PEOPLE = processor("people", ("text",), ("person",), person)
PLACES = processor("places", ("text", "person"), ("place",), place)
BROKEN = processor("people", ("text",), ("person",), broken)


def outcomes(*processors, document=DOCUMENT, **arguments):
    return {each.processor: str(each.outcome) for each in run(make_plan(processors), document, **arguments).runs}


def only_run(*processors, document=DOCUMENT):
    return run(make_plan(processors), document).runs[-1]


# What goes wrong


def test_processor_that_raises_is_failed_with_the_reason_in_clean_text():
    failed = only_run(TEXT, BROKEN)
    assert (failed.outcome, failed.error, failed.cause) == (Outcome.FAILED, "ZeroDivisionError: no  way", "ZeroDivisionError")


def test_processor_that_breaks_the_contract_is_failed_with_the_rule():
    failed = only_run(TEXT, processor("people", ("text",), ("person",), rubbish))
    assert (failed.cause, failed.error) == (
        "ContractError",
        "artifact 1 (person): span 0: end 3000 > length 12 of the text; offsets count code points",
    )


def test_nothing_of_a_failed_run_is_kept():
    result = run(make_plan([TEXT, processor("people", ("text",), ("person",), rubbish)]), DOCUMENT)
    assert (result.runs[-1].artifacts, result.document.of_kind("person")) == ((), ())


def test_failed_processor_blocks_only_what_depends_on_it():
    headlines = processor("headlines", ("text",), ("quote",), nothing)
    assert outcomes(TEXT, BROKEN, PLACES, headlines) == {
        "text": "done",
        "headlines": "done",
        "people": "failed",
        "places": "blocked",
    }


def test_blocked_processor_blocks_what_depends_on_it_in_turn():
    assert outcomes(processor("text", ("content",), ("text",), broken), PEOPLE, PLACES) == {
        "text": "failed",
        "people": "blocked",
        "places": "blocked",
    }


def test_blocked_run_says_what_failed():
    assert only_run(TEXT, BROKEN, PLACES).error == "needs 'person' from people, which failed"


def test_processor_is_blocked_although_another_provider_of_the_kind_is_fine():
    others = processor("others", ("text",), ("person",), person)
    assert outcomes(TEXT, BROKEN, others, PLACES)["places"] == "blocked"


def test_processor_that_does_not_read_the_media_type_is_skipped():
    html = processor("html", ("content",), ("metadata",), broken, accepts=("text/html",))
    assert (only_run(html).outcome, only_run(html).error) == (Outcome.SKIPPED, "does not read text/plain")


def test_what_depends_on_a_skipped_processor_alone_is_skipped():
    html = processor("html", ("content",), ("text",), text, accepts=("text/html",))
    skipped = only_run(html, PEOPLE)
    assert (skipped.outcome, skipped.error) == (Outcome.SKIPPED, "needs 'text', which nothing provides for text/plain")


def test_what_needs_a_text_is_skipped_where_none_was_found():
    silent = processor("text", ("content",), ("text",), nothing)
    skipped = only_run(silent, PEOPLE)
    assert (skipped.outcome, skipped.error) == (Outcome.SKIPPED, "needs 'text', but no processor found one in this document")


def test_what_depends_on_one_of_several_providers_runs_if_not_all_are_skipped():
    html = processor("html", ("content",), ("text",), text, accepts=("text/html",))
    plain = processor("text", ("content",), ("text",), text, accepts=("text/plain",))
    assert outcomes(html, plain, PEOPLE) == {"html": "skipped", "text": "done", "people": "done"}


def test_skipped_processor_fails_nothing():
    html = processor("html", ("content",), ("metadata",), nothing, accepts=("text/html",))
    assert not run(make_plan([html, TEXT, PEOPLE]), DOCUMENT).failed


def test_document_in_which_nobody_found_a_text_is_failed():
    assert run(make_plan([]), DOCUMENT).failed


def test_result_with_a_failed_run_is_failed():
    assert run(make_plan([TEXT, BROKEN]), DOCUMENT).failed


def test_second_text_is_refused_whatever_the_plan_says():
    other = processor("words", ("content", "text"), ("text",), text)
    assert (
        run(Plan((TEXT, other)), DOCUMENT)
        .runs[-1]
        .error.endswith("the document has a text already; only one processor may provide it, once")
    )


def test_processor_that_gives_spans_must_require_the_text_as_it_must_in_its_own_process():
    others = processor("others", ("text",), ("person",), person)
    blind = processor("places", ("person",), ("place",), place)
    assert "name 'text' in `requires`" in only_run(TEXT, others, blind).error


@pytest.mark.parametrize("leave", [SystemExit("bye"), GeneratorExit("bye"), type("Odd", (BaseException,), {})("bye")])
def test_processor_that_wants_to_leave_is_failed(leave):
    def process(document):
        raise leave

    failed = only_run(processor("leaver", ("content",), (), process))
    assert (failed.outcome, failed.error) == (Outcome.FAILED, f"{type(leave).__name__}: bye")


def test_processor_that_is_to_be_tried_again_says_so_in_the_cause():
    def process(document):
        raise type("Overloaded", (Transient,), {})("429")

    failed = only_run(processor("busy", ("content",), (), process))
    assert (failed.outcome, failed.cause, failed.error) == (Outcome.FAILED, Transient.cause, "429")


def test_interrupt_from_the_keyboard_is_nobodys_failure():
    def process(document):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        only_run(processor("slow", ("content",), (), process))


def test_order_to_leave_that_comes_while_another_process_is_asked_is_nobodys_failure():
    def told_to_leave(processor, dossier):
        raise SystemExit(-241)

    with pytest.raises(SystemExit):
        run(make_plan([TEXT]), DOCUMENT, call=told_to_leave)


def test_error_that_cannot_be_put_into_words_is_told_by_its_type():
    speechless = type("Speechless", (Exception,), {"__str__": lambda self: 1 / 0})
    assert explain(speechless()) == ("Speechless: (an error without words)", "Speechless")


def test_error_of_a_plugin_does_not_choose_its_cause():
    assert explain(type("Odd", (Exception,), {"cause": "SIGSEGV"})("x")) == ("Odd: x", "Odd")


def test_long_error_is_cut():
    message, cause = explain(type("E" * 500, (Exception,), {})("x" * 10_000))
    assert (len(message), len(cause)) == (2_000, 100)


def test_error_of_ours_is_told_without_its_type():
    assert explain(ContractError("too much")) == ("too much", "ContractError")


# What goes well


def test_runs_come_in_the_order_of_the_plan():
    assert list(outcomes(PLACES, PEOPLE, TEXT)) == ["text", "people", "places"]


def test_document_has_all_that_was_found():
    result = run(make_plan([TEXT, PEOPLE, PLACES]), DOCUMENT)
    assert [each.kind for each in result.document.artifacts] == ["text", "person", "place"]


def test_given_document_stays_as_it_was():
    run(make_plan([TEXT, PEOPLE]), DOCUMENT)
    assert DOCUMENT.artifacts == ()


def test_run_says_who_ran():
    done = only_run(processor("text", ("content",), ("text",), text, version="1.2"))
    assert (done.processor, done.version, done.outcome, done.error, done.cause) == ("text", "1.2", Outcome.DONE, None, None)


def test_text_that_is_there_already_is_used():
    assert run(Plan((PEOPLE,)), make_document("Zoë said so.")).runs[0].artifacts == tuple(person(None))


def test_processor_sees_only_what_it_requires():
    seen = []
    nosy = processor("nosy", ("text",), (), lambda document: seen.append(document) or [])
    run(make_plan([TEXT, PEOPLE, nosy]), DOCUMENT)
    assert seen == [Document(artifacts=(Artifact("text", {"text": "Zoë said so."}),))]


def test_processor_that_requires_content_sees_bytes_and_address():
    seen = []
    nosy = processor("z", ("content",), (), lambda document: seen.append(document) or [])
    run(make_plan([TEXT, nosy]), DOCUMENT)
    assert seen == [replace(DOCUMENT, name="document")]


def test_processor_is_called_through_what_is_given():
    calls = []
    run(make_plan([TEXT]), DOCUMENT, call=lambda processor, dossier: calls.append(processor) or Findings())
    assert calls == [TEXT]


# What is known already


def known(*processors, document=DOCUMENT):
    return {each.fingerprint: each.findings for each in run(make_plan(processors), document).runs}


def test_known_result_is_kept_and_nothing_is_called():
    before = known(TEXT, PEOPLE)
    assert outcomes(TEXT, PEOPLE, known=before, call=broken) == {"text": "kept", "people": "kept"}


def test_kept_artifacts_are_in_the_document():
    result = run(make_plan([TEXT, PEOPLE]), DOCUMENT, known(TEXT, PEOPLE))
    assert result.document.of_kind("person") == tuple(person(None))


def test_newer_version_runs_again_and_what_does_not_see_a_difference_is_kept():
    newer = processor("text", ("content",), ("text",), text, version="2")
    assert outcomes(newer, PEOPLE, known=known(TEXT, PEOPLE)) == {"text": "done", "people": "kept"}


def test_newer_result_makes_what_sees_it_run_again():
    newer = processor("people", ("text",), ("person",), nothing, version="2")
    assert outcomes(TEXT, newer, PLACES, known=known(TEXT, PEOPLE, PLACES)) == {
        "text": "kept",
        "people": "done",
        "places": "done",
    }


def test_known_result_of_nothing_is_a_result():
    quiet = processor("people", ("text",), ("person",), nothing)
    assert outcomes(TEXT, quiet, known=known(TEXT, quiet))["people"] == "kept"


@dataclass(frozen=True)
class Optional:
    name = "optional"
    version = "1"
    requires = ("content",)
    provides = ("text",)

    suffix: str = ""

    def process(self, document):
        return [Artifact("text", {"text": document.decoded.text + self.suffix})]


@pytest.mark.parametrize(
    ("processor", "document"),
    [(Optional("!"), DOCUMENT), (Optional(), Document("a.txt", "https://example.org/a", content=b"Zoe said so."))],
)
def test_other_option_or_other_bytes_run_again(processor, document):
    assert outcomes(processor, document=document, known=known(Optional())) == {"optional": "done"}
