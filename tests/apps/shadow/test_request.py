from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Now

from newsdesk.access.policy import Actor
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.services import hand_out
from tests.apps.factories import Lines, Names, actor, person, processed
from tests.apps.shadow.stage import asked, compared

pytestmark = pytest.mark.django_db


def refusal(**values):
    with pytest.raises(ValidationError) as refused:
        asked(**values)
    assert not ShadowRun.objects.exists()
    return refused.value.messages[0]


@pytest.mark.parametrize("ask", [asked, compared], ids=["of workers", "here and now"])
@pytest.mark.parametrize(
    "asking",
    [
        lambda: actor("viewer"),
        lambda: actor("editor"),
        lambda: Actor(None, "desk"),
        lambda: Actor(person("chief editor"), "api", "write"),
    ],
    ids=["viewer", "editor", "anonymous", "writing key"],
)
def test_who_may_not_take_the_machines_time_is_refused(ask, asking):
    with pytest.raises(PermissionDenied, match="may not start shadow runs"):
        ask(actor=asking())
    assert not ShadowRun.objects.exists()


@pytest.mark.parametrize("role", ["chief editor", "plugin admin"])
def test_chief_editors_and_plugin_admins_may(role):
    run = asked(actor=actor(role))
    assert (run.created_by.username, run.state) == (role, "queued")


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"processor": "gone"}, "no processor 'gone' is installed; there are lines, names"),
        ({"options": {"size": 3}}, "names has no option 'size'; it has letters"),
        (
            {"options": {"letters": "many"}},
            "names: option 'letters' must be integer, not 'many'; it takes a whole number, such as 4",
        ),
        ({"articles": 0}, "articles is 0; it must be between 1 and 1,000"),
        ({"articles": 10**30}, f"articles is {10**30}; it must be between 1 and 1,000"),
        ({"which": "best"}, "which is 'best'; it must be one of newest, spread, decided"),
        ({"source": "gone"}, "there is no source 'gone'; leave it out for all of them"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_rule(values, rule):
    assert refusal(**values) == rule


def test_processor_without_a_place_in_the_plan_is_refused_with_the_reason(install):
    install(Names())
    assert refusal() == "names requires 'text', which nothing provides; install or enable a provider"


def test_run_keeps_what_was_asked(install):
    install(Lines(), Names())
    source = processed(source="wire").snapshot.article.source
    run = asked(options={"letters": 3}, articles=7, which="spread", source="wire")
    assert (run.options, run.articles, run.which, run.source) == ({"letters": 3}, 7, "spread", source)


def test_run_is_handed_out_once_in_a_while(settings):
    run = asked()
    assert (hand_out(), hand_out()) == ([run.pk], [])
    settings.NEWSDESK = {**settings.NEWSDESK, "nudge_seconds": -1}
    assert hand_out() == [run.pk]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_run_that_is_over_is_not_handed_out(state):
    ShadowRun.objects.filter(pk=asked().pk).update(state=state)
    assert hand_out() == []


def test_run_whose_worker_died_is_handed_out_again():
    run = asked()
    held = ShadowRun.objects.filter(pk=run.pk)
    held.update(state="running", lease_until=Now() + timedelta(seconds=60))
    assert hand_out() == []
    held.update(lease_until=Now() - timedelta(seconds=1))
    assert hand_out() == [run.pk]
