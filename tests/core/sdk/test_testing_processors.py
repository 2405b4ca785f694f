"""For each clause of a processor's contract a processor that breaks it, and what its author is told."""

import itertools
import re
import time
from dataclasses import dataclass, field, replace

import pytest

from newsdesk.sdk import HTML, Artifact, Kind, Span, Transient, UnreadableContent, canonical
from newsdesk.sdk.testing import ContractBroken, contract, make_document, samples

NUMBERS = itertools.count()
SEEN = []
TOPIC = Kind("acme-topic", "Topic", {"type": "object", "required": ["word"]})


def organisation(match, **data):
    return Artifact("organisation", {"name": match[0], **data}, (Span(*match.span()),), confidence=0.4)


def shouts(self, document):
    return [organisation(match) for match in re.finditer(r"\b[A-Z]{3,}\b", document.text)]


@dataclass(frozen=True)
class Shouting:
    name = "shouting"
    version = "1"
    requires = ("text",)
    provides = ("organisation",)
    min_letters: int = 3
    known: tuple[str, ...] = ("NATO",)

    def process(self, document):
        return shouts(self, document)


@dataclass(frozen=True)
class Reader(Shouting):
    """Finds the text itself, and then what shouts in it."""

    requires = ("content",)
    provides = ("text", "organisation")

    def process(self, document):
        text = document.decoded.text
        if not text.strip():
            raise UnreadableContent("nothing to read")
        yield Artifact("text", {"text": text})
        for match in re.finditer(r"\b[A-Z]{3,}\b", text):
            yield organisation(match)


@dataclass(frozen=True)
class Tagger(Shouting):
    """Declares a kind of its own, and reads paragraphs."""

    requires = ("text", "paragraph")
    provides = ("acme-topic",)

    def process(self, document):
        for paragraph in document.of_kind("paragraph"):
            for match in re.finditer("pier", paragraph.spans[0].of(document.text)):
                start = paragraph.spans[0].start + match.start()
                yield Artifact("acme-topic", {"word": "pier"}, (Span(start, start + 4),))


@dataclass(frozen=True)
class Rare(Shouting):
    def process(self, document):
        return [organisation(match) for match in re.finditer("Zoë", document.text)]


TestProcessor = contract(Shouting(), huge=5_000)
TestProcessorThatFindsTheText = contract(Reader(), huge=5_000)
TestProcessorOfAKindOfItsOwn = contract(Tagger(), kinds=[TOPIC], huge=5_000)
TestProcessorThatFindsSomethingInItsOwnDocuments = contract(
    Rare(), documents=["Zoë came.", "Zoë".encode(), make_document("Zoë")], huge=5_000
)


def bad(process, base=Shouting, **attributes):
    """A processor that differs from a good one in this."""
    return type("Bad", (base,), {"process": process, **attributes})()


def message(clause, processor, *arguments, **options):
    """What the author is told by this clause."""
    with pytest.raises(ContractBroken) as caught:
        getattr(contract(processor, **{"huge": 5_000, **options})(), f"test_{clause}")(*arguments)
    return str(caught.value)


class Anything:
    name = "anything"

    def process(self, document):
        return []


@dataclass
class Thawed(Anything):
    version = "1"
    requires = ("text",)
    provides = ("person",)


@pytest.mark.parametrize(
    ("processor", "told"),
    [
        (Anything(), "it has no version, requires, provides"),
        (Thawed(), "it is no frozen dataclass"),
        (bad(shouts, name="Shouting"), "lower-case letters, digits and hyphens"),
        (bad(shouts, version=1), "a string such as '1'"),
        (bad(shouts, requires="text"), 'write requires = ."text",., with the comma'),
        (bad(shouts, requires=("txt",)), "requires names txt"),
        (bad(shouts, provides=("acme-topic",)), r"kinds=\[...\]. the kind"),
        (bad(shouts, provides=()), "provides is empty"),
        (bad(shouts, accepts="text/plain"), "a tuple of media types"),
    ],
)
def test_wrong_declaration_is_told(processor, told):
    assert re.search(told, message("declares_itself", processor))


def test_one_that_lacks_what_makes_a_processor_is_told_so_by_every_clause():
    with pytest.raises(ContractBroken, match="it has no version, requires, provides"):
        contract(Anything())().setup_method(None)


def test_finding_nothing_anywhere_is_told_with_the_remedy():
    assert 'contract(..., documents=["..."])' in message("finds_something", bad(lambda self, document: []))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Artifact("place", {"name": "Port Ellery"}), "artifact 0 is of kind 'place'"),
        ({"kind": "organisation"}, "item 0 is {'kind': 'organisation'}"),
    ],
)
def test_undeclared_kind_is_told(given, told):
    assert told in message("yields_declared_kinds_only", bad(lambda self, document: [given]))


@pytest.mark.parametrize(
    ("artifact", "told"),
    [
        (Artifact("organisation", {}), "data must have 'name'"),
        (Artifact("organisation", {"name": "NATO", "when": time}), "data.when is module; data must be plain JSON"),
        (Artifact("organisation", {"name": "Zoe\u0308"}), "data.name is not canonical text"),
        (Artifact("organisation", {"name": "NATO", "score": float("nan")}), "numbers must be finite"),
        (Artifact("organisation", {"name": "NATO"}, (), 40), "must be a number from 0 to 1, or None"),
    ],
)
def test_invalid_data_is_told(artifact, told):
    assert told in message("data_is_valid", bad(lambda self, document: [artifact]))


QUOTE = Artifact("quote", {"type": "direct", "quotation": "No.", "speaker": None}, (Span(0, 7, "content"),))


@pytest.mark.parametrize(
    ("artifact", "told"),
    [
        (Artifact("organisation", {"name": "NATO"}, (Span(0, 100_000),)), "end 100000 > length"),
        (Artifact("organisation", {"name": "NATO"}, (Span(4, 4),)), "must be 0 <= start < end"),
        (Artifact("organisation", {"name": "NATO"}, (Span(0, 4, "block"),)), "span role 'block'"),
        (Artifact("organisation", {"name": "NATO"}), "0 spans with role 'mention'; must be 1 or more"),
        (QUOTE, "data.quotation says 'No.', but its content spans say 'Harbour'"),
    ],
)
def test_span_that_the_kind_does_not_allow_is_told(artifact, told):
    processor = bad(lambda self, document: [artifact], provides=("organisation", "quote"))
    assert told in message("spans_are_in_bounds", processor)


@pytest.mark.parametrize(
    ("clause", "told"),
    [("data_is_valid", "data must be object, not None"), ("spans_are_in_bounds", "spans must be a tuple")],
)
def test_artifact_of_nothing_is_told(clause, told):
    processor = bad(lambda self, document: [Artifact("text", None, None)], Reader)
    assert told in message(clause, processor)


def test_artifact_of_nothing_is_no_matter_of_units():
    contract(bad(lambda self, document: [Artifact("text", None, None)], Reader), huge=5_000)().test_spans_count_code_points()


def test_invalid_data_is_no_matter_of_spans():
    processor = bad(lambda self, document: [Artifact("organisation", {}, (Span(0, 1),))] if document.text else [])
    contract(processor, huge=5_000)().test_spans_are_in_bounds()


def in_units_of(encoding, width):
    def process(self, document):
        raw = document.text.encode(encoding, "replace")
        for match in re.finditer("NATO".encode(encoding), raw):
            span = Span(match.start() // width, match.end() // width)
            yield Artifact("organisation", {"name": "NATO"}, (span,))

    return process


def before_the_text_was_canonical(self, document):
    raw = document.content.decode("utf-8", "replace")
    if not raw.strip():
        raise UnreadableContent("nothing to read")
    yield Artifact("text", {"text": canonical(raw).text})
    for match in re.finditer("NATO", raw):
        yield organisation(match)


@pytest.mark.parametrize(
    ("processor", "unit"),
    [
        (bad(in_units_of("utf-16-le", 2)), "UTF-16 units"),
        (bad(in_units_of("utf-8", 1)), "bytes of UTF-8"),
        (bad(before_the_text_was_canonical, Reader), "characters of a decomposed text (NFD)"),
    ],
)
def test_offsets_in_another_unit_are_told_by_the_words_that_stand_there(processor, unit):
    assert f"in {unit}, 'NATO' stands there" in message("spans_count_code_points", processor)


def test_offsets_before_line_ends_were_changed_are_told():
    def process(self, document):
        text = document.content.decode("utf-8", "replace")
        yield Artifact("text", {"text": canonical(text).text})
        for match in re.finditer("fisherman", canonical(text.replace("\r\n", "\n\n")).text):
            yield organisation(match)

    told = message("spans_count_code_points", bad(process, Reader))
    assert "in characters of a text with CRLF line ends, 'fisherman' stands there" in told


def test_offsets_in_another_unit_are_told_even_where_data_has_no_words():
    def process(self, document):
        raw = document.text.encode("utf-16-le")
        return [
            Artifact("paragraph", {"role": "body"}, (Span(match.start() // 2, match.end() // 2, "block"),))
            for match in re.finditer("Harbour Council".encode("utf-16-le"), raw)
        ]

    told = message("spans_count_code_points", bad(process, provides=("paragraph",)))
    assert "where the same text in ASCII has its spans, this one has them in UTF-16 units" in told


def changes_data(self, document):
    for paragraph in document.of_kind("paragraph"):
        paragraph.data["role"] = "caption"
    return []


def changes_document(self, document):
    object.__setattr__(document, "url", "https://other.example/")
    return []


def changes_warnings(self, document):
    document.decoded.warnings["acme"] = 1
    return []


def leaves_a_note(self, document):
    object.__setattr__(document, "note", "seen")
    return []


@pytest.mark.parametrize(
    ("process", "told"),
    [
        (changes_data, "artifacts[0] (paragraph) was"),
        (changes_document, "document.url was None, and is 'https://other.example/'"),
        (changes_warnings, "document.decoded was"),
        (leaves_a_note, "document.note was 'not there', and is 'seen'"),
    ],
)
def test_changed_input_is_told(process, told):
    assert told in message("leaves_its_input_alone", bad(process, requires=("paragraph",)))


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (lambda document: document.text, "document.text, which needs 'text' in `requires`"),
        (lambda document: document.url, "document.url, which needs 'content'"),
        (lambda document: document.decoded.text, "document.decoded, which needs 'content'"),
        (lambda document: document.of_kind("person"), "document.of_kind('person'), which needs 'person'"),
        (lambda document: document.body, "document.body, which needs 'text'"),
    ],
)
def test_reading_what_is_not_required_is_told(read, told):
    processor = bad(lambda self, document: [read(document)][:0], requires=("place",))
    assert told in message("sees_only_what_it_requires", processor)


def test_body_without_paragraphs_is_told():
    processor = bad(lambda self, document: [document.body][:0])
    assert "document.body, which needs 'paragraph'" in message("sees_only_what_it_requires", processor)


def test_document_that_is_copied_is_not_asked_for_its_bytes():
    processor = bad(lambda self, document: [replace(document).view(()), hash(document.with_artifacts([]).name)][:0])
    contract(processor, huge=5_000)().test_sees_only_what_it_requires()


def counts(self, document):
    return [Artifact("organisation", {"name": f"number {next(NUMBERS)}"}, (Span(0, 1),))]


def remembers(self, document):
    SEEN.append(document.text)
    return [Artifact("organisation", {"name": f"after {SEEN[-2:][0][:20]}."}, (Span(0, 1),))]


@pytest.mark.parametrize("process", [counts, remembers])
def test_another_result_at_the_second_time_is_told(process):
    assert "artifact 0: data.name is " in message("gives_the_same_again", bad(process))


@dataclass(frozen=True)
class Unsorted(Shouting):
    def process(self, document):
        for word in set(re.findall(r"[A-Za-z]{3,}", document.text)):
            start = document.text.index(word)
            yield Artifact("organisation", {"name": word}, (Span(start, start + len(word)),))


@dataclass(frozen=True)
class Local(Shouting):
    def process(self, document):
        zone = time.strftime("%z", time.localtime(0))
        return [Artifact("organisation", {"name": zone}, (Span(0, 1),))] if document.text else []


@dataclass(frozen=True)
class Printing(Shouting):
    def process(self, document):
        print("what a plugin prints is no answer")
        return shouts(self, document)


@pytest.mark.parametrize(("processor", "seed"), [(Unsorted(), "1"), (Local(), "2")])
def test_another_result_in_another_process_is_told(processor, seed):
    told = message("gives_the_same_in_a_fresh_interpreter", processor)
    assert re.search(f"with PYTHONHASHSEED=[1-{seed}]: artifact 0: data.name is", told)


def test_what_a_processor_prints_is_no_part_of_its_answer():
    contract(Printing(), huge=5_000)().test_gives_the_same_in_a_fresh_interpreter()


def test_class_that_no_other_interpreter_can_find_is_told():
    assert "test_survives_pickling" in message("gives_the_same_in_a_fresh_interpreter", bad(counts))


@dataclass(frozen=True)
class Forgetful(Shouting):
    def __reduce__(self):
        return (Shouting, ())


@pytest.mark.parametrize(
    ("processor", "told"),
    [
        (bad(counts), "define the class in a module, not in a function"),
        (Shouting(known=re.finditer("a", "a")), "keep no lock, file, model or lambda in a field"),
        (Forgetful(), "is another"),
    ],
)
def test_what_does_not_survive_pickling_is_told(processor, told):
    assert told in message("survives_pickling", processor)


@dataclass(frozen=True)
class Growing(Shouting):
    suffix: str = "a"

    def __post_init__(self):
        object.__setattr__(self, "suffix", self.suffix + "a")


@dataclass(frozen=True)
class Setting(Shouting):
    words: frozenset = field(default=frozenset({"NATO"}))


@pytest.mark.parametrize(
    ("processor", "told"),
    [(Setting(), "frozenset is not JSON serializable"), (Growing(), "let __post_init__ check values and never change them")],
)
def test_options_that_do_not_survive_a_round_trip_are_told(processor, told):
    assert told in message("options_survive_a_round_trip", processor)


def test_error_on_an_empty_document_is_told_with_the_line_that_raised():
    def process(self, document):
        return [document.text.split()[0]][:0]

    told = message("survives_empty_documents", bad(process))
    assert re.search(r"'nothing' \(0 characters.*IndexError: list index out of range.*in process: return", told, re.DOTALL)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (lambda text: text.encode("utf-16").decode("ascii"), "UnicodeDecodeError"),
        (lambda text: "{}".format(*text.split("%")[:0]), "IndexError"),
        (lambda text: exit(1), "SystemExit"),
        (lambda text: (_ for _ in ()).throw(Transient("the model is away")).__next__(), "Transient: the model is away"),
    ],
)
def test_error_on_a_hostile_document_is_told(fault, told):
    assert told in message("survives_hostile_documents", bad(lambda self, document: [fault(document.text)][:0]))


def test_error_on_hostile_bytes_is_told():
    processor = bad(lambda self, document: [document.content.decode()][:0], Reader)
    assert re.search(
        "'bytes that are no UTF-8'.*UnicodeDecodeError", message("survives_hostile_documents", processor), re.DOTALL
    )


def test_error_on_a_hostile_page_is_told():
    processor = bad(lambda self, document: [document.content.split(b"</article>")[1]][:0], Reader, accepts=(HTML,))
    assert "IndexError" in message("survives_hostile_documents", processor)


def test_error_on_a_huge_document_is_told_with_its_size():
    processor = bad(lambda self, document: [1 // (len(document.text) < 30_001)][:0])
    told = message("survives_huge_documents", processor, huge=40_000)
    assert re.search(r"'huge' \(40,000 characters.*ZeroDivisionError", told, re.DOTALL)


def test_findings_without_end_are_told():
    processor = bad(
        lambda self, document: (document for _ in itertools.takewhile(bool, itertools.repeat(document.text[4_999:])))
    )
    assert "50,000 artifacts at most" in message("survives_huge_documents", processor)


@dataclass(frozen=True)
class Role:
    role: str


@pytest.mark.parametrize(
    ("process", "told"),
    [
        (
            lambda self, document: [Role(**each.data) for each in document.of_kind("paragraph")][:0],
            "unexpected keyword argument",
        ),
        (
            lambda self, document: [
                Artifact("organisation", {"name": "a"}, (Span(one.spans[0].end, two.spans[0].start),))
                for one, two in itertools.pairwise(document.of_kind("paragraph"))
            ],
            "must be 0 <= start < end",
        ),
    ],
)
def test_artifacts_of_others_that_it_does_not_survive_are_told(process, told):
    assert told in message("survives_unknown_artifacts", bad(process, requires=("text", "paragraph")))


@pytest.mark.parametrize(
    ("bounds", "told"),
    [({"max_seconds": 0}, "0 seconds at most, as contract(..., max_seconds=0) says"), ({"max_mebibytes": -1}, "-1 mebibytes")],
)
def test_bound_of_the_author_that_is_broken_is_told(bounds, told):
    assert told in message("reports_time_and_memory", Shouting(), lambda *_: None, **bounds)


def test_what_it_costs_is_put_into_the_report():
    reported = {}
    contract(Shouting(), huge=5_000)().test_reports_time_and_memory(reported.__setitem__)
    size = r"'%s' \(%s characters, text/plain\) [\d.]+ m?s"
    costs = [r"shouting 1: import [\d.]+ m?s, \d+ MiB above that", size % ("article", "572"), size % ("huge", "5,000")]
    assert re.match(", ".join(costs), reported["newsdesk-cost"])


def test_document_that_takes_longest_is_named():
    made, reported = contract(Shouting(), huge=5_000), {}
    seconds = {"one endless word": 9.0}
    vars(made.tried)["trials"] = [replace(each, seconds=seconds.get(each.sample.name, 0.0)) for each in made.tried.trials]
    made().test_reports_time_and_memory(reported.__setitem__)
    assert reported["newsdesk-cost"].endswith("'one endless word' (30,000 characters, text/plain) 9.0 s")


def test_message_names_clause_document_finding_rule_and_remedy():
    told = message(
        "spans_are_in_bounds", bad(lambda self, document: [Artifact("organisation", {"name": "a"}, (Span(0, 9**9),))])
    )
    assert [line.split("  ")[1] if line[0] == " " else line for line in told.splitlines()] == [
        "shouting does not keep the contract: spans are in bounds",
        "document",
        "found",
        "expected",
        "what to do",
    ]


@pytest.mark.parametrize(
    ("subject", "told"),
    [(Shouting, r"give it an object: contract\(Shouting\(\)\)"), (7, "no process.., export.. or read..")],
)
def test_contract_of_what_is_none_is_refused(subject, told):
    with pytest.raises(TypeError, match=told):
        contract(subject)


def test_documents_of_the_kit_can_be_taken_by_name_to_look_closer():
    named = {each.name: each.document for each in samples(Shouting())}
    assert named["article with CRLF"].content.count(b"\r\n") == 9


def test_documents_are_of_the_media_types_that_a_processor_accepts():
    assert {each.document.media_type for each in samples(bad(shouts, Reader, accepts=(HTML,)))} == {HTML}


def test_document_of_the_author_is_tried_in_every_script():
    own = [each.name for each in samples(Shouting(), ["Zoë came."]) if each.name.startswith("document")]
    assert own == ["document 1", *(f"document 1 with {each}" for each in ("emoji", "combining marks", "right-to-left", "CRLF"))]


def test_kind_of_the_plugin_that_newsdesk_does_not_take_is_told():
    bad = Kind("acme-topic", "Topic", {"type": "object", "if": {}})
    with pytest.raises(ContractBroken, match="'if', which is not in the subset"):
        contract(Tagger(), kinds=[bad])().test_declares_itself()
