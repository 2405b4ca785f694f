import hashlib
import re
import zlib
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from newsdesk.access.models import ApiKey
from newsdesk.access.policy import Actor, Operation
from newsdesk.access.services import authenticate, create_key, revoke_key
from tests.apps.factories import actor, person

pytestmark = pytest.mark.django_db


def key(owner=None, **fields):
    return create_key(
        **{"owner": owner or person("editor"), "name": "wire", "scope": "write", "actor": Actor.operator(), **fields}
    )


def with_checksum(head):
    return f"{head}{zlib.crc32(head.encode()):08x}"


@pytest.mark.parametrize("role", [None, "viewer"])
def test_person_who_only_reads_makes_no_key(role):
    reader = actor(role)
    with pytest.raises(PermissionDenied, match="create key"):
        key(reader.user, actor=reader)


def test_key_makes_no_further_key():
    owner = person("chief editor", is_superuser=True)
    with pytest.raises(PermissionDenied, match="scope 'admin'"):
        key(owner, actor=Actor(owner, "api", "admin"))


def test_key_for_somebody_else_is_refused():
    with pytest.raises(PermissionDenied, match="theirs to make"):
        key(person("editor", username="olu"), actor=actor("chief editor"))


@pytest.mark.parametrize("role", ["editor", "chief editor", "plugin admin"])
def test_key_for_oneself_is_made(role):
    oneself = actor(role)
    assert key(oneself.user, actor=oneself)[0].owner == oneself.user


# What a key is


@pytest.mark.parametrize("scope", ["", "root", "ADMIN"])
def test_scope_that_there_is_not_is_refused_with_those_that_there_are(scope):
    with pytest.raises(ValidationError) as refused:
        key(scope=scope)
    assert refused.value.messages == [f"scope is {scope!r}; it must be one of read, write, admin"]


@pytest.mark.parametrize("name", ["", "x" * 101])
def test_name_that_says_nothing_or_too_much_is_refused(name):
    with pytest.raises(ValidationError, match="name"):
        key(name=name)


def test_key_looks_like_one_and_ends_in_its_checksum():
    _, secret = key()
    assert (bool(re.fullmatch(r"nd_live_[A-Za-z0-9]{8}_[A-Za-z0-9]{36}[0-9a-f]{8}", secret)), secret) == (
        True,
        with_checksum(secret[:-8]),
    )


def test_two_keys_are_two():
    owner = person("editor")
    assert key(owner)[1] != key(owner)[1]


def test_only_the_digest_of_a_key_is_stored():
    made, secret = key()
    row = serializers.serialize("json", ApiKey.objects.all())
    assert (secret in row, secret[len(made.prefix) + 1 :][:36] in row, hashlib.sha256(secret.encode()).hexdigest() in row) == (
        False,
        False,
        True,
    )


def test_key_is_shown_without_its_secret():
    made, secret = key()
    assert str(made) == f"wire ({secret[:16]}…)"


def test_key_expires_after_ninety_days_unless_told_otherwise():
    made, _ = key()
    assert timedelta(days=89) < made.expires_at - timezone.now() < timedelta(days=91)


# Who holds it


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "nd_live_",
        "x" * 7,
        "nd_live_AAAAAAAA_" + "B" * 36 + "00000000",
        with_checksum("nd_live_AAAAAAAA_" + "B" * 36),
        with_checksum("nd_live_AAAAAAA\x00_" + "B" * 36),
        with_checksum("nd_live_AAAAAAAA_" + "B" * 100_000),
        with_checksum(""),
        "nd_live_AAAAAAAA_" + "é" * 44,
        "\ud800" * 61,
    ],
    ids=["nothing", "prefix", "short", "checksum", "unknown", "nul", "long", "empty", "letters", "surrogates"],
)
def test_what_is_no_key_is_nobodys(secret):
    assert authenticate(secret) is None


def test_key_with_another_secret_is_nobodys():
    made, _ = key()
    assert authenticate(with_checksum(f"{made.prefix}_{'B' * 36}")) is None


@pytest.mark.parametrize("change", [str.upper, str.swapcase, lambda secret: f" {secret}", lambda secret: f"{secret}\n"])
def test_key_that_was_changed_is_nobodys(change):
    assert authenticate(change(key()[1])) is None


def test_expired_key_is_nobodys():
    assert authenticate(key(days=0)[1]) is None


def test_revoked_key_is_nobodys():
    made, secret = key()
    revoke_key(key_id=made.pk, actor=Actor.operator())
    assert authenticate(secret) is None


def test_key_of_an_owner_who_left_is_nobodys():
    owner = person("editor")
    _, secret = key(owner)
    owner.is_active = False
    owner.save()
    assert authenticate(secret) is None


def test_key_is_its_owners_through_the_api_within_its_scope():
    owner = person("editor")
    assert authenticate(key(owner, scope="read")[1]) == Actor(owner, "api", "read")


def test_key_loses_what_its_owner_lost():
    owner = person("editor")
    _, secret = key(owner)
    owner.groups.clear()
    assert not authenticate(secret).may(Operation.SUBMIT)


def test_use_of_a_key_is_noted():
    made, secret = key()
    authenticate(secret)
    made.refresh_from_db()
    assert timezone.now() - made.last_used_at < timedelta(minutes=1)


def test_use_of_a_key_is_noted_once_a_minute(django_assert_num_queries):
    _, secret = key()
    authenticate(secret)
    with django_assert_num_queries(1):
        authenticate(secret)


# Revoking


def test_key_that_does_not_exist_cannot_be_revoked():
    with pytest.raises(ApiKey.DoesNotExist):
        revoke_key(key_id=4711, actor=Actor.operator())


@pytest.mark.parametrize("role", ["viewer", "editor", "plugin admin"])
def test_key_of_another_may_not_be_revoked(role):
    made, secret = key(person("editor", username="owner"))
    with pytest.raises(PermissionDenied, match="is not yours; ask its owner, a chief editor or a superuser to revoke it"):
        revoke_key(key_id=made.pk, actor=actor(role))
    assert authenticate(secret) is not None


@pytest.mark.parametrize("scope", ["read", "write"])
def test_key_may_not_revoke_keys_not_even_its_owners(scope):
    owner = person("editor", is_superuser=True)
    made, _ = key(owner)
    with pytest.raises(PermissionDenied):
        revoke_key(key_id=made.pk, actor=Actor(owner, "api", scope))


def test_owner_who_left_may_not_revoke():
    made, _ = key(person("editor", is_active=False))
    with pytest.raises(PermissionDenied):
        revoke_key(key_id=made.pk, actor=Actor(made.owner, "desk"))


@pytest.mark.parametrize(
    "asking",
    [
        lambda owner: Actor(owner, "desk"),
        lambda _: actor("chief editor"),
        lambda _: actor(None, is_superuser=True),
        lambda _: Actor(person("chief editor"), "api", "admin"),
        lambda _: Actor.operator(),
    ],
    ids=["owner", "chief editor", "superuser", "chief editors key", "operator"],
)
def test_key_is_revoked_at_once_by_whoever_may(asking):
    owner = person("editor")
    made, secret = key(owner)
    revoke_key(key_id=made.pk, actor=asking(owner))
    assert authenticate(secret) is None


def test_key_that_is_revoked_twice_keeps_the_first_time():
    made, _ = key()
    revoke_key(key_id=made.pk, actor=Actor.operator())
    first = ApiKey.objects.get().revoked_at
    revoke_key(key_id=made.pk, actor=Actor.operator())
    assert ApiKey.objects.get().revoked_at == first
