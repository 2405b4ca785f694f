"""The report of a shadow run: its tally with shares, intervals and percentiles. `docs/shadow-report.md` has every field."""

import math
from collections import Counter
from typing import Any

from newsdesk.shadow.models import ShadowRun

FORMAT = 1
ENOUGH = 50
"""Of fewer decisions no share is given: it would say more about chance than about the processor."""

Z = 1.959964
"""The normal deviate of a 95 % interval."""


def report(run: ShadowRun) -> dict[str, Any]:
    """All that a shadow run has to say so far, as plain JSON."""
    tally = run.tally
    kinds = {kind: agreement(counted) for kind, counted in sorted(tally["agreement"].items())}
    total: Counter[str] = Counter({"decided": 0, "before": 0, "after": 0, "gained": 0, "lost": 0})
    for counted in tally["agreement"].values():
        total.update(counted)
    return {
        "format": FORMAT,
        "state": run.state,
        "processor": run.processor,
        "candidate": run.candidate,
        "articles": {
            "wanted": run.articles,
            "which": run.which,
            "source": run.source.slug if run.source else None,
            "chosen": len(run.snapshots),
            "compared": tally["articles"],
        },
        "agreement": {"all": agreement(total), "kinds": kinds, "unmeasured": tally["unmeasured"]},
        "findings": {kind: changes(counted) for kind, counted in sorted(tally["findings"].items())},
        "failures": {"causes": tally["failures"], "others": tally["other_failures"]},
        "processors": {name: _sides(sides) for name, sides in tally["processors"].items()},
        "turned": {"items": tally["turned"], "left_out": tally["turned_left_out"]},
        "items": {"items": tally["items"], "left_out": tally["left_out"]},
    }


def agreement(counted: dict[str, int]) -> dict[str, Any]:
    """How often each side is as editors decided, and what came and went."""
    decided = counted["decided"]
    sides = {side: {"right": counted[side], **share(counted[side], decided)} for side in ("before", "after")}
    return {"decided": decided, "enough": decided >= ENOUGH, **sides, "gained": counted["gained"], "lost": counted["lost"]}


def share(right: int, decided: int) -> dict[str, float | None]:
    """The share with its 95 % interval after Wilson, or nothing where too little was decided to say one."""
    if decided < ENOUGH:
        return {"share": None, "low": None, "high": None}
    low, high = wilson(right, decided)
    return {"share": round(right / decided, 4), "low": round(low, 4), "high": round(high, 4)}


def wilson(right: int, of: int) -> tuple[float, float]:
    """The score interval of E. B. Wilson (1927), which stays within 0 and 1 and holds for small numbers."""
    part = right / of
    middle = (part + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z / (1 + Z**2 / of) * math.sqrt(part * (1 - part) / of + Z**2 / (4 * of**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def changes(counted: dict[str, int]) -> dict[str, int]:
    """How many findings each side has, and how they compare."""
    before = counted["unchanged"] + counted["changed"] + counted["gone"]
    return {"before": before, "after": before - counted["gone"] + counted["added"], **counted}


def _sides(sides: dict[str, Any]) -> dict[str, Any]:
    return {side: timing(counted) for side, counted in sides.items()}


def timing(counted: dict[str, Any]) -> dict[str, Any]:
    """Versions and outcomes by how often, and how long it took where it ran; what was kept took no time."""
    seconds = sorted(counted["seconds"])
    times = {f"p{percent}_ms": _percentile(seconds, percent) for percent in (50, 95)}
    return {"versions": counted["versions"], "outcomes": counted["outcomes"], "timed": len(seconds), **times}


def _percentile(seconds: list[float], percent: int) -> float | None:
    """In milliseconds, by nearest rank."""
    if not seconds:
        return None
    return round(seconds[math.ceil(percent / 100 * len(seconds)) - 1] * 1000, 2)
