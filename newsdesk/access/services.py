"""Make, check and revoke keys; make the accounts of people."""

import hashlib
import hmac
import re
import secrets
import string
import zlib
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from newsdesk.access.models import ApiKey
from newsdesk.access.policy import ROLES, SCOPES, Actor, Operation, require

_ALPHABET = string.ascii_letters + string.digits
_SECRET_LENGTH = 36
_ID_LENGTH = 8
_KEY = re.compile(rf"nd_live_[A-Za-z0-9]{{{_ID_LENGTH}}}_[A-Za-z0-9]{{{_SECRET_LENGTH}}}[0-9a-f]{{8}}")
_USED_EVERY = timedelta(minutes=1)


def create_key(*, owner: User, name: str, scope: str, actor: Actor, days: int = 90) -> tuple[ApiKey, str]:
    """A new key and its secret text, which nobody can see again: for oneself, or for anybody by the operator."""
    require(actor, Operation.CREATE_KEY)
    if actor.user not in (None, owner):
        raise PermissionDenied(f"a key for {owner.get_username()} is theirs to make; ask them, or the operator of the machine")
    if scope not in SCOPES:
        raise ValidationError(f"scope is {scope!r}; it must be one of {', '.join(SCOPES)}")
    prefix = f"nd_live_{_random(_ID_LENGTH)}"
    secret = f"{prefix}_{_random(_SECRET_LENGTH)}"
    secret += f"{zlib.crc32(secret.encode()):08x}"
    key = ApiKey(prefix=prefix, digest=_digest(secret), name=name, owner=owner, scope=scope)
    key.expires_at = timezone.now() + timedelta(days=days)
    key.full_clean()
    key.save()
    return key, secret


def authenticate(secret: str) -> Actor | None:
    """Whoever holds this key; None if the key is malformed, unknown, expired, revoked, or its owner gone."""
    head, checksum = secret[:-8], secret[-8:]
    if not _KEY.fullmatch(secret) or checksum != f"{zlib.crc32(head.encode()):08x}":
        return None
    key = ApiKey.objects.select_related("owner").filter(prefix=head.rpartition("_")[0]).first()
    if key is None or not hmac.compare_digest(key.digest, _digest(secret)):
        return None
    now = timezone.now()
    if key.revoked_at or key.expires_at <= now or not key.owner.is_active:
        return None
    if key.last_used_at is None or now - key.last_used_at > _USED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
    return Actor(key.owner, "api", key.scope)


def revoke_key(*, key_id: int, actor: Actor) -> None:
    """End a key, at once: one's own at the desk, or anybody's for a chief editor, a superuser and the operator."""
    key = ApiKey.objects.get(pk=key_id)
    own = key.owner == actor.user and key.owner.is_active and actor.scope is None
    if not own and not actor.may(Operation.REVOKE_OTHERS_KEYS):
        raise PermissionDenied(f"{key} is not yours; ask its owner, a chief editor or a superuser to revoke it")
    ApiKey.objects.filter(pk=key_id, revoked_at=None).update(revoked_at=timezone.now())


def create_account(*, username: str, role: str, actor: Actor) -> tuple[User, str] | None:
    """An account for a person with this role, and its password; None if there is one of that name already."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    if role not in ROLES:
        raise ValidationError(f"role is {role!r}; it must be one of {', '.join(ROLES)}")
    User(username=username).clean_fields(exclude={"password"})
    if User.objects.filter(username=username).exists():
        return None
    password = _random(16)
    user = User.objects.create_user(username, password=password, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user, password


def find_account(username: str) -> User | None:
    """The account of that name."""
    return User.objects.filter(username=username).first()


def _random(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
