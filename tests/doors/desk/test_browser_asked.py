"""Answering what is asked about decisions, in a real browser and without a mouse."""

import pytest

from newsdesk.review.models import Decision, Placement
from tests.doors.desk.questions import asked, twice
from tests.doors.desk.test_accessibility import VIEWS, violations
from tests.doors.desk.visitor import press

pytestmark = pytest.mark.django_db(transaction=True)


def statuses():
    return sorted(Placement.objects.values_list("status", flat=True))


def at(visitor, status):
    """Go to the question of this sort by keys alone."""
    number = Placement.objects.filter(status=status).count()
    assert number == 1
    words = {"changed": "finds it otherwise", "orphan": "no longer stand", "ambiguous": "not sure"}[status]
    rows = visitor.page.evaluate("[...document.querySelectorAll('#asked > li')].map(row => row.innerText)")
    press(visitor, *["k"] * 9, *["j"] * next(index for index, text in enumerate(rows) if words in text))
    assert visitor.page.evaluate("document.activeElement.closest('#asked') !== null")


def answered(visitor, *keys):
    """Press the keys and wait for the page that follows."""
    with visitor.page.expect_navigation():
        press(visitor, *keys)


def test_what_is_asked_has_the_focus_before_what_is_open(desk):
    visitor = desk(asked())
    assert visitor.page.evaluate("document.activeElement === document.querySelector('#asked > li')")


@pytest.mark.parametrize(("key", "words"), [("a", "Yours is kept"), ("e", "new version is taken")])
def test_of_two_versions_one_key_keeps_mine_or_takes_the_new(desk, key, words):
    visitor = desk(asked())
    at(visitor, "changed")
    answered(visitor, key)
    assert (words in visitor.page.inner_text(".messagelist"), "changed" in statuses()) == (True, False)
    assert visitor.complaints == []


def test_one_key_keeps_an_orphan_as_historical(desk):
    visitor = desk(asked())
    at(visitor, "orphan")
    answered(visitor, "h")
    assert "historical" in statuses()


def test_one_key_says_which_place_is_meant(desk):
    visitor = desk(twice())
    at(visitor, "ambiguous")
    answered(visitor, "2")
    assert statuses() == ["kept"]


def test_orphan_is_attached_to_words_that_are_typed(desk):
    visitor = desk(asked())
    at(visitor, "orphan")
    press(visitor, "Tab")
    visitor.page.keyboard.type("vote is counted again")
    answered(visitor, "Enter")
    assert ("kept" in statuses(), visitor.complaints) == (True, [])


def test_orphan_is_dropped_with_a_reason_that_is_typed(desk):
    visitor = desk(asked())
    at(visitor, "orphan")
    visitor.page.focus("#asked [name=reason]")
    visitor.page.keyboard.type("axe")  # letters that are keys of the list do nothing here
    answered(visitor, "Enter")
    assert "dropped" in statuses()


def test_escape_leaves_the_words_for_the_question(desk):
    visitor = desk(asked())
    at(visitor, "orphan")
    press(visitor, "Tab", "Escape")
    assert visitor.page.evaluate("document.activeElement.classList.contains('asked')")


def test_rejecting_key_does_nothing_to_what_is_asked(desk):
    visitor = desk(asked())
    at(visitor, "changed")
    press(visitor, "x")
    visitor.page.wait_for_timeout(100)
    assert "changed" in statuses()


def test_answer_waits_for_what_is_not_saved_yet(desk):
    visitor = desk(asked())
    visitor.page.focus("#findings > li")
    visitor.context.set_offline(True)
    press(visitor, "x")
    at(visitor, "changed")
    press(visitor, "e")
    assert "changed" in statuses()
    with visitor.page.expect_navigation():
        visitor.context.set_offline(False)
    assert (statuses(), Decision.objects.filter(kind="metadata", verdict="reject").count()) == (
        ["carried", "orphan", "suppressed", "suppressed"],
        1,
    )


def test_the_way_from_the_list_to_the_question(desk):
    visitor = desk(asked())
    visitor.page.goto("/review/placement/")
    visitor.page.focus(".facts-table a")
    press(visitor, "Enter")
    visitor.page.wait_for_url("**#asked")
    visitor.until("document.activeElement.closest('#asked') !== null")


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("make", [asked, twice])
def test_questions_are_accessible(desk, make, view):
    page = desk(make(), bypass_csp=True, **VIEWS[view]).page
    assert violations(page) == []
    page.goto("/review/placement/")
    assert violations(page) == []


def test_questions_do_not_scroll_sideways_at_320_pixels(desk):
    page = desk(asked(), **VIEWS["narrow"]).page
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    page.goto("/review/placement/")
    assert [*widths, page.evaluate("document.documentElement.scrollWidth")] == [320, 320]
