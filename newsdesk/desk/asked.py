"""What an editor is asked about on the article page: decisions whose words are gone, unsure, or found otherwise."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import ngettext
from rapidfuzz.distance import Indel

from newsdesk.desk.findings import Item, said
from newsdesk.review.matching import NEEDS_LOOK, Status
from newsdesk.review.models import Decision
from newsdesk.review.queries import Effective
from newsdesk.sdk import Span

CONTEXT = 48
"""So many characters around a place are shown, to tell it from others."""


@dataclass(frozen=True)
class Version:
    """A finding in words, and who speaks; each with whether the other version has it too."""

    words: tuple[tuple[bool, str], ...]
    speaker: str
    same_speaker: bool
    detail: str


@dataclass(frozen=True)
class Spot:
    """A place that may be meant: its words, what stands around them, and its spans as the form sends them."""

    before: str
    words: str
    after: str
    spans: str


@dataclass(frozen=True)
class Question:
    """One decision that is asked about: what it held, what is found now, or where it may belong."""

    item: Item
    status: str
    mine: Version
    new: Version | None
    spots: tuple[Spot, ...]
    last: Spot | None


def questions(listed: Sequence[Item], stands: Iterable[Effective], text: str) -> list[Question]:
    """The questions of an article; `listed` are the items of `stands`."""
    return [_question(item, each, text) for item, each in zip(listed, stands, strict=True) if each.to_resolve]


def tally(stands: Iterable[Effective]) -> list[str]:
    """What became of the decisions that were made on another version or another text, in a few words each."""
    came_to: dict[str, set[int]] = {}
    for each in stands:
        if each.decision is not None and each.outcome is not None:
            for name in _counted(each.decision, each):
                came_to.setdefault(name, set()).add(each.decision.pk)
    count = {name: len(numbers) for name, numbers in came_to.items()}
    words = {
        "carried": ngettext("%d carried", "%d carried", count.get("carried", 0)),
        "rejected": ngettext("%d still rejected", "%d still rejected", count.get("rejected", 0)),
        "kept": ngettext("%d no longer proposed", "%d no longer proposed", count.get("kept", 0)),
        "moved": ngettext("%d of them moved", "%d of them moved", count.get("moved", 0)),
        "look": ngettext("%d to look at", "%d to look at", count.get("look", 0)),
        "orphan": ngettext("%d orphan", "%d orphans", count.get("orphan", 0)),
    }
    return [form % count[name] for name, form in words.items() if count.get(name)]


def _counted(decision: Decision, each: Effective) -> Iterable[str]:
    """Decisions on what is found here and now are no news."""
    status, carried_over = each.outcome.status, each.row is None or each.row.pk != decision.artifact_id  # type: ignore[union-attr]
    if status in NEEDS_LOOK:
        yield "look"
    elif status == Status.ORPHAN:
        yield "orphan"
    elif status == Status.KEPT and decision.verdict != Decision.Verdict.ADD:
        yield "kept"
    elif status in (Status.CARRIED, Status.SUPPRESSED) and carried_over and decision.artifact_id:
        yield "carried" if status == Status.CARRIED else "rejected"
    if status in (Status.CARRIED, Status.KEPT) and each.outcome.moved:  # type: ignore[union-attr]
        yield "moved"


def _question(item: Item, each: Effective, text: str) -> Question:
    outcome, decision = each.outcome, each.decision
    assert outcome is not None and decision is not None  # noqa: PT018 - only such are asked about
    mine = said(each.found, text) if outcome.status == Status.CHANGED else _as_kept(each, decision)
    new = said(each.row.found, text) if each.row is not None and outcome.status == Status.CHANGED else None
    return Question(
        item=item,
        status=str(outcome.status),
        mine=_version(mine, new or mine),
        new=_version(new, mine) if new else None,
        spots=tuple(_spot(spans, text) for spans in outcome.candidates),
        last=_last(decision) if not new else None,
    )


def _as_kept(each: Effective, decision: Decision) -> dict[str, Any]:
    """What was decided on, in words: those that were kept with the decision, for the text no longer has them."""
    described = said(each.found, "")
    return described | {"words": described["words"].strip(" …") or " … ".join(anchor["exact"] for anchor in decision.anchors)}


def _version(described: dict[str, Any], other: dict[str, Any]) -> Version:
    words, theirs = described["words"].split(), other["words"].split()
    kept = {at for step in Indel.opcodes(words, theirs) if step.tag == "equal" for at in range(step.src_start, step.src_end)}
    runs = groupby(range(len(words)), key=kept.__contains__)
    shown = tuple((same, " ".join(words[at] for at in run)) for same, run in runs)
    speaker = described.get("speaker", "")
    return Version(shown, speaker, speaker == other.get("speaker", ""), described.get("detail", ""))


def _spot(spans: Sequence[Span], text: str) -> Spot:
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    sent = json.dumps([{"start": span.start, "end": span.end, "role": span.role} for span in spans])
    return Spot(text[max(0, start - CONTEXT) : start], text[start:end], text[end : end + CONTEXT], sent)


def _last(decision: Decision) -> Spot | None:
    """Where it last stood, by what was kept with it."""
    anchor = decision.anchors[0] if decision.anchors else None
    return Spot(anchor["prefix"], anchor["exact"], anchor["suffix"], "") if anchor else None
