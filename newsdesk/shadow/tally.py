"""What was compared so far, as plain JSON that grows by one article at a time and can be stored in between.

Counts are of everything; of the findings behind them the first few are kept, and `left_out` says how many are not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from newsdesk.processing.rehearsal import Candidate, Rehearsal, Side
from newsdesk.review.models import Decision
from newsdesk.sdk import Artifact as Found
from newsdesk.shadow.agreement import Judged, judged
from newsdesk.shadow.difference import difference
from newsdesk.shadow.places import Places
from newsdesk.shadow.sayings import said, said_of_text

CHANGES = ("unchanged", "changed", "gone", "added")
MAX_ITEMS = 50
"""So many findings are kept of each kind and change, and so many decisions of each kind that are newly met or missed."""

MAX_FAILURES = 50
"""So many causes are named; a plugin that makes up a new one for each article fills no database."""


def new_tally() -> dict[str, Any]:
    """Nothing compared yet."""
    return {"articles": 0, "findings": {}, "items": [], "left_out": 0, "agreement": {}, "turned": [], "turned_left_out": 0,
            "unmeasured": 0, "processors": {}, "failures": [], "other_failures": 0}  # fmt: skip


def count(tally: dict[str, Any], rehearsal: Rehearsal, candidate: Candidate, decisions: Mapping[str, Decision]) -> None:
    """Add one article.

    Kinds that the candidate failed to give are counted as failures and in nothing else: what a crash does not find is
    not gone, and who finds nothing agrees with every rejection.
    """
    tally["articles"] += 1
    before, after = rehearsal.before, rehearsal.after
    for name, sides in (("before", before), ("after", after)):
        _count_runs(tally["processors"], name, sides)
    for ran in after.broken:
        _count_failure(tally, rehearsal, ran)
    broken = {ran.processor for ran in after.broken}
    failed = {kind for each in candidate.compared if each.name in broken for kind in each.provides}
    given = {kind for each in candidate.compared for kind in each.provides}
    kinds = given - failed
    places = Places(before.text, after.text)
    was, is_ = before.found(kinds), after.found(kinds)
    _count_findings(tally, rehearsal, was, is_, places, decisions)
    about = [each for each in decisions.values() if each.kind in given]
    measured = list(judged([each for each in about if each.kind in kinds], was, is_, places, before.text))
    tally["unmeasured"] += len(about) - len(measured)
    _count_agreement(tally, rehearsal, measured)


def _count_findings(
    tally: dict[str, Any],
    rehearsal: Rehearsal,
    was: Iterable[Found],
    is_: Iterable[Found],
    places: Places,
    decisions: Mapping[str, Decision],
) -> None:
    before, after = rehearsal.before.text, rehearsal.after.text
    found = difference(was, is_, places)
    pairs = [("changed", one, other) for one, other in found.changed]
    pairs += [("gone", one, None) for one in found.gone]
    pairs += [("added", None, other) for other in found.added]
    for one, _ in found.unchanged:
        _changes(tally, one.kind)["unchanged"] += 1
    for change, one, other in sorted(pairs, key=_place):
        kind = (one or other).kind
        counted = _changes(tally, kind)
        counted[change] += 1
        if counted[change] > MAX_ITEMS:
            tally["left_out"] += 1
            continue
        decision = decisions.get(one.digest) if one else None
        entry = {"change": change, "kind": kind, **_where(rehearsal), "verdict": decision.verdict if decision else None}
        if kind == "text" and one and other:
            entry["before"], entry["after"] = said_of_text(before, after)
        else:
            entry |= {"before": one and said(one, before), "after": other and said(other, after)}
        tally["items"].append(entry)


def _count_agreement(tally: dict[str, Any], rehearsal: Rehearsal, measured: Iterable[Judged]) -> None:
    for each in measured:
        kind = tally["agreement"].setdefault(each.found.kind, {"decided": 0, "before": 0, "after": 0, "gained": 0, "lost": 0})
        kind["decided"] += 1
        kind["before"] += each.before
        kind["after"] += each.after
        if each.before == each.after:
            continue
        turn = "gained" if each.after else "lost"
        kind[turn] += 1
        if kind[turn] > MAX_ITEMS:
            tally["turned_left_out"] += 1
            continue
        entry = {"turn": turn, "verdict": each.decision.verdict, "kind": each.found.kind, **_where(rehearsal)}
        tally["turned"].append({**entry, "finding": said(each.found, rehearsal.before.text)})


def _place(pair: tuple[str, Found | None, Found | None]) -> tuple[int, str]:
    found = pair[1] or pair[2]
    return (found.spans[0].start if found.spans else -1, found.kind)


def _changes(tally: dict[str, Any], kind: str) -> dict[str, int]:
    return tally["findings"].setdefault(kind, dict.fromkeys(CHANGES, 0))


def _where(rehearsal: Rehearsal) -> dict[str, Any]:
    article = rehearsal.snapshot.article
    synopsis = getattr(article, "synopsis", None)
    return {"article": article.pk, "title": ((synopsis.title if synopsis else "") or article.address)[:200]}


def _count_runs(processors: dict[str, Any], name: str, side: Side) -> None:
    for ran in side.runs.values():
        both = processors.setdefault(ran.processor, {})
        counted = both.setdefault(name, {"versions": {}, "outcomes": {}, "seconds": []})
        counted["versions"][ran.version] = counted["versions"].get(ran.version, 0) + 1
        counted["outcomes"][str(ran.outcome)] = counted["outcomes"].get(str(ran.outcome), 0) + 1
        if ran.outcome == "done":
            counted["seconds"].append(round(ran.seconds, 6))


def _count_failure(tally: dict[str, Any], rehearsal: Rehearsal, ran: Any) -> None:
    cause = ran.cause or str(ran.outcome)
    for each in tally["failures"]:
        if (each["processor"], each["cause"]) == (ran.processor, cause):
            each["count"] += 1
            return
    if len(tally["failures"]) >= MAX_FAILURES:
        tally["other_failures"] += 1
        return
    entry = {"processor": ran.processor, "cause": cause, "count": 1, "reason": ran.error or "", **_where(rehearsal)}
    tally["failures"].append(entry)
