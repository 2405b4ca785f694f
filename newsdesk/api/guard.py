"""What is refused before a request's body is read: wrong type, too large, keys in addresses, parameters that nobody knows."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from newsdesk.api.errors import Fault, Problem, answer
from newsdesk.sdk.content import MAX_BYTES

Run = Callable[..., HttpResponseBase]

KEY_PARAMETERS = frozenset({"key", "api_key", "apikey", "token", "access_token", "authorization"})


def guard(run: Run) -> Run:
    """Ninja's `view` decorator: it gets the operation's bound `run`, and so the parameters that the operation declares."""
    models = {model.__ninja_param_source__: model for model in run.__self__.models}  # type: ignore[attr-defined]
    known = set(models["query"].__ninja_flatten_map__) if "query" in models else set()

    @wraps(run)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        try:
            _check_credentials(request)
            _check_body(request, needed="body" in models)
            _check_parameters(request, known)
        except Exception as error:  # errors.py chooses the answer, here as in the views
            return answer(request, error)
        return run(request, **kwargs)

    return guarded


def _check_credentials(request: HttpRequest) -> None:
    if "," in request.headers.get("Authorization", ""):  # servers join repeated headers so
        raise Problem("malformed-request", "there are two Authorization headers, or one with two keys", remedy="Send one key.")
    for name, values in request.GET.lists():
        if name.lower() in KEY_PARAMETERS or any("nd_live_" in value for value in values):
            raise Problem("key-in-address", f"the query parameter {name[:40]!r} holds a key")


def _check_body(request: HttpRequest, *, needed: bool) -> None:
    if "Transfer-Encoding" in request.headers:
        raise Problem("length-required", "the body comes in chunks, without its length")
    length = request.META.get("CONTENT_LENGTH") or "0"
    size = int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0
    if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise too_large("the body", size, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if size == 0:
        if needed:
            raise Problem("malformed-json", "there is no body; send one JSON object")
        return
    if request.content_type != "application/json":
        raise Problem("unsupported-media-type", f"the body is declared as {request.content_type[:80] or 'nothing'!r}")
    if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise Problem("unsupported-media-type", "JSON is in UTF-8 (RFC 8259)", remedy="Leave `charset` out.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem("unsupported-media-type", "the body is compressed", remedy="Send it without `Content-Encoding`.")


def _check_parameters(request: HttpRequest, known: set[str]) -> None:
    unknown = sorted(set(request.GET) - known)
    if unknown:
        there_are = f"there are {', '.join(sorted(known))}" if known else "this address takes none"
        faults = [Fault(name[:100], "query", f"is no parameter here; {there_are}") for name in unknown[:20]]
        raise Problem("invalid", f"{unknown[0][:100]!r} is no parameter here; {there_are}", faults=faults)


def too_large(what: str, size: int, limit: int = MAX_BYTES) -> Problem:
    """The refusal that names the limit."""
    return Problem("too-large", f"{what} has {size:,} bytes; the limit is {limit:,}")
