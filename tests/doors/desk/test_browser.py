"""The article page in a real browser: one key is one decision, and nothing that was decided is lost."""

import pytest
from django.contrib.auth.models import User

from newsdesk.access.policy import Actor
from newsdesk.review.models import Decision
from newsdesk.review.services import add, decide
from tests.doors.desk.stage import PASSWORD, article, artifact, person, quote
from tests.doors.desk.visitor import press, standing, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_open_finding_has_the_focus(desk):
    assert desk().focused() == "1"


def test_one_key_decides_and_the_next_open_finding_has_the_focus(desk):
    visitor = desk()
    press(visitor, "a")
    assert (states(visitor), visitor.focused()) == (["accepted", "open", "open", "open"], "2")


def test_a_whole_day_by_keyboard(visit):
    person("editor", "ana")
    visitor = visit(None)
    visitor.row = article()
    visitor.page.goto("/")
    visitor.until("document.activeElement.id === 'id_username'")
    visitor.page.keyboard.type("ana")
    press(visitor, "Tab")
    visitor.page.keyboard.type(PASSWORD)
    press(visitor, "Enter")
    visitor.page.wait_for_url(lambda url: "login" not in url)
    visitor.page.focus(".next-up a")
    press(visitor, "Enter")
    visitor.page.wait_for_url("**/change/")
    visitor.until("document.activeElement.dataset.n === '1'")
    press(visitor, "a", "a", "x", "a")
    visitor.until_saved()
    assert standing(visitor.row) == [
        ("boilerplate", "accept"),
        ("metadata", "accept"),
        ("quote", "accept"),
        ("quote", "reject"),
    ]
    assert (visitor.complaints, Decision.objects.count()) == ([], 4)


def test_the_end_of_an_article_is_announced(desk):
    visitor = desk()
    press(visitor, "a", "a", "a", "a")
    assert "All findings" in visitor.page.inner_text("#said")


@pytest.mark.parametrize("key", ["u", "Backspace"])
def test_undo_goes_back_to_what_was_decided_last(desk, key):
    visitor = desk()
    press(visitor, "a", "x", key)
    visitor.until_saved()
    assert (states(visitor)[:2], visitor.focused(), standing(visitor.row)) == (
        ["accepted", "open"],
        "2",
        [("metadata", "accept")],
    )


def test_undo_again_takes_back_one_more(desk):
    visitor = desk()
    press(visitor, "a", "x", "u", "u")
    visitor.until_saved()
    assert (states(visitor), standing(visitor.row)) == (["open"] * 4, [])


def test_undo_on_a_decided_finding_takes_that_one_back(desk):
    visitor = desk()
    press(visitor, "a", "x", "k", "k", "u")
    visitor.until_saved()
    assert states(visitor)[:2] == ["open", "rejected"]


def test_undo_lets_stand_what_stood_before(desk):
    visitor = desk()
    press(visitor, "a", "k", "x", "k", "u")
    visitor.until_saved()
    assert (states(visitor)[0], standing(visitor.row)) == ("accepted", [("metadata", "accept")])


def test_a_decision_of_an_earlier_visit_is_taken_back(desk):
    visitor = desk()
    press(visitor, "a")
    visitor.until_saved()
    visitor.page.reload()
    press(visitor, "k", "u")
    visitor.until_saved()
    assert standing(visitor.row) == []


def test_undo_with_nothing_done_says_so(desk):
    visitor = desk()
    press(visitor, "u")
    assert visitor.page.inner_text("#said") == "There is nothing to take back."


def test_the_same_verdict_again_is_no_second_decision(desk):
    visitor = desk()
    press(visitor, "a", "k", "a")
    visitor.until_saved()
    assert Decision.objects.count() == 1


def test_a_key_held_down_decides_once(desk):
    visitor = desk()
    visitor.page.keyboard.down("a")
    for _ in range(5):
        visitor.page.keyboard.down("a")
    visitor.page.keyboard.up("a")
    assert states(visitor).count("accepted") == 1


@pytest.mark.parametrize("keys", [["Control+a"], ["Alt+x"], ["Shift+A"], ["q"]])
def test_other_keys_decide_nothing(desk, keys):
    visitor = desk()
    press(visitor, *keys)
    assert states(visitor) == ["open"] * 4


def test_keys_of_an_input_method_are_left_alone(desk):
    visitor = desk()
    visitor.page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'a', isComposing: true, bubbles: true}))"
    )
    assert states(visitor) == ["open"] * 4


@pytest.mark.parametrize("place", ["#text", "#search", "#next-article, .article-bar a"])
def test_keys_work_only_while_the_list_has_the_focus(desk, place):
    visitor = desk()
    visitor.page.focus(place)
    press(visitor, "a", "x")
    assert states(visitor) == ["open"] * 4


def test_moving_decides_nothing(desk):
    visitor = desk()
    press(visitor, "j", "ArrowDown", "k", "ArrowUp", "k", "n")
    assert (states(visitor), visitor.focused()) == (["open"] * 4, "2")


def test_next_open_skips_what_is_decided(desk):
    visitor = desk()
    press(visitor, "j", "a", "k", "k", "n")
    assert visitor.focused() == "3"


def test_the_keys_are_told_and_the_focus_comes_back(desk):
    visitor = desk()
    press(visitor, "?")
    shown = visitor.page.is_visible("#keys")
    press(visitor, "Escape")
    assert (shown, visitor.page.is_visible("#keys"), visitor.focused()) == (True, False, "1")


def test_search_filters_and_escape_comes_back(desk):
    visitor = desk()
    press(visitor, "/")
    visitor.page.keyboard.type("thirty years,")
    visible = visitor.page.locator("#findings > li:visible").count()
    press(visitor, "Escape")
    assert (visible, visitor.page.locator("#findings > li:visible").count(), visitor.focused()) == (1, 4, "2")


def test_filters_keep_what_is_decided_in_place_until_chosen_again(desk):
    visitor = desk()
    visitor.page.click("[data-show=open]")
    visitor.page.focus("#f1")
    press(visitor, "a")
    still = visitor.page.locator("#findings > li:visible").count()
    visitor.page.click("[data-show=open]")
    assert (still, visitor.page.locator("#findings > li:visible").count()) == (4, 3)


def test_one_kind_alone(desk):
    visitor = desk()
    visitor.page.click("[data-kind=quote].filters a, .filters a[data-kind=quote]")
    assert visitor.page.locator("#findings > li:visible").count() == 2


def test_the_mouse_decides_too(desk):
    visitor = desk()
    visitor.page.click("#f2 .reject")
    visitor.page.click("#f2 .undo")
    visitor.page.click("#f2 .accept")
    visitor.until_saved()
    assert standing(visitor.row) == [("quote", "accept")]


def test_a_click_on_words_selects_their_finding(desk):
    visitor = desk()
    visitor.page.click("mark.quote-content >> nth=1")
    assert visitor.focused() == "3"


def test_boilerplate_given_back_is_body_at_once_and_counted(desk):
    visitor = desk()
    before = int(visitor.page.inner_text("#words"))
    press(visitor, "k", "j", "j", "j", "x")
    assert visitor.page.locator(".given-back").inner_text() == "Read also: Ten photos of the old port"
    assert int(visitor.page.inner_text("#words")) - before == 8
    visitor.until_saved()
    visitor.page.reload()
    assert int(visitor.page.inner_text("#words")) - before == 8


def test_what_only_an_editor_knew_of_is_gone_with_the_decision(desk):
    row, plain = article(), quote("nobody had asked").to_plain()
    person("editor", "ana")
    add(
        snapshot_id=row.snapshots.get().pk,
        actor=Actor(User.objects.get(username="ana"), "desk"),
        kind="quote",
        finding={"data": plain["data"], "spans": plain["spans"]},
    )
    visitor = desk(row)
    press(visitor, "j", "j", "j", "u")
    visitor.until_saved()
    visible = visitor.page.locator("#findings > li:visible").count()
    assert (visible, visitor.page.inner_text("#open-count"), standing(row)) == (4, "4", [])


def test_what_somebody_else_decided_cannot_be_taken_back(desk):
    row = article()
    decide(artifact_id=artifact(row, "metadata").pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    visitor = desk(row)
    press(visitor, "k", "u")
    assert "chief editor" in visitor.page.inner_text("#said")
