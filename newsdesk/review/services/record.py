"""Store a decision, once for each event, and with it what it does to the placements of its article."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from newsdesk.host.registry import kinds
from newsdesk.review.models import Decision
from newsdesk.review.services.reconcile import store
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import ContractError, canonical
from newsdesk.sdk.contract import check_artifact

CONTEXT = 32
"""So many characters before and after a span are kept with a decision, as Web Annotation's TextQuoteSelector has them."""

_MADE_HERE = frozenset({"article", "snapshot", "artifact_id", "before", "after", "anchors", "text", "withdraws", "editor"})
"""The fields of a decision that come from here and may well be empty; the others come from outside and are checked."""

_SAID = ("artifact_id", "verdict", "after", "withdraws_id", "editor_id")
"""What makes a decision the same when its event comes again. Its key may not be: texts change in between."""


def record(decision: Decision, place: Callable[[Decision], bool] = lambda _: False) -> Decision:
    """Store the decision, once for each event. An event that was another decision's is refused, not taken for this one.

    Call it in a transaction that holds the article's lock. `place` may know a shorter way than to derive all placements.
    """
    try:
        decision.full_clean(exclude=_MADE_HERE, validate_unique=False, validate_constraints=False)
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError:
        earlier = Decision.objects.filter(uuid=decision.uuid).first()
        if earlier is None:
            raise
        if any(getattr(earlier, field) != getattr(decision, field) for field in _SAID):
            rule = "event was another decision's; send a new one with each decision"
            raise ValidationError({"event": rule}) from None
        return earlier
    if not place(decision):
        store(decision.article_id)
    return decision


def clean(note: str) -> str:
    """The note in canonical form; what a database or a terminal would choke on is refused rather than dropped."""
    cleaned = canonical(note)
    if cleaned.warnings:
        raise ValidationError(
            {"note": f"note has characters that cannot be kept ({', '.join(cleaned.warnings)}); leave them out"}
        )
    return cleaned.text


def anchors(plain: Mapping[str, Any], text: str) -> list[dict[str, str]]:
    """The words of each span and what stands around them, to find them again when the text has changed."""
    return [
        {
            "exact": text[span["start"] : span["end"]],
            "prefix": text[max(0, span["start"] - CONTEXT) : span["start"]],
            "suffix": text[span["end"] : span["end"] + CONTEXT],
        }
        for span in plain["spans"]
    ]


def checked(field: str, kind: str, plain: Mapping[str, Any], text: str) -> dict[str, Any]:
    """The artifact that an editor wrote, held to what processors are held to."""
    try:
        found = Found.from_plain({"kind": kind, "confidence": None, "data": plain["data"], "spans": plain["spans"]})
        check_artifact(found, text, kinds())
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValidationError({field: f"must have data, and spans each with start, end and role ({error!r})"}) from error
    except ContractError as error:
        raise ValidationError({field: str(error)}) from error
    return found.to_plain()
