"""Findings as the page lists them: what each says in words, who said so, and how it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsdesk.access.policy import Actor, Operation
from newsdesk.desk.text import Mark
from newsdesk.host.registry import kind as kind_named
from newsdesk.review.models import Decision
from newsdesk.review.queries import Effective
from newsdesk.sdk import Artifact as Found

OPEN = "open"
MAX_DETAIL = 100
"""A longer role or type is no word to stand beside a kind's name."""

STATES = {
    OPEN: _("open"),
    "accepted": _("accepted"),
    "rejected": _("rejected"),
    "corrected": _("corrected"),
    "added": _("added"),
    "historical": _("historical"),
    "dropped": _("dropped"),
}
_STATE_OF = {
    Decision.Verdict.ACCEPT: "accepted",
    Decision.Verdict.REJECT: "rejected",
    Decision.Verdict.CORRECT: "corrected",
    Decision.Verdict.ADD: "added",
    Decision.Verdict.KEEP: "historical",
    Decision.Verdict.DROP: "dropped",
}
_NAMES = {
    "text": _("Text"),
    "metadata": _("Metadata"),
    "boilerplate": _("Boilerplate"),
    "quote": _("Quote"),
    "person": _("Person"),
    "organisation": _("Organisation"),
    "place": _("Place"),
    "near-duplicate": _("Near-duplicate"),
}
_GROUPS = {
    "quote": _("Quotes"),
    "metadata": _("Metadata"),
    "boilerplate": _("Boilerplate"),
    "person": _("People"),
    "organisation": _("Organisations"),
    "place": _("Places"),
}


@dataclass(frozen=True)
class Item:
    """One finding in the list. `artifact` is None where only an editor knows of it, or is asked what is to become of it."""

    number: int
    kind: str
    name: Any
    detail: str
    words: str
    is_quotation: bool
    speaker: str
    speaker_role: str
    notes: tuple[str, ...]
    confidence: float | None
    processor: str
    state: str
    artifact: int | None
    decision: Decision | None
    may_undo: bool
    orphan: bool
    asked: bool
    moved: bool

    @property
    def state_name(self) -> Any:
        """The state as a word."""
        return STATES[self.state]

    def plain(self) -> dict[str, Any]:
        """What the page's script needs to know of it."""
        return {
            "n": self.number,
            "artifact": self.artifact,
            "kind": self.kind,
            "state": self.state,
            "decision": str(self.decision.uuid) if self.decision else None,
            "mayUndo": self.may_undo,
        }


def state_of(decision: Decision | None) -> str:
    """How a finding stands under this decision."""
    return _STATE_OF[Decision.Verdict(decision.verdict)] if decision else OPEN


def may_undo(decision: Decision | None, actor: Actor) -> bool:
    """Whether the actor may take this decision back: one's own, or anybody's for a chief editor."""
    if decision is None or not actor.may(Operation.DECIDE):
        return False
    return (actor.user is not None and decision.editor_id == actor.user.pk) or actor.may(Operation.WITHDRAW_OTHERS)


def items(effective: Iterable[Effective], text: str, actor: Actor) -> list[Item]:
    """The findings that editors review, numbered from 1 in the order of reading."""
    reviewed = [each for each in effective if each.reviewed]
    return [_item(number, each, text, actor) for number, each in enumerate(reviewed, 1)]


def marks(listed: Sequence[Item], effective: Iterable[Effective]) -> list[Mark]:
    """Where the findings stand in the text. Orphans stand nowhere."""
    reviewed = [each for each in effective if each.reviewed]
    return [mark for item, each in zip(listed, reviewed, strict=True) if not each.orphan for mark in _marks(item, each.found)]


def groups(listed: Sequence[Item]) -> list[dict[str, Any]]:
    """The kinds in the list with how many there are of each, quotes first."""
    kinds = sorted(
        {item.kind for item in listed}, key=lambda kind: (list(_GROUPS).index(kind) if kind in _GROUPS else 99, kind)
    )
    return [
        {"kind": kind, "name": _GROUPS.get(kind, kind_name(kind)), "count": sum(item.kind == kind for item in listed)}
        for kind in kinds
    ]


def kind_name(kind: str) -> Any:
    """What a reader calls a kind."""
    return _NAMES.get(kind) or kind_named(kind).label


def _marks(item: Item, found: Found) -> Iterable[Mark]:
    """A quote says who speaks once, where its last words end."""
    content = found.spans_of("content")
    for span in found.spans:
        label = item.speaker if content and span == max(content) else ""
        yield Mark(item.number, item.kind, span, item.state, label)


def _item(number: int, each: Effective, text: str, actor: Actor) -> Item:
    found, decision = each.found, each.decision
    words = said(found, text)
    return Item(
        number=number,
        kind=found.kind,
        name=kind_name(found.kind),
        detail=words.get("detail", ""),
        words=words["words"] or _kept(decision),
        is_quotation=found.kind == "quote",
        speaker=words.get("speaker", ""),
        speaker_role=words.get("speaker_role", ""),
        notes=words.get("notes", ()),
        confidence=found.confidence,
        processor=f"{each.row.run.processor} {each.row.run.version}" if each.row else "",
        state=state_of(decision),
        artifact=each.row.pk if each.row and not each.to_resolve else None,
        decision=decision,
        may_undo=may_undo(decision, actor),
        orphan=each.orphan,
        asked=each.to_resolve,
        moved=each.outcome is not None and each.outcome.moved,
    )


def said(found: Found, text: str) -> dict[str, Any]:
    """What a finding says in words, and who speaks."""
    return _SAID.get(found.kind, _say_other)(found, text)


def _kept(decision: Decision | None) -> str:
    """The words that were kept with a decision."""
    return " … ".join(anchor["exact"] for anchor in decision.anchors) if decision else ""


def _say_quote(found: Found, text: str) -> dict[str, Any]:
    speaker = found.data["speaker"]
    cues = " … ".join(span.of(text) for span in found.spans_of("cue"))
    return {
        "detail": found.data["type"],
        "words": found.data["quotation"],
        "speaker": speaker["name"] if speaker else "",
        "speaker_role": (speaker["role"] or "") if speaker else "",
        "notes": (cues,) if cues else (),
    }


def _say_boilerplate(found: Found, text: str) -> dict[str, Any]:
    return {"detail": found.data["reason"], "words": _stretches(found, text), "notes": (found.data["rule"],)}


def _say_metadata(found: Found, text: str) -> dict[str, Any]:
    return {
        "detail": found.data["name"].replace("_", " "),
        "words": str(found.data["value"]),
        "notes": (found.data["evidence"],),
    }


def _say_other(found: Found, text: str) -> dict[str, Any]:
    name = found.data.get("name")
    words = str(name) if name else _stretches(found, text)
    words = words or ", ".join(f"{key}: {value}" for key, value in found.data.items())
    detail = found.data.get("role") or found.data.get("type")
    return {"words": words, "detail": detail if isinstance(detail, str) and len(detail) <= MAX_DETAIL else ""}


def _stretches(found: Found, text: str) -> str:
    return " … ".join(span.of(text) for span in found.spans)


_SAID = {"quote": _say_quote, "boilerplate": _say_boilerplate, "metadata": _say_metadata}
