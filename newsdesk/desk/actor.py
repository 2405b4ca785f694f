"""Who asks, worked out once a request: the groups of a person are one query, however often a page asks."""

from django.http import HttpRequest

from newsdesk.access.policy import Actor, Operation, actor_of


def actor(request: HttpRequest) -> Actor:
    """The person behind a request, as services want to know it."""
    known: Actor | None = getattr(request, "desk_actor", None)
    if known is None or known.user != _person(request):
        known = actor_of(request)
        request.desk_actor = known  # type: ignore[attr-defined]
    return known


def may(request: HttpRequest, operation: Operation) -> bool:
    """Whether the person may do this."""
    return actor(request).may(operation)


def is_let_in(request: HttpRequest) -> bool:
    """Active staff with at least one role; a role is what lets one read."""
    return request.user.is_active and request.user.is_staff and may(request, Operation.READ)


def _person(request: HttpRequest) -> object:
    return request.user if request.user.is_authenticated else None
