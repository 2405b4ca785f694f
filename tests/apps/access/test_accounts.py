import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import ROLES, Actor
from newsdesk.access.services import create_account, find_account
from tests.apps.factories import actor, person

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@pytest.mark.parametrize("role", ROLES)
def test_account_is_not_made_by_a_role(role):
    with pytest.raises(PermissionDenied, match="manage accounts"):
        create_account(username="mara", role="editor", actor=actor(role))


def test_role_that_there_is_not_is_refused_and_makes_no_account():
    with pytest.raises(ValidationError, match="role is 'king'; it must be one of viewer, editor, chief editor, plugin admin"):
        create_account(username="mara", role="king", actor=OPERATOR)
    assert find_account("mara") is None


@pytest.mark.parametrize("username", ["", "mara voss", "mara\x00", "x" * 151])
def test_name_that_nobody_can_log_in_with_is_refused(username):
    with pytest.raises(ValidationError, match="username"):
        create_account(username=username, role="editor", actor=OPERATOR)


def test_account_that_is_there_already_stays_as_it_is():
    before = person("viewer", username="mara").password
    assert (create_account(username="mara", role="editor", actor=OPERATOR), User.objects.get().password) == (None, before)


def test_account_has_a_password_that_works_and_enters_the_desk():
    user, password = create_account(username="mara", role="editor", actor=OPERATOR)
    assert (authenticate(username="mara", password=password), user.is_staff, user.is_superuser) == (user, True, False)


def test_two_accounts_have_two_passwords():
    _, first = create_account(username="mara", role="editor", actor=OPERATOR)
    _, second = create_account(username="olu", role="editor", actor=OPERATOR)
    assert (first != second, len(first)) == (True, 16)


@pytest.mark.parametrize("role", ROLES)
def test_account_may_what_its_role_gives(role):
    user, _ = create_account(username="mara", role=role, actor=OPERATOR)
    assert Actor(user, "desk").operations == ROLES[role]


def test_account_is_found_by_its_name():
    assert find_account("mara voss") is None
    assert find_account(person("editor", username="mara").username).username == "mara"
