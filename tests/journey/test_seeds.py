"""The seeds come out right: what the installed plugins find is held to what an editor wrote down as true.

What a processor is known to miss or to find in excess stands in `seeds/known-differences.json`, each with its seed, so
that a gap is never hidden and an improvement has to be written down.
"""

import json
from typing import Any

import pytest

from newsdesk.pipeline import build_registry, make_plan, run
from newsdesk.sdk import Artifact, Document, examine
from tests.installation import SEEDS

PLAN = make_plan(build_registry().processors.values())
EXPECTED = {path.name.removesuffix(".expected.json"): json.loads(path.read_text()) for path in SEEDS.glob("*.expected.json")}
KNOWN = json.loads((SEEDS / "known-differences.json").read_text())
NAMES = sorted(EXPECTED)
METADATA = [(name, key) for name in NAMES for key in EXPECTED[name]["metadata"]]


def processed(name: str) -> Document:
    """The seed with all that the plan finds in it."""
    path = next(path for path in SEEDS.glob(f"{name}.*") if not path.name.endswith(".expected.json"))
    content = path.read_bytes()
    return run(PLAN, Document(path.name, None, examine(content).media_type, content)).document


DOCUMENTS = {name: processed(name) for name in NAMES}


def differences(name: str, about: str, found: list[Any], expected: list[Any]) -> None:
    """Hold what was found to what is true, but for what is known to differ."""
    known = KNOWN.get(name, {}).get(about, {})
    missed, extra = [each for each in expected if each not in found], [each for each in found if each not in expected]
    assert {"missed": missed, "extra": extra} == {"missed": known.get("missed", []), "extra": known.get("extra", [])}


@pytest.mark.parametrize("name", NAMES)
def test_every_paragraph_has_its_role(name: str) -> None:
    document = DOCUMENTS[name]
    found = [[each.data["role"], folded(each.spans[0].of(document.text))] for each in document.of_kind("paragraph")]
    differences(name, "paragraphs", found, EXPECTED[name]["paragraphs"])


@pytest.mark.parametrize("name", NAMES)
def test_boilerplate_is_marked_and_not_deleted(name: str) -> None:
    document = DOCUMENTS[name]
    set_aside = ("boilerplate", "caption")  # both can be given back
    marked = [each.spans for each in document.of_kind("boilerplate")]
    assert marked == [each.spans for each in document.of_kind("paragraph") if each.data["role"] in set_aside]


@pytest.mark.parametrize(("name", "key"), METADATA)
def test_metadata_is_read(name: str, key: str) -> None:
    values = [each.data["value"] for each in DOCUMENTS[name].of_kind("metadata") if each.data["name"] == key]
    differences(name, f"metadata {key}", [" and ".join(values)], [EXPECTED[name]["metadata"][key]])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("types", [("direct", "mixed"), ("indirect",)], ids="+".join)
def test_quotes_have_their_words_and_their_speakers(name: str, types: tuple[str, ...]) -> None:
    document = DOCUMENTS[name]
    found = [shown(each, document.text) for each in document.of_kind("quote")]
    chosen = [[each for each in quotes if each["type"] in types] for quotes in (found, EXPECTED[name]["quotes"])]
    differences(name, " and ".join(types), *chosen)


def shown(quote: Artifact, text: str) -> dict[str, Any]:
    """A quote as the expectations have it: the words under its spans, and its speaker."""
    speaker = quote.data["speaker"]
    return {
        "type": quote.data["type"],
        "quotation": folded(quote.data["quotation"]),
        **{role: [folded(span.of(text)) for span in quote.spans_of(role)] for role in ("content", "source", "cue")},
        "speaker": speaker and {key: speaker[key] and folded(speaker[key]) for key in ("name", "mention", "role", "kind")},
    }


def folded(text: str) -> str:
    """Wrapped lines are one line to a reader."""
    return " ".join(text.split())
