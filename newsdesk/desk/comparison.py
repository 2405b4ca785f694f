"""What the page of a shadow run's report shows: figures first, then the findings behind them, side by side."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from newsdesk.desk.findings import kind_name
from newsdesk.desk.shadow import written
from newsdesk.review.models import Decision
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.report import report
from newsdesk.shadow.tally import CHANGES

CHANGE_NAMES = {"unchanged": _("unchanged"), "changed": _("changed"), "gone": _("gone"), "added": _("added")}
TURN_NAMES = {"gained": _("newly met"), "lost": _("newly missed")}
VERDICT_NAMES = dict(Decision.Verdict.choices)
ESSENTIAL = ("type", "speaker name", "reason", "role", "name", "value", "characters")
"""What is shown of a finding that only one side has; of one that changed, all that differs is."""

MAX_DETAILS = 8
SHOWN = 50
TURNED_SHOWN = 5
"""So many findings are on the page at once; the rest is behind a click, or one kind and change away."""


def shadow_page(run: ShadowRun, asked: QueryDict) -> dict[str, Any]:
    """The context of the page's template; no query is made for it."""
    made = report(run)
    findings = [_counted(kind, counted) for kind, counted in made["findings"].items()]
    change, kind = asked.get("change", ""), asked.get("kind", "")
    chosen = [each for each in made["items"]["items"] if change in ("", each["change"]) and kind in ("", each["kind"])]
    turned = sorted(map(_turned, made["turned"]["items"]), key=lambda each: each["turn"] != "lost")
    return {
        "report": made,
        "options": list(_options(run)),
        "dependents": [name for name in made["candidate"].get("compared", ()) if name != run.processor],
        "agreement": made["agreement"]["all"],
        "kinds": [{"name": kind_name(name), **counted} for name, counted in made["agreement"]["kinds"].items()],
        "findings": findings,
        "failed": sum(each["count"] for each in made["failures"]["causes"]) + made["failures"]["others"],
        "speeds": [{"name": name, **sides} for name, sides in made["processors"].items()],
        "turned": turned[:TURNED_SHOWN],
        "turned_rest": turned[TURNED_SHOWN:],
        "items": [_item(each) for each in chosen[:SHOWN]],
        "hidden": max(0, len(chosen) - SHOWN),
        "filters": list(_filters(made["items"]["items"], change, kind)),
        "filtered": bool(change or kind),
    }


def _options(run: ShadowRun) -> Iterator[dict[str, Any]]:
    """The options that would be other than they are; before the work begins, those that were asked for."""
    now = run.candidate.get("present_options")
    for name, value in run.candidate.get("options", run.options).items():
        present = written(now[name]) if now is not None and name in now else "–"
        if present != written(value):
            yield {"name": name, "now": present, "then": written(value)}


def _counted(kind: str, counted: Mapping[str, int]) -> dict[str, Any]:
    """A kind's counts, with the stretches of its bar: hundredths of all that either side has, as SVG takes them."""
    total = sum(counted[name] for name in CHANGES) or 1
    stretches, at = [], 0.0
    for name in CHANGES:
        width = counted[name] * 100 / total
        stretches.append({"name": name, "x": f"{at:.2f}", "width": f"{width:.2f}"})
        at += width
    return {"kind": kind, "name": kind_name(kind), "bar": stretches, **counted}


def _filters(items: Iterable[Mapping[str, Any]], change: str, kind: str) -> Iterator[dict[str, Any]]:
    """Each kind and change that there is something of, with how many are kept."""
    counts: dict[tuple[str, str], int] = {}
    for each in items:
        sort = (each["kind"], each["change"])
        counts[sort] = counts.get(sort, 0) + 1
    for (its_kind, its_change), count in sorted(counts.items()):
        name = f"{kind_name(its_kind)}: {CHANGE_NAMES[its_change]}"
        here = (its_kind, its_change) == (kind, change)
        yield {"kind": its_kind, "change": its_change, "name": name, "count": count, "here": here}


def _turned(each: Mapping[str, Any]) -> dict[str, Any]:
    names = {"name": kind_name(each["kind"]), "turn_name": TURN_NAMES[each["turn"]], "said": VERDICT_NAMES[each["verdict"]]}
    return {**each, **names, "words": _words(each["finding"]), "details": _details(each["finding"], None)}


def _item(each: Mapping[str, Any]) -> dict[str, Any]:
    before, after = each["before"], each["after"]
    return {
        **each,
        "name": kind_name(each["kind"]),
        "change_name": CHANGE_NAMES[each["change"]],
        "said": VERDICT_NAMES[each["verdict"]] if each["verdict"] else "",
        "sides": [
            {"title": _("Now"), "words": _words(before), "details": _details(before, after), "there": bool(before)},
            {"title": _("Candidate"), "words": _words(after), "details": _details(after, before), "there": bool(after)},
        ],
    }


def _words(side: Mapping[str, Any] | None) -> str:
    return str(side["words"] or side["data"].get("value") or side["data"].get("name") or "") if side else ""


def _details(side: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> list[dict[str, str]]:
    """What the data says: the essential where there is one side, and all that differs where there are two."""
    if side is None:
        return []
    mine = dict(_flat(side["data"]))
    if other is None:
        mine = {name: mine[name] for name in ESSENTIAL if name in mine}
    else:
        theirs = dict(_flat(other["data"]))
        mine = {name: value for name, value in mine.items() if theirs.get(name) != value}
        if side["spans"] != other["spans"]:
            mine[str(_("place"))] = _places(side["spans"], other["spans"])
    shown = {name: value for name, value in mine.items() if value not in ("", side["words"])}
    return [{"name": name, "value": value} for name, value in list(shown.items())[:MAX_DETAILS]]


def _places(mine: list[Any], others: list[Any]) -> str:
    differing = (one for one, other in zip_longest(mine, others) if one is not None and one != other)
    return ", ".join(f"{start}–{end} {role}" for start, end, role in differing)


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        where = f"{path} {name}".strip().replace("_", " ")
        if isinstance(value, Mapping):
            yield from _flat(value, where)
        elif value is not None:
            yield where, value if isinstance(value, str) else written(value)
