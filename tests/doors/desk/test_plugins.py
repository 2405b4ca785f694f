"""The list of plugins, the page of one, and its switch."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from newsdesk.host import catalogue, registry, services
from newsdesk.host.models import PluginSwitch
from newsdesk.pipeline import Plugin, Problem
from newsdesk.pipeline.documentation import Documentation, Link
from tests.doors.desk.stage import person

LIST = "/host/processorsetting/"
PAGE = f"{LIST}plugins/quotes/"
TURN = f"{PAGE}turn/"


@pytest.fixture
def keeper(db):
    """A client that is logged in as a plugin admin."""
    client = Client()
    client.force_login(person("plugin admin", "pia"))
    return client


@pytest.fixture
def installed(monkeypatch):
    """A function that has the desk see other plugins than there are: `installed(problems=…, unlisted=…, on_disk=…)`."""

    def installed(on_disk=(), **changed):
        there = catalogue.installed()
        seen = replace(registry.registry(), **changed)
        for module in (catalogue, registry, services):
            monkeypatch.setattr(module, "registry", lambda: seen)
        monkeypatch.setattr(catalogue, "installed", lambda: (*there, *on_disk))

    return installed


def words(answer):
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor"])
def test_whoever_is_no_plugin_admin_sees_no_switch_and_may_not_turn_it(db, role):
    client = Client()
    client.force_login(person(role))
    assert ('name="turn"' in client.get(PAGE).text, client.post(TURN, {"turn": "off"}).status_code) == (False, 403)
    assert not PluginSwitch.objects.exists()


def test_strangers_see_nothing_and_turn_nothing(client, db):
    assert [client.get(PAGE).status_code, client.post(TURN, {"turn": "off"}).status_code] == [302, 302]
    assert not PluginSwitch.objects.exists()


def test_switch_is_not_turned_from_another_site(db):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("plugin admin"))
    assert client.post(TURN, {"turn": "off"}).status_code == 403


def test_switch_is_not_turned_by_a_link(keeper):
    assert keeper.get(TURN).status_code == 405


@pytest.mark.parametrize("name", ["quotez", "%00", "a" * 300, "%F0%9F%A6%8A"])
def test_plugin_that_is_not_there_is_not_found(keeper, name):
    pages = [keeper.get(f"{LIST}plugins/{name}/"), keeper.post(f"{LIST}plugins/{name}/turn/", {"turn": "off"})]
    assert [each.status_code for each in pages] == [404, 404]


def test_plugin_admin_turns_a_plugin_off_and_on_and_the_history_tells_who(keeper):
    assert "From now on, quotes is off." in keeper.post(TURN, {"turn": "off"}, follow=True).text
    off = words(keeper.get(PAGE))
    assert ("Turn quotes on" in off, "quotes" in [each.name for each in registry.plan().processors]) == (True, False)
    keeper.post(TURN, {"turn": "on"})
    assert re.search(r"Turned on and off on, [^,]+, [\d:]+ , pia off, [^,]+, [\d:]+ , pia What", words(keeper.get(PAGE)))
    assert "quotes" in [each.name for each in registry.plan().processors]


def test_list_tells_state_and_what_each_plugin_brings(editor):
    PluginSwitch.objects.create(plugin="jsonl", enabled=False)
    said = words(editor.get(LIST))
    assert "quotes on newsdesk-quotes 0.1.0 &gt;=0.1,&lt;0.2 quotes" in said
    assert "jsonl off newsdesk-jsonl 0.1.0 &gt;=0.1,&lt;0.2 jsonl" in said


def test_readers_and_kinds_are_among_what_a_plugin_brings(editor):
    said = words(editor.get(LIST))
    assert ["&gt;=0.1,&lt;0.2 notices, notice" in said, "ninjs 0.1.0 &gt;=0.1,&lt;0.2 ninjs" in said] == [True, True]
    reader, kind = (words(editor.get(f"{LIST}plugins/{name}/")) for name in ("ninjs", "notices"))
    assert "ninjs 1 reader application/ninjs+json, application/vnd.iptc.ninjs+json the document" in reader
    assert "notice kind – Notice" in kind


def test_empty_list_says_what_to_do(editor, installed, monkeypatch):
    installed(plugins=(), processors={}, exporters={}, owners={})
    monkeypatch.setattr(catalogue, "installed", lambda: ())
    assert "No plugin is installed. Without one, no document gets a text. Install newsdesk-text" in words(editor.get(LIST))


@pytest.mark.parametrize(
    ("changed", "state", "remedy", "switch"),
    [
        ({"problems": (Problem("acme", "is <broken>; mend it"),)}, "left out", "acme is &lt;broken&gt;; mend it", True),
        ({"unlisted": (Plugin("acme", "acme-topics", "2.0"),)}, "not listed", "add acme there and restart", False),
        ({}, "waits for a restart", "Restart web and workers to have it.", True),
    ],
    ids=["broken", "not listed", "new"],
)
def test_plugin_that_is_not_loaded_says_why_and_what_to_do(keeper, installed, changed, state, remedy, switch):
    installed(on_disk=(Plugin("acme", "acme-topics", "2.0"),), **changed)
    page = words(keeper.get(f"{LIST}plugins/acme/"))
    assert f"acme {state} acme-topics 2.0" in words(keeper.get(LIST))
    assert (remedy in page, "no range of Newsdesk is declared" in page, "Turn acme off" in page) == (True, True, switch)


def test_plugin_that_is_broken_is_turned_off_and_on_by_its_page(keeper, installed, monkeypatch):
    acme = Plugin("acme", "acme-topics", "2.0")
    installed(on_disk=(acme,), problems=(Problem("acme", "is broken; mend it"),))
    monkeypatch.setattr(services.discovery, "installed", lambda: (acme,))
    turn = f"{LIST}plugins/acme/turn/"
    off = words(keeper.post(turn, {"turn": "off"}, follow=True))
    assert ["is broken" in off, "acme off acme-topics" in words(keeper.get(LIST))] == [False, True]
    assert "Nothing of it is imported." in off
    on = words(keeper.post(turn, {"turn": "on"}, follow=True))
    assert ["When web and workers restart, acme is tried again." in on, "is broken; mend it" in on] == [True, True]


def test_processor_without_a_place_is_told_on_the_page_of_its_plugin(editor, installed):
    installed(problems=(Problem("quotes", "requires what nothing provides; install it"),))
    assert "Trouble quotes requires what nothing provides; install it" in words(editor.get(PAGE))


def test_words_of_authors_are_shown_and_never_taken_for_markup(editor, monkeypatch):
    link = Link("<b>docs</b>", "https://acme.example/?a&b", "acme.example")
    hostile = Documentation("<i>sum</i>", "<script>alert(1)</script>", (link,))
    monkeypatch.setattr("newsdesk.desk.installed.documentation", lambda _: hostile)
    page = editor.get(PAGE).text
    assert [each in page for each in ("<script>alert", "<i>sum", "<b>docs")] == [False] * 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</pre>" in page
    assert 'href="https://acme.example/?a&amp;b" rel="noopener noreferrer nofollow"><bdi>&lt;b&gt;docs' in page


def test_readme_of_a_plugin_of_ours_is_shown(editor):
    assert "What its authors say" in words(editor.get(PAGE))
    assert "newsdesk-quotes" in editor.get(PAGE).text.partition("<pre")[2]


def test_pages_take_the_same_few_queries_whatever_is_installed(editor, installed, django_assert_max_num_queries):
    installed(on_disk=[Plugin(f"acme-{number}", "acme", "1") for number in range(20)])
    with django_assert_max_num_queries(13):
        editor.get(LIST)
    with django_assert_max_num_queries(8):
        editor.get(PAGE)
