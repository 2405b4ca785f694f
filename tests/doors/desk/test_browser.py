"""The article page in a real browser: one key is one decision, and nothing that was decided is lost."""

import pytest
from django.contrib.auth.models import Group, User

from newsdesk.access.policy import Actor
from newsdesk.processing.models import Job
from newsdesk.review.models import Decision
from newsdesk.review.queries import standing_decisions
from newsdesk.review.services import add, decide
from newsdesk.sdk import Artifact as Found
from tests.doors.desk.stage import PASSWORD, add_run, article, artifact, many_quotes, person, quote, received

pytestmark = pytest.mark.django_db(transaction=True)


def standing(row):
    """What stands: kind and verdict."""
    return sorted((each.kind, each.verdict) for each in standing_decisions(row.pk).values())


@pytest.fixture
def desk(visit):
    """An article's page, open before an editor."""

    def desk(row=None, username="ana", role="editor", **options):
        if not User.objects.filter(username=username).exists():
            person(role, username)
        row = row or article()
        visitor = visit(username, **options)
        visitor.page.goto(f"/corpus/article/{row.pk}/change/")
        visitor.row = row
        return visitor

    return desk


def press(visitor, *keys):
    for key in keys:
        visitor.page.keyboard.press(key)


def states(visitor):
    return visitor.page.evaluate("[...document.querySelectorAll('#findings > li')].map(row => row.dataset.state)")


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


def test_shift_n_goes_to_the_next_article_when_all_is_saved(desk):
    older = article(name="1")
    visitor = desk(article(name="2"))
    press(visitor, "a", "Shift+N")
    visitor.page.wait_for_url(f"**/corpus/article/{older.pk}/change/")
    assert standing(visitor.row) == [("metadata", "accept")]


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


def test_a_refusal_puts_the_finding_back_and_says_why(desk):
    visitor = desk()
    User.objects.get(username="ana").groups.set([Group.objects.get_or_create(name="viewer")[0]])
    press(visitor, "a")
    visitor.until("document.getElementById('said').textContent.startsWith('Not stored')")
    assert (states(visitor), visitor.page.inner_text("#open-count"), Decision.objects.count()) == (["open"] * 4, "4", 0)
    assert "may not decide" in visitor.page.inner_text("#said")


def test_without_connection_nothing_is_lost(desk):
    visitor = desk()
    visitor.context.set_offline(True)
    press(visitor, "a", "x")
    visitor.until("document.getElementById('saving').dataset.state === 'trouble'")
    waiting = visitor.page.inner_text("#saving")
    visitor.context.set_offline(False)
    visitor.until_saved()
    assert ("not saved" in waiting, standing(visitor.row)) == (True, [("metadata", "accept"), ("quote", "reject")])


def test_a_repeat_after_a_lost_answer_is_one_decision(desk):
    visitor = desk()
    lost = []

    def lose_first(route):
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)
            route.abort()

    visitor.page.route("**/decide/", lose_first)
    press(visitor, "a")
    visitor.until("document.getElementById('saving').dataset.state === 'trouble'")
    visitor.until_saved()
    assert (lost, Decision.objects.count()) == ([200], 1)


def test_who_was_logged_out_keeps_the_decision_and_can_send_it_later(desk):
    visitor = desk()
    cookies = visitor.context.cookies()
    visitor.context.clear_cookies(name="sessionid")
    press(visitor, "a")
    visitor.until("document.getElementById('saving').textContent.includes('logged out')")
    visitor.context.add_cookies(cookies)
    visitor.page.click("#retry")
    visitor.until_saved()
    assert standing(visitor.row) == [("metadata", "accept")]


def test_a_new_log_in_in_another_tab_lets_waiting_decisions_through(desk):
    visitor = desk()
    visitor.context.clear_cookies()
    press(visitor, "a")
    visitor.until("document.getElementById('saving').textContent.includes('logged out')")
    other = visitor.context.new_page()
    other.goto("/login/")
    other.fill("#id_username", "ana")
    other.fill("#id_password", PASSWORD)
    other.press("#id_password", "Enter")
    other.wait_for_url(lambda url: "login" not in url)
    visitor.page.click("#retry")
    visitor.until_saved()
    assert standing(visitor.row) == [("metadata", "accept")]


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


def test_viewers_read_and_are_told_so(desk):
    visitor = desk(username="vic", role="viewer")
    press(visitor, "a")
    assert (states(visitor), visitor.page.inner_text("#said")) == (["open"] * 4, "You may read here, but not decide.")


def test_without_script_the_buttons_still_decide(desk):
    visitor = desk(java_script_enabled=False)
    visitor.page.click("#f2 .reject")
    assert (visitor.page.url.endswith("#f2"), standing(visitor.row)) == (True, [("quote", "reject")])


def test_a_page_that_waits_shows_the_result_when_it_is_there(visit):
    person()
    row, snapshot = received()
    visitor = visit("ana")
    visitor.page.goto(f"/corpus/article/{row.pk}/change/")
    add_run(snapshot, "plain-text", [Found("text", {"text": "It is here."})])
    Job.objects.update(state=Job.State.DONE)
    visitor.page.locator(".block", has_text="It is here.").wait_for()


def test_hostile_text_runs_nothing(desk):
    text = "<img src=x onerror=alert(1)> </script><script>alert(2)</script>"
    visitor = desk(article([quote(text, text=text)], [("body", text)], title=text))
    press(visitor, "a")
    visitor.until_saved()
    assert (visitor.complaints, visitor.page.locator(".block").inner_text()) == ([], text)


def test_the_live_region_speaks_once_for_each_decision(desk):
    visitor = desk()
    visitor.page.evaluate(
        "window.spoken = 0; new MutationObserver(all => window.spoken += all.length)"
        ".observe(document.getElementById('said'), {childList: true, characterData: true, subtree: true})"
    )
    press(visitor, "a", "x", "u")
    visitor.until_saved()
    assert visitor.page.evaluate("window.spoken") == 3


def test_three_hundred_findings_stay_quick_and_in_view(desk):
    visitor = desk(article(*many_quotes(300)))
    times = visitor.page.evaluate(
        """() => [...Array(40)].map((_, at) => {
            const started = performance.now();
            document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: at % 2 ? 'a' : 'x', bubbles: true}));
            document.body.offsetHeight;
            return performance.now() - started;
        })"""
    )
    box, bar = visitor.page.locator("#f41").bounding_box(), visitor.page.locator(".status-bar").bounding_box()
    assert sorted(times)[len(times) // 2] < 50  # milliseconds; the median, for the machine may be busy
    assert (visitor.focused(), box["y"] + box["height"] <= bar["y"]) == ("41", True)
    visitor.until_saved()
