"""What the article page shows: text, findings, runs and facts, in a number of queries that no finding adds to."""

import re
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from newsdesk.access.policy import Operation
from newsdesk.corpus.models import Article, Snapshot
from newsdesk.desk.actor import actor
from newsdesk.desk.again import again_for
from newsdesk.desk.asked import questions, tally
from newsdesk.desk.findings import OPEN, Item, groups, items, marks
from newsdesk.desk.text import DRAWN, blocks, body_words
from newsdesk.processing.models import Job
from newsdesk.processing.queries import current_runs
from newsdesk.review.placing import text_digest
from newsdesk.review.queries import Effective, effective, pending

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
SHOWS = ("all", "open")


def article_page(request: HttpRequest, snapshot: Snapshot) -> dict[str, Any]:
    """The context of the page's template."""
    article, asks = snapshot.article, actor(request)
    stands = effective(snapshot)
    text = next((each.found.data["text"] for each in stands if each.found.kind == "text"), "")
    reviewed = [each for each in stands if each.reviewed]
    listed = items(reviewed, text, asks)
    shown = blocks(text, [each.found for each in stands if each.found.kind == "paragraph"], marks(listed, reviewed))
    runs = list(current_runs(snapshot.pk))
    following = pending().filter(pk__lt=article.pk).values_list("pk", flat=True).first()
    job = getattr(snapshot, "job", None)
    decidable = [item for item in listed if not item.orphan and not item.asked]
    context = {
        "article": article,
        "snapshot": snapshot,
        "job": job,
        "again": again_for(job, asks, "article"),
        "in_work": job is not None and job.state not in Job.TERMINAL,
        "warnings": _warnings(snapshot),
        "title": _title(article),
        "language": _language(stands),
        "blocks": shown,
        "words": body_words(shown),
        "items": decidable,
        "questions": questions(listed, reviewed, text),
        "past": [item for item in listed if item.orphan and not item.asked],
        "tally": tally(reviewed),
        "text_digest": text_digest(text),
        "open_count": sum(item.state == OPEN for item in decidable),
        "groups": groups(decidable),
        "other_kinds": sorted({str(item.name) for item in decidable if item.kind not in DRAWN}),
        "show": _chosen(request, "show", SHOWS),
        "kind": _chosen(request, "kind", ("", *(item.kind for item in decidable))),
        "runs": runs,
        "troubled": any(run.outcome in ("failed", "blocked") for run in runs),
        "next_url": reverse("admin:corpus_article_change", args=[following]) if following else None,
        "may_decide": asks.may(Operation.DECIDE),
        "may_download": asks.may(Operation.EXPORT),
    }
    return context | {"island": _island(article, listed, context)}


def _island(article: Article, listed: list[Item], context: dict[str, Any]) -> dict[str, Any]:
    """What the script is given: numbers, states and addresses, and every sentence that it may have to say."""
    return {
        "items": [item.plain() for item in listed],
        "mayDecide": context["may_decide"],
        "decideUrl": reverse("admin:desk_decide", args=[article.pk]),
        "loginUrl": reverse("admin:login"),
        "nextUrl": context["next_url"],
        "words": context["words"],
        "say": {
            "open": _("open"),
            "accepted": _("accepted"),
            "rejected": _("rejected"),
            "corrected": _("corrected"),
            "added": _("added"),
            "historical": _("historical"),
            "dropped": _("dropped"),
            "byYou": _("by you, just now"),
            "left": _("{n} open"),
            "allDone": _("All findings of this article are decided."),
            "allDoneNext": _("All findings of this article are decided. Shift+N goes to the next article."),
            "noNext": _("No other article waits for a decision."),
            "undone": _("taken back"),
            "nothingToUndo": _("There is nothing to take back."),
            "notYours": _("Somebody else decided this; a chief editor can take it back."),
            "mayNotDecide": _("You may read here, but not decide."),
            "saved": _("saved"),
            "waiting": _("{n} waiting to be saved"),
            "notSaved": _("not saved: {reason}"),
            "refused": _("Not stored, put back as it was: {reason}"),
            "unreachable": _("the server cannot be reached"),
            "loggedOut": _("you are logged out; log in in another tab, then retry"),
            "serverError": _("the server has trouble ({status})"),
            "nothingFound": _("Nothing matches."),
        },
    }


def _title(article: Article) -> str:
    synopsis = getattr(article, "synopsis", None)
    return (synopsis.title if synopsis else "") or article.address


def _language(stands: list[Effective]) -> str:
    """The language that a processor read from the page; nothing where none did, or where it is no language tag."""
    named = [each.found.data for each in stands if each.found.kind == "metadata" and each.stands]
    value = next((str(data["value"]) for data in named if data["name"] == "language"), "")
    return value if _LANGUAGE.fullmatch(value) else ""


def _warnings(snapshot: Snapshot) -> list[tuple[str, int]]:
    return [(code.replace("-", " "), count) for code, count in sorted(snapshot.warnings.items())]


def _chosen(request: HttpRequest, name: str, choices: tuple[str, ...]) -> str:
    value = request.GET.get(name, "")
    return value if value in choices else choices[0]
