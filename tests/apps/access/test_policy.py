from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser, Group, User
from django.core.exceptions import PermissionDenied

from newsdesk.access.policy import ROLES, SCOPES, Actor, Operation, actor_of, require
from tests.apps.factories import actor, person

pytestmark = pytest.mark.django_db

KEY = {"read", "submit", "decide", "reprocess", "export"}
EDITOR = {*KEY, "create_key"}
MANY = {"reprocess_many", "release", "start_shadow_runs"}
CHIEF = {*EDITOR, *MANY, "withdraw_others", "revoke_others_keys"}
BOTH = {*CHIEF, "configure_plugins"}
ALL = {*BOTH, "manage_accounts"}
OWNERS = ("viewer", "editor", "chief editor", "plugin admin")


def operations(who):
    return {str(each) for each in who.operations}


def test_nobody_may_do_anything():
    assert operations(Actor(None, "desk")) == set()


def test_person_without_a_role_may_do_nothing():
    assert operations(actor(None)) == set()


def test_group_that_is_no_role_gives_nothing():
    assert operations(actor("football club")) == set()


@pytest.mark.parametrize("fields", [{"role": "chief editor"}, {"role": None, "is_superuser": True}])
def test_person_who_left_may_do_nothing(fields):
    assert operations(actor(**fields, is_active=False)) == set()


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("viewer", {"read"}),
        ("editor", EDITOR),
        ("chief editor", CHIEF),
        ("plugin admin", {"read", "reprocess", "configure_plugins", "create_key", *MANY}),
    ],
)
def test_role_gives_what_the_table_says(role, allowed):
    assert operations(actor(role)) == allowed


def test_two_roles_give_what_either_gives():
    both = person("chief editor")
    both.groups.add(Group.objects.get_or_create(name="plugin admin")[0])
    assert operations(Actor(both, "desk")) == BOTH


def test_superuser_may_do_everything():
    assert operations(Actor(User(is_superuser=True), "desk")) == ALL


def test_operator_may_do_everything_that_needs_no_person():
    assert operations(Actor.operator()) == ALL - {"decide", "withdraw_others"}


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", OWNERS)
def test_key_never_may_what_its_owner_may_not(role, scope):
    owner = person(role)
    assert operations(Actor(owner, "api", scope)) <= operations(Actor(owner, "desk"))


@pytest.mark.parametrize(("scope", "allowed"), [("read", {"read", "export"}), ("write", KEY), ("admin", BOTH - {"create_key"})])
def test_superusers_key_may_what_its_scope_allows(scope, allowed):
    assert operations(Actor(User(is_superuser=True), "api", scope)) == allowed


def test_role_that_is_taken_away_is_gone_with_the_next_request():
    editor = person("editor")
    editor.groups.clear()
    assert not Actor(editor, "desk").may(Operation.DECIDE)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (lambda: Actor(None, "desk"), "nobody may not configure plugins; it takes the role plugin admin"),
        (lambda: actor("viewer"), "viewer may not configure plugins; it takes the role plugin admin"),
        (
            lambda: Actor(person("plugin admin"), "api", "write"),
            "plugin admin may not configure plugins through a key with the scope 'write'; it takes the role plugin admin",
        ),
    ],
)
def test_refusal_says_who_may_not_do_what_and_what_it_takes(who, refusal):
    with pytest.raises(PermissionDenied) as refused:
        require(who(), Operation.CONFIGURE_PLUGINS)
    assert str(refused.value) == refusal


def test_who_may_is_let_through():
    assert require(actor("viewer"), Operation.READ) is None


def test_request_without_a_login_is_nobodys():
    assert actor_of(SimpleNamespace(user=AnonymousUser())) == Actor(None, "desk")


def test_request_with_a_login_is_that_persons_at_the_desk():
    editor = person("editor")
    assert actor_of(SimpleNamespace(user=editor)) == Actor(editor, "desk")


def test_every_role_is_there_as_a_group_on_a_new_desk():
    assert set(ROLES) <= set(Group.objects.values_list("name", flat=True))
