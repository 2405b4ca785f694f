"""What the pages of scores show: a row for each version and kind, each number with the way to its items, and pictures."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from newsdesk.corpus.models import Source
from newsdesk.desk.findings import kind_name
from newsdesk.scores.models import Drift, Verdict
from newsdesk.scores.queries import Card, Speed, Version, by_source, drifts, newest, versions
from newsdesk.scores.statistics import ENOUGH, TENTHS, Share

DECIDED = ",".join(each for each in Verdict.values if each != Verdict.MISSED)
SHOWN_VERSIONS = 30
SHOWN_CAUSES = 10


def overview(asked: QueryDict) -> dict[str, Any]:
    """The context of the page of all processors: the version of each that began last. A fixed number of queries."""
    source = asked.get("source", "")
    shown = sorted(newest(source=source), key=lambda each: not each.cards)
    return {
        "rows": [row for each in shown for row in rows(each)],
        "drifts": [drift(each) for each in drifts()],
        **_sources(source),
        "enough": ENOUGH,
    }


def processor_page(name: str, asked: QueryDict) -> dict[str, Any] | None:
    """The context of a processor's page, or None if nothing was ever counted of it under any source."""
    source = asked.get("source", "")
    found = versions(processor=name, source=source)
    if not found and not (source and versions(processor=name)):
        return None
    shown = found[-SHOWN_VERSIONS:]
    last = shown[-1] if shown else None
    decided = next((each for each in reversed(shown) if each.cards), None)
    return {
        "processor": name,
        "rows": [row for each in reversed(shown) for row in rows(each)],
        "hidden": len(found) - len(shown),
        "trends": list(_trends(shown)),
        "calibrations": list(_calibrations(decided)) if decided else [],
        "decided_version": decided.speed.version if decided else "",
        "newest_version": last.speed.version if last else "",
        "failures": list(_failures(last.speed)) if last else [],
        "others": max(0, len(last.speed.causes) - SHOWN_CAUSES) if last else 0,
        "by_source": [row(card, None) for card in by_source(processor=name, version=decided.speed.version)]
        if decided and not source
        else [],
        **_sources(source),
        "enough": ENOUGH,
    }


def rows(version: Version) -> Iterator[dict[str, Any]]:
    """A row for each kind of a version; one where nothing was decided yet. Runs are said once."""
    cards: Iterable[Card | None] = version.cards or (None,)
    for number, card in enumerate(cards):
        speed = version.speed if number == 0 else None
        yield row(card or Card(version.speed.processor, version.speed.version, "", version.speed.source), speed)


def row(card: Card, speed: Speed | None) -> dict[str, Any]:
    """A card in words, with the addresses of its items."""
    of = {"processor": card.processor, "version": card.version, "kind": card.kind, "source": card.source}
    return {
        "card": card,
        "kind": kind_name(card.kind) if card.kind else "",
        "url": _page_url(card.processor, card.source),
        "decided_url": items_url(of, verdict__in=DECIDED),
        "counts": [
            {"verdict": each, "count": getattr(card, each), "url": items_url(of, verdict=each)} for each in Verdict.values
        ],
        "shares": [_share(card.strict), _share(card.lenient)],
        "speed": speed and _speed(speed),
    }


def _page_url(processor: str, source: str) -> str:
    url = reverse("admin:desk_scores_of", args=[processor])
    return f"{url}?{urlencode({'source': source})}" if source else url


def items_url(of: Mapping[str, Any], **more: Any) -> str:
    """The list of the judgements behind a number."""
    said = {name: value for name, value in {**of, **more}.items() if value != ""}
    return f"{reverse('admin:scores_judgement_changelist')}?{urlencode(said)}"


def runs_url(speed: Speed, **more: Any) -> str:
    """The list of the runs behind a number."""
    said = {"processor": speed.processor, "version__exact": speed.version, **more}
    said |= {"source": speed.source} if speed.source else {}
    return f"{reverse('admin:processing_run_changelist')}?{urlencode(said)}"


def drift(each: Drift) -> dict[str, Any]:
    """A drift in words, with its band as a picture and the way to its documents."""
    percent = each.measure == Drift.What.FAILURE_RATE
    scale, unit = (100, " %") if percent else (1, "")
    top = max(each.high, each.now) * 1.1 or 1
    numbers = {
        name: f"{getattr(each, name) * scale:.{0 if percent or each.usual >= 20 else 1}f}"
        for name in ("usual", "low", "high", "now")
    }
    documents = {"source__id__exact": each.source_id, "snapshot__gt": each.since_id - 1}
    return {
        "drift": each,
        "unit": unit,
        **numbers,
        "direction": _("more") if each.now > each.usual else _("less"),
        "band": {name: f"{100 * getattr(each, name) / top:.2f}" for name in ("usual", "low", "now")},
        "width": f"{100 * (each.high - each.low) / top:.2f}",
        "url": f"{reverse('admin:scores_measure_changelist')}?{urlencode(documents)}",
    }


def _share(share: Share) -> dict[str, Any]:
    """A share as numbers and as a picture of hundredths."""
    if share.share is None or share.low is None or share.high is None:
        return {"share": share, "said": ""}
    width = max(1, 100 * (share.high - share.low))
    return {
        "share": share,
        "said": f"{share.share:.2f}",
        "interval": f"{share.low:.2f}–{share.high:.2f}",
        "at": f"{100 * share.share:.2f}",
        "low": f"{100 * share.low:.2f}",
        "width": f"{width:.2f}",
    }


def _speed(speed: Speed) -> dict[str, Any]:
    return {
        "speed": speed,
        "runs_url": runs_url(speed, outcome__in="done,failed"),
        "failed_url": runs_url(speed, outcome__exact="failed"),
        "slow_url": runs_url(speed, outcome__exact="done", slower=f"{speed.p95_ms or 0:.3f}"),
        "done_url": runs_url(speed, outcome__exact="done"),
    }


def _trends(shown: Iterable[Version]) -> Iterator[dict[str, Any]]:
    """For each kind the precision of each version with enough decisions, as points of a picture 100 high."""
    by_kind: dict[str, list[Card]] = {}
    for version in shown:
        for card in version.cards:
            by_kind.setdefault(card.kind, []).append(card)
    for kind, cards in by_kind.items():
        known = [card for card in cards if card.strict.share is not None]
        if len(known) > 1:
            points = [_point(number, card) for number, card in enumerate(known)]
            yield {"kind": kind_name(kind), "points": points, "width": 44 + 72 * len(points)}


def _point(number: int, card: Card) -> dict[str, Any]:
    at = {"x": 80 + 72 * number, "version": card.version}
    for name, share in (("strict", card.strict), ("lenient", card.lenient)):
        heights = {"at": share.share, "low": share.low, "high": share.high}
        at |= {f"{name}_{end}": f"{110 - 100 * (height or 0):.1f}" for end, height in heights.items()}
    return {**at, "said": f"{card.strict.share:.2f}"}


def _calibrations(version: Version) -> Iterator[dict[str, Any]]:
    """For each kind that has a confidence, how much was accepted in each tenth of it."""
    for card in version.cards:
        if card.calibration:
            of = {"processor": card.processor, "version": card.version, "kind": card.kind, "source": card.source}
            yield {
                "kind": kind_name(card.kind),
                "tenths": [
                    _tenth(number, share, items_url(of, tenth=number, verdict__in=DECIDED))
                    for number, share in card.calibration
                ],
            }


def _tenth(number: int, share: Share, url: str) -> dict[str, Any]:
    part = 100 * share.right / share.of
    return {
        "name": f"{number / TENTHS:.1f}–{(number + 1) / TENTHS:.1f}",
        "wanted": f"{100 * (number + 0.5) / TENTHS:.0f}",
        "part": f"{part:.2f}",
        "few": share.share is None,
        "share": share,
        "percent": f"{part:.0f}",
        "url": url,
    }


def _failures(speed: Speed) -> Iterator[dict[str, Any]]:
    """The most frequent causes. What is counted together has no list of its own."""
    most = sorted(speed.causes.items(), key=lambda each: -each[1])
    for cause, count in most[:SHOWN_CAUSES]:
        url = runs_url(speed, outcome__exact="failed", cause__exact=cause) if cause != "…" else ""
        yield {"cause": cause, "count": count, "url": url}


def _sources(chosen: str) -> dict[str, Any]:
    return {"sources": Source.objects.order_by("name"), "source": chosen}
