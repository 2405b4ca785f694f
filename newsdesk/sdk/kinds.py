"""What a kind of artifact is, and the kinds that ship; plugins declare others."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from newsdesk.sdk.artifact import Artifact, canonical_json


@dataclass(frozen=True)
class Kind:
    """A sort of artifact. A plugin declares its own by `register_kinds`.

    `name` is lower-case letters, digits and hyphens, 50 at most, and no other plugin's; `label` is what editors read, 50
    characters at most. `schema` is a JSON Schema for `data` (the subset of `newsdesk.sdk.schema`). `roles` gives for each
    role of a span how many an artifact must have at least and may have at most (None: any number). `reviewed` says whether
    editors decide on it. `check` may say more than a schema can: it gets artifact and text, and returns what is wrong, or
    None. What a plugin's `check` and `pattern`s say of an artifact is asked in the plugins' process alone, of what
    processors find; what editors write is held to the rest of the schema and the roles.
    """

    name: str
    label: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "object"})
    roles: Mapping[str, tuple[int, int | None]] = field(default_factory=lambda: {"mention": (0, None)})
    reviewed: bool = True
    check: Callable[[Artifact, str], str | None] | None = None

    @cached_property
    def digest(self) -> str:
        """The SHA-256 (hexadecimal) of name, schema, roles and `reviewed`. What changes it makes results be due again;
        for a change in `check`, raise the version of the processors that provide the kind."""
        roles = {role: list(bounds) for role, bounds in self.roles.items()}
        return hashlib.sha256(canonical_json([self.name, self.schema, roles, self.reviewed])).hexdigest()


METADATA_NAMES = (
    "headline", "standfirst", "byline", "published", "modified", "publisher", "language", "dateline", "section",
    "canonical_url",
)  # fmt: skip
PARAGRAPH_ROLES = (
    "headline", "standfirst", "byline", "dateline", "body", "subhead", "list-item", "caption", "boilerplate",
)  # fmt: skip
BOILERPLATE_REASONS = ("link-list", "promotion", "navigation", "caption", "comments", "legal", "repeated", "other")
QUOTE_TYPES = ("direct", "mixed", "indirect")
SPEAKER_KINDS = ("person", "organisation", "group", "document")


def _schema(required: tuple[str, ...], **properties: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _string(*choices: str) -> Mapping[str, Any]:
    return {"type": "string", "enum": list(choices)} if choices else {"type": "string", "minLength": 1, "maxLength": 10_000}


_NULLABLE = {"type": ["string", "null"], "maxLength": 1_000}
_SPEAKER = {
    "type": ["object", "null"],
    "required": ["name", "mention", "role", "kind"],
    "properties": {"name": _string(), "mention": _string(), "role": _NULLABLE, "kind": _string(*SPEAKER_KINDS)},
}
_ENTITY = _schema(("name",), name=_string(), aliases={"type": "array", "items": _string()}, role=_NULLABLE)


def _say_the_same(words: str, stretches: list[str]) -> bool:
    return stretches == [words] or _letters(words) == _letters("".join(stretches))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _check_quote(artifact: Artifact, text: str) -> str | None:
    """The words must stand where the spans say: letters and digits are compared, marks and blanks are not."""
    content = [span.of(text) for span in artifact.spans_of("content")]
    if not _say_the_same(artifact.data["quotation"], content):
        found = _cut(_letters("".join(content)))
        return f"data.quotation says {_cut(artifact.data['quotation'])}, but its content spans say {found}"
    speaker, sources = artifact.data["speaker"], artifact.spans_of("source")
    if speaker and sources and not _say_the_same(speaker["mention"], [span.of(text) for span in sources]):
        return f"data.speaker.mention says {_cut(speaker['mention'])}, but its source spans say {_cut(sources[0].of(text))}"
    return None


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:37]}...")


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "Text", _schema(("text",), text={"type": "string"}), roles={}, reviewed=False),
        Kind(
            "metadata",
            "Metadata",
            _schema(("name", "value", "evidence"), name=_string(*METADATA_NAMES), value=_string(), evidence=_string()),
            roles={"mention": (0, None)},
        ),
        Kind("paragraph", "Paragraph", _schema(("role",), role=_string(*PARAGRAPH_ROLES)), {"block": (1, 1)}, reviewed=False),
        Kind(
            "boilerplate",
            "Boilerplate",
            _schema(("reason", "rule"), reason=_string(*BOILERPLATE_REASONS), rule=_string()),
            roles={"block": (1, 1)},
        ),
        Kind(
            "quote",
            "Quote",
            _schema(("type", "quotation", "speaker"), type=_string(*QUOTE_TYPES), quotation=_string(), speaker=_SPEAKER),
            roles={"content": (1, None), "source": (0, None), "cue": (0, None)},
            check=_check_quote,
        ),
        Kind("person", "Person", _ENTITY, {"mention": (1, None)}),
        Kind("organisation", "Organisation", _ENTITY, {"mention": (1, None)}),
        Kind("place", "Place", _ENTITY, {"mention": (1, None)}),
        Kind(
            "near-duplicate",
            "Near-duplicate",
            _schema(("article", "similarity"), article=_string(), similarity={"type": "number", "minimum": 0, "maximum": 1}),
            roles={},
        ),
    )
}
"""The kinds that ship, by name: a table of them stands in the reference."""
