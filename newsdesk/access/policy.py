"""Who may do what: one table for all services, so that no door can forget to ask.

The house style had a policy in `review` alone; but four apps write, and one matrix in one file is what a chief editor
wants to read.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied


class Operation(StrEnum):
    """What can be asked of a service."""

    READ = "read"
    SUBMIT = "submit"
    DECIDE = "decide"
    WITHDRAW_OTHERS = "withdraw_others"
    REPROCESS = "reprocess"
    REPROCESS_MANY = "reprocess_many"
    RELEASE = "release"
    START_SHADOW_RUNS = "start_shadow_runs"
    EXPORT = "export"
    CONFIGURE_PLUGINS = "configure_plugins"
    CREATE_KEY = "create_key"
    REVOKE_OTHERS_KEYS = "revoke_others_keys"
    MANAGE_ACCOUNTS = "manage_accounts"


_KEY = frozenset({Operation.READ, Operation.SUBMIT, Operation.DECIDE, Operation.REPROCESS, Operation.EXPORT})
_EDITOR = _KEY | {Operation.CREATE_KEY}
_MANY = frozenset({Operation.REPROCESS_MANY, Operation.RELEASE, Operation.START_SHADOW_RUNS})
"""What takes the machine's time for many articles. A shadow run changes no setting, so one need not be able to save it:
a chief editor may see what an option would do, and a plugin admin turns it on."""
_ALL = frozenset(Operation)

ROLES: dict[str, frozenset[Operation]] = {
    "viewer": frozenset({Operation.READ}),
    "editor": _EDITOR,
    "chief editor": _EDITOR | _MANY | {Operation.WITHDRAW_OTHERS, Operation.REVOKE_OTHERS_KEYS},
    "plugin admin": _MANY | {Operation.READ, Operation.REPROCESS, Operation.CONFIGURE_PLUGINS, Operation.CREATE_KEY},
}
"""Roles are Django groups of these names."""

SCOPES: dict[str, frozenset[Operation]] = {
    "read": frozenset({Operation.READ, Operation.EXPORT}),
    "write": _KEY,
    "admin": _ALL - {Operation.CREATE_KEY, Operation.MANAGE_ACCOUNTS},
}
"""What a key may do at most; never more than its owner may."""


@dataclass(frozen=True)
class Actor:
    """Who asks, and through which door: a person, a person's key (with its scope), or the operator of the machine."""

    user: User | None
    via: str
    scope: str | None = None

    @classmethod
    def operator(cls) -> "Actor":
        """Whoever has a shell on the machine. May do everything but decide: a decision needs a person."""
        return cls(None, "console")

    @cached_property
    def operations(self) -> frozenset[Operation]:
        """All that this actor may do."""
        if self.user is None:
            return _ALL - {Operation.DECIDE, Operation.WITHDRAW_OTHERS} if self.via == "console" else frozenset()
        if not self.user.is_active:
            return frozenset()
        own = _ALL if self.user.is_superuser else self._of_roles(self.user)
        return own & SCOPES[self.scope] if self.scope else own

    @staticmethod
    def _of_roles(user: User) -> frozenset[Operation]:
        names = user.groups.values_list("name", flat=True)
        return frozenset().union(*(ROLES.get(name, frozenset()) for name in names))

    def may(self, operation: Operation) -> bool:
        """Whether the actor may do this."""
        return operation in self.operations


def require(actor: Actor, operation: Operation) -> None:
    """Raise PermissionDenied, with what is missing, unless the actor may do this."""
    if not actor.may(operation):
        who = actor.user.get_username() if actor.user else "nobody"
        roles = " or ".join(name for name, operations in ROLES.items() if operation in operations)
        scope = f" through a key with the scope {actor.scope!r}" if actor.scope else ""
        raise PermissionDenied(f"{who} may not {operation.replace('_', ' ')}{scope}; it takes the role {roles or 'superuser'}")


def actor_of(request: Any) -> Actor:
    """The person of a Django request that came with a session."""
    return Actor(request.user if request.user.is_authenticated else None, "desk")
