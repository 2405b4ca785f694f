"""Options by source, the operator's, secrets, and settings that were saved under an older schema."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import Actor
from newsdesk.host import registry
from newsdesk.host.models import ProcessorSecret, ProcessorSetting
from newsdesk.host.reviews import reviews
from newsdesk.host.saved import Saved
from newsdesk.host.services import check_tried, enable, restore, set_options
from newsdesk.sdk import option
from tests.apps.factories import Keyed, Lines, Names, actor

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


@dataclass(frozen=True)
class Older(Names):
    """An earlier version: one option is called otherwise, one takes more, one is not there yet, one has another default."""

    version = "0"
    characters: int = 4
    share: float = option(0.5, minimum=0, maximum=10)


@dataclass(frozen=True)
class Newer(Names):
    version = "2"
    letters: int = 5
    share: float = option(0.5, minimum=0, maximum=1)
    strict: bool = False


def save(source="", seen=None, by=OPERATOR, **options):
    return set_options(processor="names", options=options, source=source, actor=by, seen=seen)


def refusal(**arguments):
    with pytest.raises(ValidationError) as refused:
        save(**arguments)
    return refused.value.messages[0]


def letters(source=""):
    return next(each.letters for each in registry.plans().of(source).processors if each.name == "names")


def changes():
    return [(each.setting.source, *each.changes) for each in reviews()]


# By source


@pytest.mark.parametrize("source", ["the wire", "wire/desk", "w" * 51, "wire\n"])
def test_name_that_no_source_can_have_is_refused(source):
    assert refusal(source=source).startswith(f"there is no source {source!r}; give its short name")


def test_option_of_a_source_that_is_not_taken_is_refused_and_nothing_is_saved():
    told = refusal(source="wire", letters="four")
    assert ("option 'letters' must be integer" in told, ProcessorSetting.objects.count()) == (True, 0)


def test_option_of_a_source_that_is_gone_takes_the_processor_out_there_alone_and_names_the_source():
    ProcessorSetting.objects.create(processor="names", source="wire", options={"characters": 5})
    plans = registry.plans()
    assert (
        [each.name for each in plans.general.processors],
        [each.name for each in plans.of("wire").processors],
        "review its settings for source 'wire' and save them again" in plans.left_out[0].message,
    ) == (["lines", "names"], ["lines"], True)


def test_what_is_wrong_everywhere_is_not_said_again_for_each_source(install):
    install(Lines(), Keyed())
    ProcessorSetting.objects.create(processor="names", options={"characters": 5})
    save_there = ProcessorSetting.objects.create(processor="names", source="wire", options={"letters": 5})
    assert (len(registry.plans().left_out), save_there.source) == (1, "wire")


def test_options_of_a_source_are_checked_together_with_those_of_all(install):
    @dataclass(frozen=True)
    class Careful(Names):
        strict: bool = False

        def __post_init__(self):
            if self.strict and self.letters < 5:
                raise ValueError("strict needs 5 letters or more")

    install(Lines(), Careful())
    told = refusal(source="wire", strict=True)
    save(letters=6)
    assert ("strict needs 5 letters or more" in told, save("wire", strict=True).options) == (True, {"strict": True})


def test_options_of_a_source_hold_there_alone():
    save(letters=5), save("wire", letters=6)
    assert (letters(), letters("wire"), letters("other")) == (5, 6, 5)


def test_what_is_not_said_of_a_source_is_there_as_everywhere(install):
    install(Lines(), Keyed())
    save("wire", share=0.7), save(letters=6)
    assert letters("wire") == 6


def test_source_of_which_nothing_is_said_any_more_is_as_all():
    save("wire", letters=6), save("wire")
    assert registry.plans().by_source == {}


def test_source_with_the_same_options_has_no_plan_of_its_own():
    save(letters=6), save("wire", letters=6)
    assert registry.plans().by_source == {}


def test_two_sources_with_the_same_options_have_different_plans():
    save("wire", letters=6), save("web", letters=6)
    plans = registry.plans()
    assert len({plans.general.digest, plans.of("wire").digest, plans.of("web").digest}) == 3


def test_option_of_a_source_neither_turns_a_processor_on_nor_off():
    enable(processor="names", enabled=False, actor=OPERATOR)
    save("wire", letters=6)
    assert [each.name for each in registry.plans().of("wire").processors] == ["lines"]


def test_plans_are_not_made_again_while_no_setting_is_saved(django_assert_num_queries):
    save("wire", letters=6)
    first = registry.plans()
    with django_assert_num_queries(1):
        assert registry.plans() is first


# The operator's word


def test_operators_options_hold_whatever_was_saved(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "options": {"names": {"letters": 9}}}
    save(letters=5), save("wire", letters=6)
    assert (letters(), letters("wire")) == (9, 9)


def test_operators_options_hold_where_nothing_was_saved(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "options": {"names": {"letters": 9}}}
    assert letters() == 9


# Secrets


def test_secret_is_in_no_setting_and_reaches_the_processor(install):
    install(Lines(), Keyed())
    row = save(letters=5, key="s3cr3t")
    (finder,) = (each for each in registry.plan().processors if each.name == "names")
    assert (row.options, row.secrets, finder.key) == ({"letters": 5}, ["key"], "s3cr3t")


@pytest.mark.parametrize("again", [{}, {"key": ""}])
def test_secret_that_is_not_given_again_stays(install, again):
    install(Lines(), Keyed())
    save(key="s3cr3t"), save(letters=5, **again)
    assert Saved.of(registry.saved(), "names")["key"] == "s3cr3t"


def test_secret_that_is_replaced_or_removed_is_kept_nowhere(install):
    install(Lines(), Keyed())
    save(key="s3cr3t"), save(key="0th3r")
    kept = list(ProcessorSecret.objects.values_list("value", flat=True))
    save(key=None)
    assert (kept, ProcessorSecret.objects.count()) == (["0th3r"], 0)


def test_secret_makes_nothing_due(install):
    install(Lines(), Keyed())
    before = registry.plans()
    save(key="s3cr3t"), save("wire", key="0th3r")
    after = registry.plans()
    assert (after.general.digest, after.of("wire").digest) == (before.general.digest, before.general.digest)


def test_what_the_operator_fixed_is_checked_all_the_same_where_it_is_saved(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "options": {"names": {"letters": 9}}}
    assert "option 'letters' must be integer" in refusal(letters="four")


def test_source_may_have_a_secret_of_its_own(install):
    install(Lines(), Keyed())
    save(key="s3cr3t"), save("wire", key="0th3r")
    keys = [registry.plans().of(source).processors[1].key for source in ("", "wire", "web")]
    assert keys == ["s3cr3t", "0th3r", "s3cr3t"]


def test_secret_is_not_tried_in_a_shadow_run_which_would_keep_it(install):
    install(Lines(), Keyed())
    with pytest.raises(ValidationError, match="option 'key' is a secret, which is not tried"):
        check_tried("names", {"key": "s3cr3t"})


# Who saves, and what if two do


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor"])
def test_whoever_is_no_plugin_admin_restores_nothing(role):
    row = save(letters=5)
    with pytest.raises(PermissionDenied):
        restore(setting_id=row.pk, actor=actor(role))


def test_settings_that_somebody_else_saved_meanwhile_are_not_written_over():
    seen = save(letters=5).pk
    save(letters=6, by=actor("plugin admin"))
    assert refusal(letters=7, seen=seen) == (
        "names: other settings were saved by plugin admin meanwhile; look at them, and save yours again"
    )


def test_settings_of_another_source_are_not_in_the_way():
    seen = save(letters=5).pk
    save("wire", letters=6)
    assert save(letters=7, seen=seen).options == {"letters": 7}


def test_earlier_setting_is_restored_for_its_source_as_a_new_one():
    earlier = save("wire", letters=5)
    save("wire", letters=6)
    restored = restore(setting_id=earlier.pk, actor=OPERATOR)
    assert (restored.pk > earlier.pk, restored.source, letters("wire"), letters()) == (True, "wire", 5, 4)


def test_earlier_setting_that_does_not_fit_any_more_is_not_restored(install):
    install(Lines(), Older())
    earlier = save(characters=5)
    install(Lines(), Newer())
    with pytest.raises(ValidationError, match="names has no option 'characters'"):
        restore(setting_id=earlier.pk, actor=OPERATOR)


# Saved under an older schema


def test_setting_of_the_present_schema_is_not_for_review():
    save(letters=5)
    assert changes() == []


def test_what_changed_since_a_setting_was_saved_is_for_review(install):
    install(Lines(), Older())
    save(share=0.2)
    install(Lines(), Newer())
    assert changes() == [
        ("", ("characters", "gone"), ("strict", "new"), ("letters", "default"), ("share", "rule")),
    ]


def test_setting_from_before_options_had_a_schema_is_for_review():
    ProcessorSetting.objects.create(processor="names", options={"letters": 5})
    assert changes() == [("", ("letters", "old"))]


def test_what_was_not_said_of_a_source_is_not_to_be_looked_at_there(install):
    install(Lines(), Older())
    save("wire", letters=6)
    install(Lines(), Newer())
    assert changes() == []


def test_what_was_said_of_a_source_is_to_be_looked_at_there(install):
    install(Lines(), Older())
    save("wire", share=0.2, characters=5)
    install(Lines(), Newer())
    assert changes() == [("wire", ("characters", "gone"), ("share", "rule"))]


def test_values_that_still_fit_apply_until_somebody_looks(install):
    install(Lines(), Older())
    save(letters=6, share=0.2)
    install(Lines(), Newer())
    assert letters() == 6


def test_value_that_no_longer_fits_takes_the_processor_out_with_the_reason(install):
    install(Lines(), Older())
    save(share=2)
    install(Lines(), Newer())
    assert registry.plan().left_out[0].message == (
        "names: option 'share' must be 1 or less, not 2; it takes a number from 0 to 1, such as 0.5;"
        " review its settings and save them again"
    )


def test_setting_that_was_saved_again_is_not_for_review_any_more(install):
    install(Lines(), Older())
    save(share=0.2)
    install(Lines(), Newer())
    save(share=0.2)
    assert changes() == []


def test_turning_off_and_on_is_no_review(install):
    install(Lines(), Older())
    save(share=0.2)
    install(Lines(), Newer())
    enable(processor="names", enabled=False, actor=OPERATOR)
    assert changes() != []
