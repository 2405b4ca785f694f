"""Shadow runs for the desk's tests: made by hand, so that each situation is exact."""

from typing import Any

from newsdesk.corpus.models import Article
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.tally import new_tally
from tests.doors.desk.stage import article

CANDIDATE = {
    "version": "2",
    "options": {"min_confidence": 0.8, "others": []},
    "present_options": {"min_confidence": 0.0, "others": []},
    "compared": ["quotes", "census"],
    "plan": "0" * 64,
}
HOSTILE = "<script>alert(1)</script> she said"


def said(words: str, name: str = "Astrid Lind", start: int = 3) -> dict[str, Any]:
    """A finding in a report."""
    data = {"type": "direct", "quotation": words, "speaker": {"name": name, "role": None}}
    return {"words": words, "data": data, "spans": [[start, start + len(words), "content"]], "confidence": 0.9}


def item(row: Article, change: str, before: Any = None, after: Any = None, verdict: str | None = None) -> dict[str, Any]:
    """A finding that differs."""
    where = {"article": row.pk, "title": "Harbour vote passes", "kind": "quote"}
    return {"change": change, **where, "verdict": verdict, "before": before, "after": after}


def tally(row: Article, decided: int = 60) -> dict[str, Any]:
    """What a comparison of one article may have counted: something of each sort."""
    seconds = {"versions": {"1": 1}, "outcomes": {"done": 1}, "seconds": [0.0042]}
    return new_tally() | {
        "articles": 1,
        "findings": {
            "quote": {"unchanged": 2, "changed": 1, "gone": 1, "added": 1},
            "metadata": {"unchanged": 4, "changed": 0, "gone": 0, "added": 0},
        },
        "items": [
            item(row, "changed", said("We waited", "Astrid Lind"), said("We waited", "Per Holm"), "accept"),
            item(row, "gone", said(HOSTILE)),
            item(row, "added", None, said("nobody asked")),
        ],
        "left_out": 3,
        "agreement": {
            "quote": {"decided": decided, "before": decided - 3, "after": decided - 5, "gained": 1, "lost": 3},
            "metadata": {"decided": 2, "before": 2, "after": 2, "gained": 0, "lost": 0},
        },
        "turned": [
            {
                "turn": turn,
                "verdict": "accept",
                "kind": "quote",
                "article": row.pk,
                "title": "Harbour",
                "finding": said(f"Nr. {n}"),
            }
            for n, turn in enumerate(["gained", *["lost"] * 7])
        ],
        "unmeasured": 4,
        "processors": {"quotes": {"before": seconds, "after": seconds}, "census": {"after": {**seconds, "seconds": []}}},
        "failures": [
            {"processor": "quotes", "cause": "SIGSEGV", "count": 2, "reason": "crashed", "article": row.pk, "title": "Harbour"}
        ],
        "other_failures": 1,
    }


def shadow_run(row: Article | None = None, **fields: Any) -> ShadowRun:
    """A run that is over, with something of each sort to show."""
    return _run(candidate=CANDIDATE, snapshots=[1], **{"tally": tally(row or article()), "state": "done", **fields})


def waiting_run(**fields: Any) -> ShadowRun:
    """A run that nobody has begun."""
    return _run(**{"tally": new_tally(), **fields})


def _run(**fields: Any) -> ShadowRun:
    return ShadowRun.objects.create(**{"processor": "quotes", "options": {"min_confidence": 0.8}, "articles": 10, **fields})
