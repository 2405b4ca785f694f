"""Answers to what the article page asks about decisions, from its forms: they work with and without a script."""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from newsdesk.access.policy import Actor
from newsdesk.desk.actor import actor
from newsdesk.processing.queries import text_of
from newsdesk.review.anchoring import stretches
from newsdesk.review.models import Decision
from newsdesk.review.placing import mine
from newsdesk.review.queries import newest_snapshot
from newsdesk.review.services import NothingToResolve, drop, keep, keep_mine, reattach, take_new


@require_POST
def resolve_form(request: HttpRequest, article_id: int) -> HttpResponse:
    """`do` says what: mine, new, keep, drop with a `reason`, reattach to `words`, or place with `spans`."""
    try:
        decision = Decision.objects.get(uuid=_uuid(request.POST.get("decision", "")), article=article_id)
        messages.success(request, _resolved(decision, actor(request), request.POST))
    except (NothingToResolve, ObjectDoesNotExist) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(reverse("admin:corpus_article_change", args=[article_id]) + "#asked")


def _resolved(decision: Decision, asks: Actor, sent: Any) -> str:
    """Have it done, and say what was."""
    number = decision.uuid
    match sent.get("do", ""):
        case "mine":
            keep_mine(decision=number, actor=asks)
            return _("Yours is kept; what the processor finds stays beside it.")
        case "new":
            take_new(decision=number, actor=asks)
            return _("The new version is taken.")
        case "keep":
            keep(decision=number, actor=asks)
            return _("Kept as historical.")
        case "drop":
            drop(decision=number, actor=asks, reason=sent.get("reason", ""))
            return _("Dropped, with the reason.")
        case "place":
            reattach(decision=number, actor=asks, spans=_spans(sent.get("spans", "")), text=sent.get("text", ""))
        case "reattach":
            reattach(decision=number, actor=asks, spans=_by_words(decision, sent.get("words", "")))
        case other:
            raise ValidationError(_("%s is nothing that can be done here.") % ascii(other)[:40])
    return _("Attached to its new place.")


def _by_words(decision: Decision, words: str) -> list[dict[str, Any]]:
    """The one stretch of the present text that says these words."""
    snapshot = newest_snapshot(decision.article_id)
    found = stretches(words, (text_of(snapshot.pk) if snapshot else None) or "")
    if not words.strip() or not found:
        raise ValidationError(_("These words do not stand in the text; copy them from it."))
    if len(found) > 1:
        often = ngettext("%d time", "%d times", len(found)) % len(found)
        raise ValidationError(_("These words stand in the text %s; take more of them.") % often)
    spans = mine(decision).spans
    return [{"start": found[0][0], "end": found[0][1], "role": spans[0].role if spans else "mention"}]


def _spans(sent: str) -> Any:
    try:
        spans = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is no place in the text; load the page again.")) from error
    return spans if isinstance(spans, list) else []


def _uuid(value: str) -> uuid.UUID:
    try:
        return uuid.UUID(value)
    except ValueError as error:
        raise ValidationError(_("%s must be a UUID.") % "decision") from error
