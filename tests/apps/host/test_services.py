from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import Actor
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.services import enable, set_options
from tests.apps.factories import Lines, Names, actor, person

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@dataclass(frozen=True)
class Strict(Names):
    """Particular about its option, in a way of its own."""

    pattern: str = "."
    share: float = 0.5

    def __post_init__(self):
        if self.letters < 2:
            raise LookupError("letters must be 2 or more")


def refusal(change=set_options, **setting):
    with pytest.raises(ValidationError) as refused:
        change(**{"processor": "names", "actor": OPERATOR, **setting})
    return refused.value.messages[0]


def history():
    return list(ProcessorSetting.objects.order_by("pk").values_list("processor", "enabled", "options"))


@pytest.mark.parametrize(
    "asking",
    [
        lambda: actor("editor"),
        lambda: actor("chief editor"),
        lambda: Actor(None, "desk"),
        lambda: Actor(person("plugin admin"), "api", "write"),
        lambda: actor("plugin admin", is_active=False),
    ],
    ids=["editor", "chief editor", "anonymous", "writing key", "inactive"],
)
@pytest.mark.parametrize(
    "change",
    [
        lambda who: enable(processor="names", enabled=False, actor=who),
        lambda who: set_options(processor="names", options={}, actor=who),
    ],
    ids=["enable", "set_options"],
)
def test_whoever_is_no_plugin_admin_may_not_and_nothing_is_saved(change, asking):
    with pytest.raises(PermissionDenied, match="it takes the role plugin admin"):
        change(asking())
    assert history() == []


def test_processor_that_is_not_installed_is_refused_with_those_that_are():
    assert refusal(processor="gone", options={}) == "no processor 'gone' is installed; there are lines, names"


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"characters": 4}, "names has no option 'characters'; it has letters, pattern, share"),
        ({"letters": "4"}, "names: option 'letters' must be integer, not '4'; it takes a whole number, such as 4"),
        ({"letters": True}, "names: option 'letters' must be integer, not True; it takes a whole number, such as 4"),
        ({"letters": 1}, "letters must be 2 or more"),
        ({"share": float("nan")}, "names does not take {'share': nan}: "),
        ({"share": float("inf")}, "names does not take {'share': inf}: "),
        ({"pattern": "a\x00b"}, "names: options have a NUL character in them"),
        ({"pattern": "\ud800"}, "names does not take {'pattern': '\\ud800'}: "),
    ],
)
def test_options_that_the_processor_does_not_take_are_refused_and_nothing_is_saved(install, options, rule):
    install(Lines(), Strict())
    assert (rule in refusal(options=options), history()) == (True, [])


def test_processor_with_options_that_it_does_not_take_any_more_cannot_be_turned_on():
    ProcessorSetting.objects.create(processor="names", enabled=False, options={"characters": 4})
    assert "has no option 'characters'" in refusal(enable, enabled=True)


def test_processor_with_options_that_it_does_not_take_any_more_can_be_turned_off():
    ProcessorSetting.objects.create(processor="names", options={"characters": 4})
    assert not enable(processor="names", enabled=False, actor=OPERATOR).enabled


def test_plugin_admin_may_and_is_named():
    assert enable(processor="names", enabled=False, actor=actor("plugin admin")).saved_by.username == "plugin admin"


def test_operator_may_and_has_no_name():
    assert enable(processor="names", enabled=False, actor=OPERATOR).saved_by is None


def test_options_stay_when_a_processor_is_turned_off_and_on():
    set_options(processor="names", options={"letters": 7}, actor=OPERATOR)
    enable(processor="names", enabled=False, actor=OPERATOR)
    assert enable(processor="names", enabled=True, actor=OPERATOR).options == {"letters": 7}


def test_processor_that_is_off_stays_off_when_its_options_are_set():
    enable(processor="names", enabled=False, actor=OPERATOR)
    assert not set_options(processor="names", options={"letters": 7}, actor=OPERATOR).enabled


def test_options_that_are_not_given_have_their_defaults_again():
    set_options(processor="names", options={"letters": 7}, actor=OPERATOR)
    assert set_options(processor="names", options={}, actor=OPERATOR).options == {}


def test_every_setting_that_ever_held_is_kept():
    set_options(processor="names", options={"letters": 7}, actor=OPERATOR)
    enable(processor="names", enabled=False, actor=OPERATOR)
    assert history() == [("names", True, {"letters": 7}), ("names", False, {"letters": 7})]


def test_backslash_before_u0000_is_no_nul(install):
    install(Lines(), Strict())
    assert set_options(processor="names", options={"pattern": "\\u0000"}, actor=OPERATOR).options == {"pattern": "\\u0000"}
