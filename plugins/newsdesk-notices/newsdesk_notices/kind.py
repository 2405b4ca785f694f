"""The kind that this plugin declares: a notice, with its type and its words."""

from newsdesk.sdk import Artifact, Kind

TYPES = ("correction", "clarification", "retraction", "update", "note")
MAX_WORDS_CHARS = 5_000
"""A longer paragraph is no notice, whatever it begins with."""


def check(notice: Artifact, text: str) -> str | None:
    """The words must be those of the block, blanks aside."""
    stands = notice.spans[0].of(text)
    if notice.data["words"].split() == stands.split():
        return None
    return f"data.words says {_cut(notice.data['words'])}, but its block says {_cut(stands)}"


def _cut(words: str) -> str:
    return repr(words if len(words) <= 40 else f"{words[:37]}...")


NOTICE = Kind(
    "notice",
    "Notice",
    schema={
        "type": "object",
        "required": ["type", "words", "rule"],
        "properties": {
            "type": {"type": "string", "enum": list(TYPES)},
            "words": {"type": "string", "minLength": 1, "maxLength": MAX_WORDS_CHARS},
            "rule": {"type": "string", "minLength": 1, "maxLength": 50},
        },
    },
    roles={"block": (1, 1)},
    check=check,
)
