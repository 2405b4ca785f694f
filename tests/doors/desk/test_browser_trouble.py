"""The article page in a real browser, when things go wrong: what was decided is stored once, or put back with the reason."""

import pytest
from django.contrib.auth.models import Group, User

from newsdesk.processing.models import Job
from newsdesk.review.models import Decision
from newsdesk.sdk import Artifact as Found
from tests.doors.desk.stage import PASSWORD, add_run, article, many_quotes, person, quote, received
from tests.doors.desk.visitor import press, standing, states

pytestmark = pytest.mark.django_db(transaction=True)


def test_shift_n_goes_to_the_next_article_when_all_is_saved(desk):
    older = article(name="1")
    visitor = desk(article(name="2"))
    press(visitor, "a", "Shift+N")
    visitor.page.wait_for_url(f"**/corpus/article/{older.pk}/change/")
    assert standing(visitor.row) == [("metadata", "accept")]


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
