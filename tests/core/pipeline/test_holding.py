from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from newsdesk.pipeline import Findings
from newsdesk.pipeline.holding import hold
from newsdesk.sdk import KINDS, Artifact, ContractError, Span
from newsdesk.sdk.contract import check_artifacts

TEXT = "Zoë of Sandvik said so."


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = tuple(KINDS)

    def process(self, document):
        return ()


def block(data, start=0, end=3, kind="boilerplate", role="block", confidence=None):
    return Artifact(kind, data, (Span(start, end, role),), confidence)


RIGHT = block({"reason": "legal", "rule": "words"})


def refusal(*artifacts, text=TEXT):
    with pytest.raises(ContractError) as caught:
        hold(Findings.of(artifacts), Finder(), text)
    return str(caught.value)


# What the quick look must not take for right


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (block({"reason": "because", "rule": "words"}), "data.reason must be one of"),
        (block({"reason": "legal"}), "data must have 'rule'"),
        (block({"reason": "legal", "rule": ""}), "data.rule must have 1 characters or more"),
        (block({"reason": "legal", "rule": 7}), "data.rule must be string"),
        (block({"reason": "legal", "rule": "a\x00b"}), "data.rule is not canonical text"),
        (block({"reason": "legal", "rule": "e\u0301"}), "data.rule is not canonical text"),
        (block({"reason": "legal", "rule": "\ufeffa"}), "data.rule is not canonical text"),
        (block({"reason": "legal", "rule": "a\x85"}), "data.rule is not canonical text"),
        (block({"reason": "legal", "rule": "a\tb"}), "data.rule is not canonical text"),
        (block({"reason": "legal", "rule": "w"}, end=24), "end 24 > length 23 of the text"),
        (block({"reason": "legal", "rule": "w"}, start=3), "must be 0 <= start < end"),
        (block({"reason": "legal", "rule": "w"}, start=-1), "must be 0 <= start < end"),
        (block({"reason": "legal", "rule": "w"}, start=0.0), "start and end must be int"),
        (block({"reason": "legal", "rule": "w"}, start=False), "start and end must be int"),
        (block({"reason": "legal", "rule": "w"}, role="mention"), "span role 'mention'; boilerplate has 'block'"),
        (block({"reason": "legal", "rule": "w"}, confidence=1.5), "confidence is 1.5"),
        (block({"reason": "legal", "rule": "w"}, confidence=True), "confidence is True"),
        (Artifact("boilerplate", {"reason": "legal", "rule": "w"}), "0 spans with role 'block'; must be 1 to 1"),
        (block({"role": "king"}, kind="paragraph"), "data.role must be one of"),
        (Artifact("person", {"name": "Zoë"}, (Span(0, 30),)), "end 30 > length 23 of the text"),
    ],
)
def test_wrong_finding_among_right_ones_is_told_as_the_contract_tells_it(wrong, message):
    assert message in refusal(RIGHT, wrong)


def test_kind_that_the_processor_does_not_name_is_refused():
    few = type("Few", (Finder,), {"name": "few", "provides": ("person",)})()
    with pytest.raises(ContractError, match="of kind 'boilerplate', which few does not name in `provides`"):
        hold(Findings.of([RIGHT]), few, TEXT)


def test_more_findings_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr("newsdesk.pipeline.holding.MAX_ARTIFACTS", 2)
    assert refusal(*(block({"reason": "legal", "rule": "w"}, end=end) for end in (1, 2, 3))).startswith("more than 2 artifacts")


def test_second_text_is_refused():
    texts = [Artifact("text", {"text": "One."}), Artifact("text", {"text": "Two."})]
    assert refusal(*texts, text=None) == "the document has a text already; only one processor may provide it, once"


def test_text_is_held_to_the_contract_too():
    assert "data.text is not canonical text" in refusal(Artifact("text", {"text": "a\x00"}), text=None)


@pytest.mark.parametrize(
    "entries", [[1], [None], ["abc"], [[{}, [], None, 4]], [[{}, [[1, 2]], None]], [[{}, 7, None]], [{"a": 1, "b": 2, "c": 3}]]
)
def test_what_is_no_finding_at_all_is_refused(entries):
    with pytest.raises(ContractError):
        hold(Findings.of_entries({"person": entries}), Finder(), TEXT)


# What is right


def test_spans_stand_in_the_text_that_comes_along():
    found = Findings.of([Artifact("text", {"text": TEXT}), block({"role": "body"}, end=23, kind="paragraph")])
    assert hold(found, Finder(), None) == found


def test_same_finding_twice_is_kept_once_as_it_first_came():
    twice = [RIGHT, block({"reason": "legal", "rule": "other"}), block(RIGHT.data, confidence=0.9), RIGHT]
    assert hold(Findings.of(twice), Finder(), TEXT).artifacts == (RIGHT, twice[1])


def test_same_data_without_a_place_is_one_finding():
    near = Artifact("near-duplicate", {"article": "7", "similarity": 0.5})
    assert hold(Findings.of([near, near]), Finder(), TEXT).artifacts == (near,)


@pytest.mark.parametrize("roles", [(0, None), (1, 1), (1, None)])
def test_same_finding_twice_beside_one_with_more_places_is_kept_once(roles):
    name = f"byline-{roles[0]}-{roles[1]}"
    kinds = {name: replace(KINDS["metadata"], name=name, roles={"mention": roles})}
    finder = type("Other", (Finder,), {"provides": (name,)})()
    data = {"name": "byline", "value": "By Mara Voss", "evidence": "text"}
    more = Artifact(name, data, (Span(0, 3), Span(4, 6))[: roles[1] or 2])
    one = Artifact(name, data, (Span(7, 9),))
    assert hold(Findings.of([more, one, one]), finder, TEXT, kinds).artifacts == (more, one)


# Both look alike at everything

WORDS = st.sampled_from(["legal", "body", "w", "", "x" * 101, "a\x00", "e\u0301", "\u2028", "\ud83d", '"', "\\u0041", "\n"])
METADATA = {"name": st.just("byline"), "value": WORDS, "evidence": WORDS}
DATA = st.fixed_dictionaries({}, optional={"reason": WORDS, "rule": WORDS | st.integers(), "role": WORDS}) | (
    st.fixed_dictionaries(METADATA)
)
SPANS = st.lists(st.builds(Span, st.integers(-1, 25), st.integers(-1, 25), st.sampled_from(["block", "mention"])), max_size=2)
ANY = st.builds(
    Artifact,
    st.sampled_from(["boilerplate", "paragraph", "metadata"]),
    DATA,
    SPANS.map(tuple),
    st.sampled_from([None, 0.0, 0.5, 1.0, 1.5, 1, True]),
)


@given(st.lists(ANY, min_size=1, max_size=4))
def test_it_takes_what_the_contract_takes_and_refuses_what_the_contract_refuses(artifacts):
    try:
        findings = Findings.of(artifacts)
    except ValueError:
        assume(False)
    assert _verdict(lambda: hold(findings, Finder(), TEXT)) == _verdict(
        lambda: check_artifacts(findings.artifacts, Finder(), TEXT)
    )


SEGMENT = Findings.of([RIGHT, block({"reason": "other", "rule": 'a "b"'}, 4, 9, confidence=0.5)]).segment("boilerplate")
PIECE = st.sampled_from([b'"', b"\\", b"[", b"]", b"{", b"}", b",", b"[[1,2,", b"0", b"-", b"e9", b" ", b"\xff", b"", b"null"])


@given(st.integers(0, len(SEGMENT)), st.integers(0, 6), PIECE, st.integers(1, 3))
def test_what_a_process_wrote_amiss_is_not_obviously_right(at, removed, piece, count):
    written = SEGMENT[:at] + piece + SEGMENT[at + removed :]
    quick = _verdict(lambda: hold(Findings({"boilerplate": written}, {"boilerplate": count}), Finder(), TEXT))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsdesk.pipeline.holding._look", lambda kind: None)
        slow = _verdict(lambda: hold(Findings({"boilerplate": written}, {"boilerplate": count}), Finder(), TEXT))
    assert quick == slow


def _verdict(look):
    try:
        look()
    except ContractError:
        return "refused"
    return "taken"
