import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError, ProgrammingError

from newsdesk.access.policy import Actor
from newsdesk.export.services import deliver
from newsdesk.host import registry
from newsdesk.host.models import PluginSwitch
from newsdesk.host.services import enable, switch
from newsdesk.pipeline import Problem
from newsdesk.processing.models import Run
from tests.apps.factories import Lines, Names, Titles, actor, artifacts, person, processed, processed_again

pytestmark = pytest.mark.django_db

LOADS, OFF_AT_THE_START = registry.registry, registry._off_at_the_start
"""As they are; tests have others in their place."""

OPERATOR = Actor.operator()
PLUGINS = {"plain": ["lines"], "naming": ["names", "titles"]}


@pytest.fixture(autouse=True)
def _plugins(install):
    install(Lines(), Names(), Titles(), plugins=PLUGINS)


def turn(plugin="naming", enabled=False):
    return switch(plugin=plugin, enabled=enabled, actor=OPERATOR)


def planned():
    return [each.name for each in registry.plan().processors]


@pytest.mark.parametrize(
    "asking",
    [
        lambda: actor("viewer"),
        lambda: actor("editor"),
        lambda: actor("chief editor"),
        lambda: Actor(None, "desk"),
        lambda: Actor(person("plugin admin"), "api", "write"),
        lambda: actor("plugin admin", is_active=False),
    ],
    ids=["viewer", "editor", "chief editor", "anonymous", "writing key", "inactive"],
)
def test_whoever_is_no_plugin_admin_may_not_and_nothing_is_saved(asking):
    with pytest.raises(PermissionDenied, match="it takes the role plugin admin"):
        switch(plugin="naming", enabled=False, actor=asking())
    assert not PluginSwitch.objects.exists()


@pytest.mark.parametrize("plugin", ["names", "", "x" * 200, "na\0ming"])
def test_plugin_that_is_not_installed_is_refused_with_those_that_are(plugin):
    with pytest.raises(ValidationError, match="is installed; there are html, jsonl, naming, ninjs, notices, plain, quotes"):
        turn(plugin)
    assert not PluginSwitch.objects.exists()


def test_plugin_that_is_broken_can_be_turned_off_and_then_nothing_is_said_of_it(install):
    install(Lines(), problems=(Problem("quotes", "is broken; mend it"), Problem("text", "is too; mend it")))
    before = registry.problems()
    turn("quotes")
    assert ([each.plugin for each in before], [each.plugin for each in registry.problems()]) == (["quotes", "text"], ["text"])


def test_process_that_begins_is_told_which_plugins_are_off(monkeypatch, tmp_path):
    turn("plain")
    monkeypatch.setattr(registry, "_off_at_the_start", OFF_AT_THE_START)
    monkeypatch.setattr(registry, "load_safely", lambda _folder, _limits, off: pytest.fail(f"{sorted(off)}"))
    with pytest.raises(pytest.fail.Exception, match=r"^\['plain'\]$"):
        LOADS.__wrapped__()


@pytest.mark.parametrize("error", [ProgrammingError, OperationalError])
def test_where_no_database_answers_nothing_is_known_to_be_off(monkeypatch, error):
    def nobody():
        raise error("no such table")

    monkeypatch.setattr(registry, "switched_off", nobody)
    assert OFF_AT_THE_START() == frozenset()


def test_processors_of_a_plugin_that_is_off_are_not_in_the_plan_from_that_moment():
    before = planned()
    turn()
    assert (before, planned(), registry.plan().left_out) == (["lines", "names"], ["lines"], ())


def test_plugin_that_is_on_again_gives_the_former_plan():
    before = registry.plan().digest
    turn()
    turn(enabled=True)
    assert registry.plan().digest == before


def test_processor_that_is_off_by_itself_stays_off_when_its_plugin_is_on_again():
    enable(processor="names", enabled=False, actor=OPERATOR)
    turn()
    turn(enabled=True)
    assert (planned(), registry.disabled()) == (["lines"], {"names"})


def test_what_needs_a_plugin_that_is_off_is_left_out_with_the_remedy():
    turn("plain")
    (problem,) = registry.plan().left_out
    assert problem.message == "names requires 'text', which nothing provides; install or enable a provider"


def test_processors_of_a_plugin_that_is_off_are_disabled_and_no_others():
    turn()
    assert registry.disabled() == {"names"}


def test_switch_of_a_plugin_that_is_gone_changes_nothing():
    PluginSwitch.objects.create(plugin="gone", enabled=False)
    assert (planned(), registry.disabled()) == (["lines", "names"], set())


def test_exporter_of_a_plugin_that_is_off_is_refused_with_the_remedy():
    turn()
    with pytest.raises(ValidationError) as refused:
        deliver(exporter="titles", actor=OPERATOR)
    assert refused.value.messages == ["exporter 'titles' is off with its plugin 'naming'; turn the plugin on"]


def test_exporter_is_there_again_when_its_plugin_is():
    turn()
    turn(enabled=True)
    assert list(registry.exporters()) == ["titles"]


def test_what_a_plugin_found_no_longer_stands_once_it_is_off_and_its_documents_are_processed_again():
    submission = processed()
    before = len(artifacts(submission, "person"))
    turn()
    processed_again(submission)
    run = Run.objects.get(processor="names")
    assert (before, artifacts(submission, "person"), run.current) == (4, [], False)


def test_plan_with_the_switch_is_still_one_query(django_assert_num_queries):
    turn()
    first = registry.plan()
    with django_assert_num_queries(1):
        assert registry.plan() is first


def test_trying_a_processor_tries_it_as_if_its_plugin_were_on():
    turn()
    assert [each.name for each in registry.plans_with("names", {}).general.processors] == ["lines", "names"]


def test_history_tells_who_and_which():
    who = actor("plugin admin")
    switch(plugin="naming", enabled=False, actor=who)
    turn(enabled=True)
    assert [(each.plugin, each.enabled, each.saved_by) for each in PluginSwitch.objects.order_by("pk")] == [
        ("naming", False, who.user),
        ("naming", True, None),
    ]
