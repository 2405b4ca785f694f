import dataclasses
import hashlib

import pytest

from newsdesk.sdk import Artifact, Span
from newsdesk.sdk.artifact import canonical_json

QUOTE = Artifact("quote", {"quotation": "Zoë 🦊", "speaker": None}, (Span(1, 4, "content"), Span(6, 9, "source")), 0.5)


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(QUOTE, kind="person"),
        dataclasses.replace(QUOTE, data={}),
        dataclasses.replace(QUOTE, spans=QUOTE.spans[:1]),
        dataclasses.replace(QUOTE, spans=QUOTE.spans[::-1]),
        dataclasses.replace(QUOTE, spans=(Span(1, 4, "cue"), Span(6, 9, "source"))),
    ],
)
def test_another_finding_has_another_digest(other):
    assert other.digest != QUOTE.digest


def test_digest_does_not_say_how_sure_the_finder_was():
    assert dataclasses.replace(QUOTE, confidence=0.9).digest == QUOTE.digest


def test_digest_does_not_depend_on_the_order_of_keys():
    assert dataclasses.replace(QUOTE, data={"speaker": None, "quotation": "Zoë 🦊"}).digest == QUOTE.digest


def test_digest_is_the_same_in_every_version_of_newsdesk():
    plain = '["quote",{"quotation":"Zoë 🦊","speaker":null},[[1,4,"content"],[6,9,"source"]]]'
    assert QUOTE.digest == hashlib.sha256(plain.encode()).hexdigest()


def test_nan_has_no_canonical_json():
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json(float("nan"))


def test_artifact_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        QUOTE.kind = "person"


def test_span_counts_code_points_not_bytes_or_utf_16_units():
    assert Span(2, 3).of("👍🏽e\u0301🇫🇷") == "e"


def test_spans_of_a_role_come_in_the_order_given():
    artifact = Artifact("quote", {}, (Span(5, 6, "content"), Span(2, 3, "cue"), Span(1, 2, "content")))
    assert artifact.spans_of("content") == (Span(5, 6, "content"), Span(1, 2, "content"))


def test_plain_form_is_that_of_the_exchange_format():
    assert QUOTE.to_plain() == {
        "kind": "quote",
        "data": {"quotation": "Zoë 🦊", "speaker": None},
        "confidence": 0.5,
        "spans": [{"start": 1, "end": 4, "role": "content"}, {"start": 6, "end": 9, "role": "source"}],
    }


def test_plain_form_leads_back():
    assert Artifact.from_plain(QUOTE.to_plain()) == QUOTE


def test_keys_that_are_not_known_are_left_aside():
    assert Artifact.from_plain({**QUOTE.to_plain(), "processor": "quotes", "version": "1"}) == QUOTE
