import itertools
from dataclasses import dataclass, replace
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.sdk import KINDS, Artifact, ContractError, Kind, Span
from newsdesk.sdk import contract as limits
from newsdesk.sdk.contract import check_artifacts

TEXT = "👩‍👩‍👧 “Très bien,” said Zoe\u0301.\n"
PERSON = Artifact("person", {"name": "Zoé"}, (Span(17, 21),), 0.5)


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("text", "person", "quote", "boilerplate", "undeclared", "free")

    def process(self, document):
        return ()


FREE = {**KINDS, "free": Kind("free", "Free")}


def check(*artifacts, text=TEXT, kinds=FREE):
    return check_artifacts(artifacts, Finder(), text, kinds)


def refusal(*artifacts, text=TEXT):
    with pytest.raises(ContractError) as caught:
        check(*artifacts, text=text)
    return str(caught.value)


def nested(depth):
    return reduce(lambda value, _: [value], range(depth), "leaf")


# Artifacts


@pytest.mark.parametrize("thing", [None, "quote", {"kind": "person"}, ("person", {}), 1])
def test_what_is_no_artifact_is_refused_by_its_type(thing):
    assert refusal(thing) == f"artifact 0 is {type(thing).__name__}; process() must yield newsdesk.sdk.Artifact"


def test_kind_that_the_processor_does_not_provide_is_refused():
    assert refusal(PERSON, Artifact("place", {"name": "A"})) == (
        "artifact 1 is of kind 'place', which finder does not name in `provides`"
    )


def test_kind_that_nobody_has_declared_is_refused():
    assert refusal(Artifact("undeclared")) == "artifact 0 (undeclared) is of kind 'undeclared', which nobody has declared"


def test_more_artifacts_than_allowed_are_refused_and_no_more_are_taken(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ARTIFACTS", 100)
    endless = (replace(PERSON, data={"name": f"Zoé {number}"}) for number in itertools.count())
    with pytest.raises(ContractError, match="more than 100 artifacts; yield fewer, larger findings"):
        check_artifacts(endless, Finder(), TEXT)


def test_generator_that_raises_at_item_500_gives_nothing():
    artifacts = (replace(PERSON, confidence=1 / (500 - number)) for number in range(1_000))
    with pytest.raises(ZeroDivisionError):
        check_artifacts(artifacts, Finder(), TEXT)


def test_one_bad_artifact_among_good_ones_gives_nothing():
    assert refusal(PERSON, replace(PERSON, confidence=2.0)).startswith("artifact 1 (person): confidence is 2.0")


def test_same_finding_twice_is_kept_once_as_it_first_came():
    assert check(PERSON, replace(PERSON, confidence=0.9), PERSON) == (PERSON,)


def test_no_artifacts_are_fine():
    assert check() == ()


@pytest.mark.parametrize("returned", [None, PERSON, 1])
def test_what_holds_no_artifacts_is_refused_by_its_type(returned):
    with pytest.raises(ContractError, match=rf"^finder: process\(\) gave {type(returned).__name__}; it must yield artifacts"):
        check_artifacts(returned, Finder(), TEXT)


# Data


@pytest.mark.parametrize("value", [10**400, pytest.param(-(10**5_000), id="5,000 digits")])
def test_number_too_long_to_be_shown_is_refused(value):
    assert "numbers must be finite and no larger than 2^53" in refusal(Artifact("free", {"number": value}))


def test_list_that_is_small_in_memory_only_is_refused():
    shared = reduce(lambda value, _: [value] * 100, range(14), "leaf")
    assert "more than 1,000,000 characters" in refusal(Artifact("free", {"a": shared}))


def test_object_that_is_small_in_memory_only_is_refused():
    shared = reduce(lambda value, _: dict.fromkeys("abcdefghij", value), range(14), "leaf")
    assert "more than 1,000,000 characters" in refusal(Artifact("free", shared))


def test_key_longer_than_any_name_is_refused():
    assert "data (a key) is not canonical text, or longer than 1,000 characters" in refusal(Artifact("free", {"a" * 1_001: 1}))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 2**53 + 1, -(2**60)])
def test_number_that_databases_and_readers_do_not_agree_on_is_refused(value):
    assert "numbers must be finite and no larger than 2^53" in refusal(Artifact("free", {"number": value}))


@pytest.mark.parametrize("value", ["a\x00b", "a\x1b[2J", "a\r\n", "\ud83d", "e\u0301", "a\u2028b", "\ufeffa", "a\tb"])
def test_string_that_is_not_canonical_is_refused(value):
    assert refusal(Artifact("free", {"note": value})) == (
        "artifact 0 (free): data.note is not canonical text (NUL, control character, not NFC ...); use newsdesk.sdk.canonical"
    )


def test_key_that_is_not_canonical_is_refused():
    assert "data (a key) is not canonical text" in refusal(Artifact("free", {"a\x00": 1}))


@pytest.mark.parametrize("key", [1, None, True, ("a",)])
def test_key_that_is_no_string_is_refused(key):
    assert f"data has the key {key!r}; keys must be strings" in refusal(Artifact("free", {key: 1}))


@pytest.mark.parametrize("value", [{"a"}, b"bytes", object(), 1j, range(3), Span(0, 1)])
def test_value_that_json_does_not_know_is_refused_by_its_type(value):
    assert f"data.a[1] is {type(value).__name__}; data must be plain JSON" in refusal(Artifact("free", {"a": [0, value]}))


@pytest.mark.parametrize("data", [[], "data", None, 1])
def test_data_that_is_no_object_is_refused(data):
    assert "data must be object" in refusal(Artifact("free", data))


def test_list_that_contains_itself_is_refused():
    cycle = []
    cycle.append(cycle)
    assert "is nested deeper than 16 levels, or contains itself" in refusal(Artifact("free", {"a": cycle}))


def test_object_that_contains_itself_is_refused():
    cycle = {}
    cycle["self"] = cycle
    assert "or contains itself" in refusal(Artifact("free", cycle))


@pytest.mark.parametrize("depth", [16, 100, 50_000])
def test_deep_nesting_is_refused(depth):
    assert "nested deeper than 16 levels" in refusal(Artifact("free", {"a": nested(depth)}))


def test_nesting_as_deep_as_allowed_is_fine():
    assert len(check(Artifact("free", {"a": nested(14)}))) == 1


def test_20_megabytes_in_one_string_are_refused():
    assert "more than 1,000,000 characters" in refusal(Artifact("free", {"a": "x" * 20_000_000}))


def test_20_megabytes_in_many_strings_are_refused():
    assert "more than 1,000,000 characters" in refusal(Artifact("free", {"a": ["x" * 1_000] * 20_000}))


def test_data_outside_the_schema_of_its_kind_is_refused():
    assert refusal(Artifact("boilerplate", {"reason": "dull", "rule": "r"})).startswith(
        "artifact 0 (boilerplate): data.reason must be one of 'link-list', 'promotion'"
    )


@pytest.mark.parametrize("data", [{"a": [1, 2.5, True, None, "ä", {"b": ()}]}, {}, {"number": 2**53}])
def test_plain_data_is_fine(data):
    assert check(Artifact("free", data))[0].data == data


# Confidence


@pytest.mark.parametrize(
    "confidence",
    [-0.1, 1.1, pytest.param(10**5_000, id="5,000 digits"), float("nan"), float("inf"), True, False, "0.5", [0.5], 1j],
)
def test_confidence_that_is_no_share_is_refused(confidence):
    assert "must be a number from 0 to 1, or None" in refusal(replace(PERSON, confidence=confidence))


@pytest.mark.parametrize("confidence", [None, 0, 1, 0.0, 1.0, 0.33])
def test_confidence_from_0_to_1_or_none_is_fine(confidence):
    assert check(replace(PERSON, confidence=confidence))[0].confidence == confidence


# Spans


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (-5, -1), (3, 3), (4, 2), (0, 0)])
def test_span_that_is_no_stretch_is_refused(start, end):
    assert refusal(replace(PERSON, spans=(Span(start, end),))) == (
        f"artifact 0 (person): span 0: start {start}, end {end}; must be 0 <= start < end"
    )


def test_span_that_ends_behind_the_text_is_refused():
    spans = (Span(0, len(TEXT)), Span(0, len(TEXT) + 1))
    assert refusal(replace(PERSON, spans=spans)) == (
        f"artifact 0 (person): span 1: end {len(TEXT) + 1} > length {len(TEXT)} of the text; offsets count code points"
    )


@pytest.mark.parametrize(
    ("start", "end"), [(0.0, 1), (0, 1.0), (0, float("nan")), ("0", "1"), (None, 1), (False, True), (0, [1])]
)
def test_offset_that_is_no_int_is_refused(start, end):
    assert "span 0: start and end must be int" in refusal(replace(PERSON, spans=(Span(start, end),)))


@pytest.mark.parametrize("spans", [[Span(0, 1)], ((0, 1),), "ab", None, ({"start": 0, "end": 1},)])
def test_spans_that_are_no_tuple_of_spans_are_refused(spans):
    assert "spans must be a tuple of newsdesk.sdk.Span" in refusal(replace(PERSON, spans=spans))


def test_a_million_spans_are_refused():
    assert refusal(replace(PERSON, spans=(Span(0, 1),) * 1_000_001)) == (
        "artifact 0 (person): 1,000,001 spans; the limit is 1,000"
    )


@pytest.mark.parametrize("role", [None, 1, ["mention"], {}])
def test_role_that_is_no_string_is_refused(role):
    assert f"span 0: role must be str, not {role!r}" in refusal(replace(PERSON, spans=(Span(0, 1, role),)))


def test_offset_too_long_to_be_shown_is_refused():
    assert "end of type int > length" in refusal(replace(PERSON, spans=(Span(0, 10**5_000),)))


def test_role_that_the_kind_does_not_have_is_refused():
    assert refusal(replace(PERSON, spans=(Span(0, 1, "cue"),))) == "artifact 0 (person): span role 'cue'; person has 'mention'"


def test_too_few_spans_of_a_role_are_refused():
    assert refusal(replace(PERSON, spans=())) == "artifact 0 (person): 0 spans with role 'mention'; must be 1 or more"


def test_too_many_spans_of_a_role_are_refused():
    block = Artifact("boilerplate", {"reason": "legal", "rule": "r"}, (Span(0, 1, "block"), Span(1, 2, "block")))
    assert refusal(block) == "artifact 0 (boilerplate): 2 spans with role 'block'; must be 1 to 1"


def test_span_without_a_text_is_refused():
    assert refusal(PERSON, text=None).endswith("spans without a text; yield the text first, or name 'text' in `requires`")


def test_quotation_that_is_not_the_text_is_refused():
    quote = Artifact("quote", {"type": "direct", "quotation": "Bien", "speaker": None}, (Span(7, 17, "content"),))
    assert refusal(quote).startswith("artifact 0 (quote): data.quotation says 'Bien', but its content spans say")


def test_offsets_are_code_points_in_front_of_which_emoji_and_combining_marks_may_stand():
    start = TEXT.index("Très bien,")
    quote = Artifact(
        "quote", {"type": "direct", "quotation": "Très bien", "speaker": None}, (Span(start, start + 10, "content"),)
    )
    assert check(quote)[0].spans[0].of(TEXT) == "Très bien,"


def test_offsets_in_utf_16_units_are_caught_by_the_quotation():
    start = len(TEXT[: TEXT.index("Très bien,")].encode("utf-16-le")) // 2
    quote = Artifact(
        "quote", {"type": "direct", "quotation": "Très bien", "speaker": None}, (Span(start, start + 10, "content"),)
    )
    assert "but its content spans say" in refusal(quote)


@given(st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True).map(sorted))
def test_every_stretch_of_the_text_may_have_a_span(bounds):
    assert check(found := replace(PERSON, spans=(Span(*bounds),))) == (found,)


# Text


def test_second_text_is_refused():
    assert "the document has a text already" in refusal(Artifact("text", {"text": "other"}))


def test_second_text_of_one_run_is_refused():
    assert "artifact 1: the document has a text already" in refusal(
        Artifact("text", {"text": "one"}), Artifact("text", {"text": "two"}), text=None
    )


def test_text_that_is_not_canonical_is_refused():
    assert "is not canonical text" in refusal(Artifact("text", {"text": "a\r\nb"}), text=None)


def test_spans_may_point_into_the_text_that_came_before_them():
    assert len(check(Artifact("text", {"text": "Zoé"}), replace(PERSON, spans=(Span(0, 3),)), text=None)) == 2


def test_text_may_be_longer_than_other_data():
    assert len(check(Artifact("text", {"text": "x" * 2_000_000}), text=None)) == 1
