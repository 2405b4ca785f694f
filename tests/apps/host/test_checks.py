import pytest

from newsdesk.host.checks import check_plugins
from newsdesk.pipeline import Problem
from tests.apps.factories import Census, Lines, Names


class Circular(Names):
    """Needs what needs it."""

    requires = ("near-duplicate",)


def said():
    return [(message.id, message.obj, message.msg) for message in check_plugins()]


def test_nothing_is_said_where_all_is_well():
    assert said() == []


def test_plugin_that_cannot_be_loaded_is_named_with_the_reason(install):
    install(Lines(), problems=(Problem("quotes", "cannot be loaded: ImportError: no such thing; mend or uninstall it"),))
    assert said() == [("newsdesk.W001", "quotes", "cannot be loaded: ImportError: no such thing; mend or uninstall it")]


def test_processor_without_a_provider_is_named_with_the_reason(install):
    install(Lines(), Census())
    assert said() == [
        ("newsdesk.W001", "census", "census requires 'person', which nothing provides; install or enable a provider")
    ]


def test_processors_that_need_each_other_are_named(install):
    install(Lines(), Circular(), Census())
    assert "needs what needs it" in said()[0][2]


def test_limits_for_a_processor_that_is_not_installed_are_told(settings):
    limits = {"naems": settings.NEWSDESK["plugin_limits"], "names": settings.NEWSDESK["plugin_limits"]}
    settings.NEWSDESK = {**settings.NEWSDESK, "processor_limits": limits}
    assert said() == [
        (
            "newsdesk.W003",
            None,
            "NEWSDESK_PLUGIN_LIMITS has limits for 'naems', which is no processor or reader that is installed",
        )
    ]


def test_desk_without_any_text_is_told_what_to_install(install):
    install()
    assert [(message.id, message.hint[:22]) for message in check_plugins()] == [("newsdesk.W002", "Install newsdesk-text ")]


@pytest.mark.parametrize("problem", [Problem("quotes", "broken"), Problem("html", "broken too")])
def test_whatever_is_wrong_with_a_plugin_is_a_warning_and_stops_nothing(install, problem):
    install(Census(), problems=(problem,))
    assert not any(message.is_serious() for message in check_plugins())
