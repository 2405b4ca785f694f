import pytest

from newsdesk.sdk import KINDS, Artifact, ContractError, Span
from newsdesk.sdk.contract import check_artifact
from newsdesk.sdk.schema import unknown_keywords, violations

TEXT = "“I’ll go,” said the Foreign Minister, “if asked.”"
SPEAKER = {"name": "Sergei Lavrov", "mention": "the Foreign Minister", "role": "Foreign Minister", "kind": "person"}


def quote(quotation, *words, speaker=None, source=None):
    spans = [Span(TEXT.index(each), TEXT.index(each) + len(each), "content") for each in words]
    spans += [Span(TEXT.index(source), TEXT.index(source) + len(source), "source")] if source else []
    return Artifact("quote", {"type": "direct", "quotation": quotation, "speaker": speaker}, tuple(spans))


def wrong(artifact):
    return KINDS[artifact.kind].check(artifact, TEXT)


def test_quotation_that_does_not_stand_under_its_spans_is_wrong():
    assert wrong(quote("I'll stay", "I’ll go,")) == "data.quotation says \"I'll stay\", but its content spans say 'Illgo'"


def test_quotation_in_lower_case_is_wrong():
    assert wrong(quote("i’ll go", "I’ll go")) is not None


def test_mention_that_does_not_stand_under_the_source_spans_is_wrong():
    speaker = {**SPEAKER, "mention": "Lavrov"}
    found = wrong(quote("I’ll go", "I’ll go", speaker=speaker, source="the Foreign Minister"))
    assert found == "data.speaker.mention says 'Lavrov', but its source spans say 'the Foreign Minister'"


def test_long_words_are_cut_in_the_message():
    assert len(wrong(quote("x" * 1_000, "I’ll go"))) < 150


def test_quotation_may_have_other_marks_and_blanks_than_the_text():
    assert wrong(quote("I'll  go", "I’ll go,")) is None


def test_quotation_broken_by_its_attribution_has_two_content_spans():
    quotation = quote("I’ll go, if asked.", "I’ll go,", "if asked.", speaker=SPEAKER, source="the Foreign Minister")
    assert wrong(quotation) is None


def test_speaker_without_source_spans_is_not_compared():
    assert wrong(quote("I’ll go", "I’ll go", speaker=SPEAKER)) is None


def test_text_that_is_not_canonical_is_wrong():
    with pytest.raises(ContractError, match=r"use newsdesk\.sdk\.canonical"):
        check_artifact(Artifact("text", {"text": "a\r\n"}), None)


def test_canonical_text_is_right():
    check_artifact(Artifact("text", {"text": "a\n"}), None)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text", {}),
        ("metadata", {"name": "colour", "value": "red", "evidence": "meta"}),
        ("metadata", {"name": "headline", "value": "", "evidence": "meta"}),
        ("paragraph", {"role": "footer"}),
        ("boilerplate", {"reason": "dull", "rule": "x"}),
        ("quote", {"type": "scare", "quotation": "a", "speaker": None}),
        ("quote", {"type": "direct", "quotation": "", "speaker": None}),
        ("quote", {"type": "direct", "quotation": "a"}),
        ("quote", {"type": "direct", "quotation": "a", "speaker": {**SPEAKER, "kind": "animal"}}),
        ("quote", {"type": "direct", "quotation": "a", "speaker": {"name": "A"}}),
        ("person", {}),
        ("person", {"name": "A", "aliases": [""]}),
        ("near-duplicate", {"article": "1", "similarity": 1.5}),
    ],
)
def test_data_outside_the_schema_is_refused(kind, data):
    assert list(violations(data, KINDS[kind].schema)) != []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("text", {"text": ""}),
        ("metadata", {"name": "published", "value": "2026-01-02T03:04:05Z", "evidence": "json-ld"}),
        ("paragraph", {"role": "list-item"}),
        ("boilerplate", {"reason": "legal", "rule": "copyright-line"}),
        ("quote", {"type": "mixed", "quotation": "a", "speaker": None}),
        ("quote", {"type": "indirect", "quotation": "a", "speaker": SPEAKER}),
        ("quote", {"type": "direct", "quotation": "a", "speaker": {**SPEAKER, "role": None}}),
        ("person", {"name": "A", "aliases": ["B"], "role": None}),
        ("organisation", {"name": "A"}),
        ("place", {"name": "A"}),
        ("near-duplicate", {"article": "1", "similarity": 0.9}),
    ],
)
def test_data_as_the_formats_say_is_valid(kind, data):
    assert list(violations(data, KINDS[kind].schema)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_schema_of_each_kind_keeps_to_the_subset(kind):
    assert unknown_keywords(kind.schema) == set()


def test_kinds_that_only_carry_others_are_not_reviewed():
    assert {kind.name for kind in KINDS.values() if not kind.reviewed} == {"text", "paragraph"}
