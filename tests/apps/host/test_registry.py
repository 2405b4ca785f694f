from dataclasses import dataclass

import pytest

from newsdesk.access.policy import Actor
from newsdesk.host import registry
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.services import enable, set_options
from newsdesk.pipeline import Plan, Problem
from tests.apps.factories import Lines, Names, Namesakes, NewNames, Titles

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@dataclass(frozen=True)
class Strict(Names):
    """A later version that is particular about its option, in a way of its own."""

    def __post_init__(self):
        if self.letters < 2:
            raise LookupError("letters must be 2 or more")


def saved(**setting):
    return ProcessorSetting.objects.create(**{"processor": "names", **setting})


def planned():
    return [(each.name, getattr(each, "letters", None)) for each in registry.plan().processors]


def left_out():
    return [(problem.plugin, problem.message) for problem in registry.plan().left_out]


def test_nothing_installed_is_an_empty_plan(install):
    install()
    assert registry.plan() == Plan(())


def test_processor_that_finds_no_provider_is_left_out_with_the_reason(install):
    install(Names())
    assert left_out() == [("names", "names requires 'text', which nothing provides; install or enable a provider")]


def test_processor_that_was_turned_off_is_not_in_the_plan():
    saved(enabled=False)
    assert (planned(), left_out()) == ([("lines", None)], [])


def test_processor_whose_provider_was_turned_off_is_left_out_with_the_reason():
    saved(processor="lines", enabled=False)
    assert [name for name, _ in left_out()] == ["names"]


@pytest.mark.parametrize(
    ("processor", "options", "reason"),
    [
        (Names(), {"characters": 4}, "names has no option 'characters'; it has letters; review its settings"),
        (
            Names(),
            {"letters": "four"},
            "names: option 'letters' must be integer, not 'four'; it takes a whole number, such as 4; review its settings",
        ),
        (Strict(), {"letters": 1}, "letters must be 2 or more; review its settings"),
    ],
)
def test_saved_options_that_the_processor_does_not_take_leave_it_out_and_stop_nothing_else(install, processor, options, reason):
    install(Lines(), processor)
    saved(options=options)
    assert (planned(), reason in left_out()[0][1]) == ([("lines", None)], True)


def test_setting_of_a_processor_that_is_gone_changes_nothing(install):
    saved(processor="gone", options={"any": 1})
    assert planned() == [("lines", None), ("names", 4)]


def test_processors_stand_after_what_they_require():
    assert planned() == [("lines", None), ("names", 4)]


def test_saved_options_are_in_the_plan():
    saved(options={"letters": 7})
    assert planned() == [("lines", None), ("names", 7)]


def test_latest_setting_holds():
    saved(options={"letters": 7})
    saved(options={"letters": 8}, enabled=False)
    saved(options={"letters": 9})
    assert planned() == [("lines", None), ("names", 9)]


def test_setting_that_is_saved_holds_at_once_in_a_plan_of_another_digest():
    before = registry.plan().digest
    set_options(processor="names", options={"letters": 7}, actor=OPERATOR)
    assert (planned()[1], registry.plan().digest != before) == (("names", 7), True)


def test_setting_that_is_taken_back_gives_the_former_digest():
    before = registry.plan().digest
    enable(processor="names", enabled=False, actor=OPERATOR)
    enable(processor="names", enabled=True, actor=OPERATOR)
    assert registry.plan().digest == before


def test_new_version_is_a_plan_of_another_digest(install):
    before = registry.plan().digest
    install(Lines(), NewNames())
    assert registry.plan().digest != before


def test_plan_is_not_made_again_while_no_setting_is_saved(django_assert_num_queries):
    first = registry.plan()
    with django_assert_num_queries(1):
        assert registry.plan() is first


def test_nothing_is_disabled_until_somebody_turns_it_off():
    saved(options={"letters": 7})
    assert registry.disabled() == set()


def test_what_was_turned_off_is_disabled_until_it_is_turned_on():
    saved(enabled=False), saved(processor="lines", enabled=False), saved(processor="lines")
    assert registry.disabled() == {"names"}


def test_what_is_broken_or_gone_is_not_disabled(install):
    saved(options={"characters": 4})
    install(Lines(), problems=(Problem("names", "cannot be loaded"),))
    assert registry.disabled() == set()


def test_settings_are_the_latest_of_each_processor():
    saved(options={"letters": 7}), saved(processor="lines", enabled=False)
    latest = saved(options={"letters": 8})
    assert (registry.settings()["names"], set(registry.settings())) == (latest, {"names", "lines"})


def test_two_that_provide_the_same_kind_are_both_in_the_plan(install):
    install(Lines(), Names(), Namesakes(), Titles())
    assert planned() == [("lines", None), ("names", 4), ("namesakes", 4)]
