"""Decisions that come from the article page: as JSON from its script, or as a form where no script runs.

Both call the services of `review`, which check the actor; here is only the way in and the words back.
"""

import json
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from newsdesk.access.policy import Actor
from newsdesk.desk.actor import actor, is_let_in
from newsdesk.desk.findings import may_undo, state_of
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.artifacts import artifact as find_artifact
from newsdesk.review.models import Decision
from newsdesk.review.queries import standing_decision
from newsdesk.review.services import NothingToWithdraw, decide, withdraw

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class Malformed(Exception):
    """The request is not in the form that the page sends."""


@never_cache
@csrf_protect
@require_POST
def decide_json(request: HttpRequest, article_id: int) -> HttpResponse:
    """One event: `{"event": uuid, "artifact": id, "verdict": …}` or `{"event": uuid, "withdraw": uuid}`."""
    if not is_let_in(request):
        return _refused(401, _("Log in to decide."))
    if request.content_type != "application/json":
        return _refused(415, _("Decisions are sent as application/json."))
    try:
        decision = _recorded(article_id, actor(request), **_event(request.body))
    except Malformed as error:
        return _refused(400, str(error))
    except PermissionDenied as error:
        return _refused(403, str(error))
    except ObjectDoesNotExist:
        return _refused(404, _("This finding is gone; load the page again."))
    except NothingToWithdraw as error:
        return _refused(409, str(error))
    except ValidationError as error:
        return _refused(422, " ".join(error.messages))
    stands = standing_decision(article_id, decision.key)
    return JsonResponse(
        {
            "state": state_of(stands),
            "decision": str(stands.uuid) if stands else None,
            "mayUndo": may_undo(stands, actor(request)),
        }
    )


@require_POST
def decide_form(request: HttpRequest, article_id: int) -> HttpResponse:
    """The same from a plain button, named `do`: `accept ID N`, `reject ID N` or `withdraw UUID N`; N is its number."""
    if request.content_type not in _FORMS:
        return _refused(415, _("This address takes forms."))
    verdict, target, number = (*request.POST.get("do", "").split(" "), "", "", "")[:3]
    place = f"#f{int(number)}" if number.isdecimal() and number.isascii() else ""
    try:
        event = {"withdraw": target} if verdict == "withdraw" else {"artifact": _number(target), "verdict": verdict}
        _recorded(article_id, actor(request), event=uuid.uuid4(), **event)
    except (Malformed, ValidationError, NothingToWithdraw, ObjectDoesNotExist) as error:
        messages.error(request, " ".join(error.messages) if isinstance(error, ValidationError) else str(error))
    return redirect(reverse("admin:corpus_article_change", args=[article_id]) + place)


def _recorded(
    article_id: int,
    asks: Actor,
    *,
    event: uuid.UUID,
    artifact: int | None = None,
    verdict: str = "",
    withdraw: str | None = None,
) -> Decision:
    """Have it decided, after a look that the page speaks of its own article."""
    if withdraw is not None:
        taken_back = Decision.objects.get(uuid=_uuid(withdraw, "withdraw"), article=article_id)
        return _withdraw(decision=taken_back.uuid, actor=asks, event=event)
    found = find_artifact(artifact or 0)
    if found.run.snapshot.article_id != article_id:
        raise Artifact.DoesNotExist(f"artifact {artifact} is another article's")
    return decide(artifact_id=found.pk, actor=asks, verdict=verdict, event=event)


_withdraw = withdraw


def _event(content: bytes) -> dict[str, Any]:
    try:
        sent = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Malformed(_("This is not JSON: %s") % error) from error
    if not isinstance(sent, dict):
        raise Malformed(_("An event is a JSON object."))
    event = {"event": _uuid(sent.get("event"), "event")}
    if "withdraw" in sent:
        return event | {"withdraw": sent["withdraw"]}
    return event | {"artifact": _number(sent.get("artifact")), "verdict": sent.get("verdict")}


def _uuid(value: object, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(value if isinstance(value, str) else "")
    except ValueError as error:
        raise Malformed(_("%s must be a UUID.") % name) from error


def _number(value: object) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Malformed(_("artifact must be a number."))
    return int(text)


def _refused(status: int, reason: str) -> JsonResponse:
    return JsonResponse({"reason": reason}, status=status)
