"""Every error that the API answers with, in one shape: problem+json (RFC 9457). HTTP statuses are chosen here alone."""

import logging
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any, NamedTuple

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from ninja import errors as ninja

from newsdesk.export.services import ExportFailed
from newsdesk.review.services import NothingToWithdraw

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
URN = "urn:newsdesk:problem:"

SORTS: Mapping[str, tuple[int, str, str]] = {
    "malformed-request": (400, "The request cannot be read", "Mend the request; sending it again as it is cannot help."),
    "malformed-json": (400, "The body is not acceptable JSON", "Send one JSON object (RFC 8259) in UTF-8, without a mark."),
    "key-in-address": (
        400,
        "A key must not stand in an address",
        "Send it in the header `Authorization: Bearer nd_live_…`. Addresses are logged: revoke this key and make a new one.",
    ),
    "unauthenticated": (401, "A key is needed", "Send the header `Authorization: Bearer nd_live_…` with a key that holds."),
    "forbidden": (403, "This is not allowed to you", "Use a key whose scope, and whose owner's role, allows it."),
    "not-found": (404, "There is nothing here", "Follow addresses that the API gave you; /api/v1/docs lists all routes."),
    "method-not-allowed": (405, "This address does not take that method", "Use one of the methods in the header `Allow`."),
    "conflict": (409, "This contradicts what was decided since", "Read the decisions of the article, then decide again."),
    "length-required": (411, "The length of the body is not declared", "Send the body whole, with `Content-Length`."),
    "too-large": (413, "The request is too large", "Split the document, or send its text only."),
    "unsupported-media-type": (415, "The body is not in a media type that is taken", "Send `Content-Type: application/json`."),
    "invalid": (422, "The request breaks a rule", "Mend the fields in `errors` and send it again."),
    "internal": (500, "Newsdesk failed", "Tell the operator the time of this answer; the log has the cause."),
    "unavailable": (503, "The database does not answer", "Send the same again after `Retry-After` seconds."),
}
"""Each sort of problem: its status, its title, and what a client can do unless a better remedy is known."""

HEADERS: Mapping[str, Mapping[str, str]] = {
    "unauthenticated": {"WWW-Authenticate": 'Bearer realm="newsdesk"'},
    "unsupported-media-type": {"Accept": "application/json"},
    "unavailable": {"Retry-After": "5"},
}


class Fault(NamedTuple):
    """What is wrong with one field. `location` is body, query, path or header; line and column are of the body."""

    field: str
    location: str
    message: str
    line: int | None = None
    column: int | None = None

    def to_plain(self) -> dict[str, Any]:
        """As a JSON-plain dictionary, without what is not known."""
        return {name: value for name, value in self._asdict().items() if value is not None}


class Problem(Exception):
    """Something that the API refuses, or cannot do now. `sort` is a key of SORTS."""

    def __init__(
        self,
        sort: str,
        detail: str,
        *,
        faults: Iterable[Fault] = (),
        remedy: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.sort, self.detail, self.faults = sort, detail, tuple(faults)
        self.status, self.title, usual = SORTS[sort]
        self.remedy = remedy or usual
        self.headers = {**HEADERS.get(sort, {}), **(headers or {})}

    def to_plain(self, instance: str) -> dict[str, Any]:
        """As the body of the answer."""
        return {
            "type": f"{URN}{self.sort}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "remedy": self.remedy,
            "errors": [fault.to_plain() for fault in self.faults],
        }


def answer(request: HttpRequest, error: Exception) -> JsonResponse:
    """The answer to a request that ended in this error."""
    found = error if isinstance(error, Problem) else problem_of(error)
    plain = found.to_plain(request.path)
    return JsonResponse(plain, status=found.status, content_type=MEDIA_TYPE, headers=found.headers)


@singledispatch
def problem_of(error: Exception) -> Problem:
    """The problem that an exception means to a client."""
    logger.error("a request failed in a way that nobody foresaw", exc_info=error)
    return Problem("internal", "the request could not be carried out")


@problem_of.register
def _(error: ninja.ValidationError) -> Problem:
    faults = [Fault(_field(each["loc"]), str(each["loc"][0]), each["msg"]) for each in error.errors]
    return Problem("invalid", _summary(faults), faults=faults)


@problem_of.register
def _(error: ValidationError) -> Problem:
    if hasattr(error, "error_dict"):
        faults = [
            Fault("" if field == "__all__" else field, "body", message)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    else:
        faults = [Fault("", "body", message) for message in error.messages]
    return Problem("invalid", _summary(faults), faults=faults)


@problem_of.register
def _(error: ninja.AuthenticationError) -> Problem:
    return Problem("unauthenticated", "no key was sent, or the key is malformed, unknown, expired or revoked")


@problem_of.register
def _(error: ninja.HttpError) -> Problem:
    if isinstance(error.__cause__, Problem):  # what our parser raised, as ninja wraps it
        return error.__cause__
    return Problem("forbidden" if error.status_code == 403 else "malformed-request", error.message)


@problem_of.register
def _(error: PermissionDenied) -> Problem:
    return Problem("forbidden", str(error) or "this is not allowed to you")


@problem_of.register
def _(error: ObjectDoesNotExist) -> Problem:
    thing = type(error).__qualname__.partition(".")[0].lower()
    return Problem("not-found", f"there is no such {thing}")


@problem_of.register
def _(error: Http404) -> Problem:
    return Problem("not-found", str(error) or "there is nothing under this address")


@problem_of.register
def _(error: NothingToWithdraw) -> Problem:
    return Problem("conflict", str(error))


@problem_of.register
def _(error: ExportFailed) -> Problem:
    return Problem("internal", str(error))


@problem_of.register
def _(error: RequestDataTooBig) -> Problem:
    return Problem("too-large", "the body is larger than the limit")


@problem_of.register(SuspiciousOperation)
@problem_of.register(UnreadablePostError)
def _(error: Exception) -> Problem:
    return Problem("malformed-request", str(error) or "the request could not be read to its end")


@problem_of.register(OperationalError)
@problem_of.register(InterfaceError)
def _(error: Exception) -> Problem:
    logger.warning("the database does not answer: %s", error)
    return Problem("unavailable", "the database does not answer now; nothing was changed")


@problem_of.register
def _(error: DataError) -> Problem:
    return Problem("invalid", "a value is out of the range that can be stored")


def _field(location: tuple[Any, ...]) -> str:
    """The dotted path of a field. A body's first step is the name that the view has for it, which is no client's business."""
    skipped = 2 if location[0] == "body" else 1
    return ".".join(str(step) for step in location[skipped:])


def _summary(faults: list[Fault]) -> str:
    first = faults[0]
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return f"{first.field}: {first.message}{more}" if first.field else f"{first.message}{more}"
