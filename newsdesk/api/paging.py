"""Pages by cursor: a list stays fast at any depth, and nothing is shown twice or lost when rows are added meanwhile.

A cursor holds the key of the last item, and the list that it belongs to; it is signed, so it cannot be made up.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest
from pydantic import BaseModel, Field

from newsdesk.api.errors import Fault, Problem

T = TypeVar("T")
MAX_LIMIT = 200
_SIGNER = signing.Signer(salt="newsdesk.api.cursor")


class PageQuery(BaseModel):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="How many items at most.")] = 50
    cursor: Annotated[str | None, Field(max_length=500, description="`next` of the page before.")] = None


class Page(BaseModel, Generic[T]):
    """Part of a list. `next` is the cursor of the next page, or null on the last."""

    items: list[T]
    next: Annotated[str | None, Field(description="Pass it as `cursor` to read on; null: this is the end.")]
    count: Annotated[int | None, Field(description="How many items the whole list has; null where counting is not cheap.")]


def page_of_rows(request: HttpRequest, rows: QuerySet[Any], query: PageQuery, convert: Callable[[Any], Any]) -> dict[str, Any]:
    """A page of rows, newest first."""
    last = _read(request, query.cursor)
    found = rows.order_by("-pk")
    if last is not None:
        found = found.filter(pk__lt=last)
    read = list(found[: query.limit + 1])
    shown = read[: query.limit]
    more = len(read) > len(shown)
    return {
        "items": [convert(row) for row in shown],
        "next": _write(request, shown[-1].pk) if more else None,
        "count": len(shown) if query.cursor is None and not more else None,
    }


def page_of_items(
    request: HttpRequest, items: Sequence[T], query: PageQuery, key: Callable[[T], list[int]], convert: Callable[[T], Any]
) -> dict[str, Any]:
    """A page of a list that is at hand, in the order of `key`, which no two items share."""
    last = _read(request, query.cursor)
    ordered = sorted(items, key=key)
    rest = [item for item in ordered if last is None or key(item) > last]
    shown = rest[: query.limit]
    return {
        "items": [convert(item) for item in shown],
        "next": _write(request, key(shown[-1])) if len(rest) > len(shown) else None,
        "count": len(ordered),
    }


def _list_of(request: HttpRequest) -> list[Any]:
    """What tells one list from another: its address and filters."""
    return [request.path, sorted((name, value) for name, value in request.GET.items() if name not in ("cursor", "limit"))]


def _write(request: HttpRequest, key: Any) -> str:
    digest = _SIGNER.signature(signing.JSONSerializer().dumps(_list_of(request)).decode())
    return _SIGNER.sign_object([digest, key])


def _read(request: HttpRequest, cursor: str | None) -> Any:
    if cursor is None:
        return None
    try:
        digest, key = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError):
        raise _bad("is no cursor of ours, or was cut off") from None
    if digest != _SIGNER.signature(signing.JSONSerializer().dumps(_list_of(request)).decode()):
        raise _bad("belongs to another list, or to other filters")
    return key


def _bad(message: str) -> Problem:
    faults = [Fault("cursor", "query", message)]
    return Problem(
        "invalid", f"cursor: {message}", faults=faults, remedy="Begin again without `cursor`, or pass `next` as it was."
    )
