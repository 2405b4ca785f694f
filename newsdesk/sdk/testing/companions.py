"""Artifacts that stand beside a text in the kit's documents, for processors that build upon what others found."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from newsdesk.sdk.artifact import Artifact, Span

_NAMED = {"person": ("Mara Quill", "Tom Varga"), "organisation": ("Harbour Council",), "place": ("Port Ellery",)}
_QUOTED = re.compile("“([^“”\n]+)”")
_NOTE = {"acme-note": {"nested": [1, None, "words"]}}


def companions(text: str) -> Iterator[Artifact]:
    """One artifact or more of each kind that ships, as far as the text has them."""
    headline = re.search(r"\S.*", text)
    if headline:
        data = {"name": "headline", "value": headline[0][:1_000], "evidence": "text"}
        yield Artifact("metadata", data, (Span(*headline.span()),), 0.8)
    for kind, names in _NAMED.items():
        for name in names:
            spans = tuple(Span(*match.span()) for match in re.finditer(re.escape(name), text))[:100]
            if spans:
                yield Artifact(kind, {"name": name}, spans, 0.7)
    for match in _QUOTED.finditer(text):
        content = Span(match.start(1), min(match.end(1), match.start(1) + 9_000), "content")
        yield Artifact("quote", {"type": "direct", "quotation": content.of(text), "speaker": None}, (content,), 0.9)
    if legal := text.find("©") + 1:
        line = text[legal - 1 :].split("\n")[0]
        data = {"reason": "legal", "rule": "copyright"}
        yield Artifact("boilerplate", data, (Span(legal - 1, legal - 1 + len(line), "block"),), 0.9)
    yield Artifact("near-duplicate", {"article": "00000000-0000-0000-0000-000000000000", "similarity": 0.9}, (), None)


def strangers(text: str | None) -> Iterator[Artifact]:
    """What other plugins may find: kinds that nobody knows, and known ones as no processor of ours would give them."""
    yield Artifact("acme-unknown", {"acme": [{"deep": {"er": None}}]}, (), None)
    yield Artifact("near-duplicate", {"article": "b", "similarity": 0, **_NOTE}, (), 0.0)
    yield Artifact("metadata", {"name": "publisher", "value": "The Harbour Post", "evidence": "acme", **_NOTE})
    word = re.search(r"\w+", text or "")
    if not text or not word:
        return
    whole, first = Span(0, len(text), "block"), Span(*word.span(), "block")
    for span, confidence in ((whole, None), (first, 0.0), (whole, 1)):
        yield Artifact("paragraph", {"role": "body", **_NOTE}, (span,), confidence)
        yield Artifact("boilerplate", {"reason": "other", "rule": "acme", **_NOTE}, (span,), confidence)
    yield Artifact("paragraph", {"role": "boilerplate"}, (first,))
    mention = (Span(*word.span()),)
    entity: Mapping[str, Any] = {"name": word[0][:1_000], "aliases": [], "role": None, **_NOTE}
    for kind in _NAMED:
        yield Artifact(kind, entity, mention * 2, 1.0)
    content = Span(word.start(), min(word.end(), word.start() + 1_000), "content")
    yield Artifact("quote", {"type": "indirect", "quotation": content.of(text), "speaker": None, **_NOTE}, (content,), None)
