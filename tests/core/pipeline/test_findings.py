import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsdesk.pipeline import Findings
from newsdesk.sdk import Artifact, Span

PERSON = Artifact("person", {"name": "Zoë"}, (Span(0, 3),), 0.5)
PLACE = Artifact("place", {"name": "Sandvik"}, (Span(4, 11), Span(20, 27)))
LATER = Artifact("person", {"name": "Ada"}, (Span(12, 15),))
FOUND = Findings.of([PLACE, PERSON, LATER])

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e6, 1e6) | st.text(), st.lists, max_leaves=5
)
ARTIFACTS = st.builds(
    Artifact,
    st.sampled_from(["person", "place", "quote"]),
    st.dictionaries(st.text(max_size=2), PLAIN | st.sampled_from(["a", "b", 1, True]), max_size=3),
    st.lists(st.builds(Span, st.integers(0, 9), st.integers(10, 99), st.text(max_size=5)), max_size=3).map(tuple),
    st.none() | st.floats(0, 1),
)


# Bytes that nobody packed


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no JSON",
        b"{}\n",
        b"[1]\n",
        b'[["person",1]]\n[]',
        b'[["person","1",2]]\n[]',
        b'[["person",-1,2]]\n[]',
        b'[["person",true,2]]\n[]',
        b"[[7,0,2]]\n[]",
        b'[["person",0,2]]\n[] and more',
        b'[["person",0,9]]\n[]',
        b'[["person",0,2],["person",0,2]]\n[][]',
    ],
)
def test_bytes_that_are_no_findings_are_refused(data):
    with pytest.raises(ValueError, match=r".+"):
        Findings.from_bytes(data)


@pytest.mark.parametrize(
    "data",
    [b'[["person",2,2]]\n[]', b'[["person",0,2]]\n{}', b'[["person",0,1]]\n[', b'[["person",1,200000]]\n' + b"[" * 200_000],
)
def test_findings_that_are_others_than_announced_are_refused_when_they_are_asked_for(data):
    with pytest.raises(ValueError, match=r"."):
        Findings.from_bytes(data).entries("person")


# What they say


def test_kinds_come_by_name_and_each_as_it_was_found():
    assert FOUND.artifacts == (PERSON, LATER, PLACE)


def test_they_say_how_many_there_are_without_unpacking():
    assert (len(FOUND), FOUND.count("person"), FOUND.count("quote"), FOUND.kinds) == (3, 2, 0, ("person", "place"))


def test_artifacts_of_some_kinds_alone():
    assert (FOUND.of_kinds(["place", "quote"]), FOUND.entries("quote")) == ((PLACE,), [])


def test_nothing_found_is_found_too():
    assert (len(Findings()), Findings().artifacts, Findings.from_bytes(Findings().to_bytes())) == (0, (), Findings())


@given(st.lists(ARTIFACTS, max_size=6))
def test_they_come_out_of_bytes_as_they_went_in(artifacts):
    findings = Findings.of(artifacts)
    again = Findings.from_bytes(findings.to_bytes())
    assert (again, again.artifacts) == (findings, findings.artifacts)


@given(st.lists(ARTIFACTS, max_size=6))
def test_they_are_written_as_json_writes_them(artifacts):
    by_kind = {}
    for each in artifacts:
        spans = [[span.start, span.end, span.role] for span in each.spans]
        by_kind.setdefault(each.kind, []).append([each.data, spans, each.confidence])
    assert Findings.of(artifacts) == Findings.of_entries(by_kind)


def test_numbers_that_are_equal_and_no_number_are_told_apart():
    found = [
        Artifact("person", {"n": value}, (), confidence) for value, confidence in ((1, 1), (True, 1.0), (1.0, 1), ("1", None))
    ]
    entries = [[{"n": value}, [], confidence] for value, confidence in ((1, 1), (True, 1.0), (1.0, 1), ("1", None))]
    assert Findings.of(found) == Findings.of_entries({"person": entries})


# Digests


def test_equal_findings_have_equal_digests_whatever_else_was_found_and_however_their_data_was_written():
    one, other = Artifact("person", {"name": "Zoë", "role": None}), Artifact("person", {"role": None, "name": "Zoë"})
    assert Findings.of([one, PLACE]).digest("person") == Findings.of([other]).digest("person")


@pytest.mark.parametrize("others", [[], [LATER, PERSON], [PERSON], [PERSON, Artifact("person", LATER.data, LATER.spans, 0.1)]])
def test_another_finding_order_or_confidence_is_another_digest(others):
    assert Findings.of(others).digest("person") != Findings.of([PERSON, LATER]).digest("person")


def test_digest_of_a_kind_survives_bytes():
    assert Findings.from_bytes(FOUND.to_bytes()).digest("place") == FOUND.digest("place")
