"""Shadow runs in Chromium: by keyboard alone, and a page that follows the work."""

import pytest

from newsdesk.shadow.models import ShadowRun
from tests.apps.shadow.stage import worked
from tests.doors.desk.shadows import CANDIDATE, shadow_run, tally, waiting_run
from tests.doors.desk.stage import article, person
from tests.doors.desk.visitor import press

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kim(visit):
    """A plugin admin at a browser."""
    person("plugin admin", "kim")
    return visit("kim")


def test_shadow_run_is_started_by_keyboard_and_its_report_appears_by_itself(kim):
    page = kim.page
    page.goto("/shadow/shadowrun/add/?processor=quotes")
    page.focus("#id_options")
    press(kim, "Control+A")
    page.keyboard.type('{"min_confidence": 1.0}')
    page.focus("#id_source")
    press(kim, "Enter")
    page.wait_for_selector("#waiting")
    run = worked(ShadowRun.objects.get())
    page.wait_for_selector(".state-done")
    assert (run.options, page.is_visible(".empty-state"), kim.complaints) == ({"min_confidence": 1.0}, True, [])


def test_page_follows_the_work(kim):
    run = waiting_run()
    kim.page.goto(f"/shadow/shadowrun/{run.pk}/change/")
    ShadowRun.objects.filter(pk=run.pk).update(
        state="running", candidate=CANDIDATE, snapshots=[1, 2, 3, 4], tally=tally(article(name="b"))
    )
    kim.until("document.getElementById('waiting-progress').value === 1")
    assert kim.page.inner_text("#waiting span").startswith("1 of 4 articles compared")


def test_rest_of_the_decisions_opens_by_keyboard(kim):
    kim.page.goto(f"/shadow/shadowrun/{shadow_run().pk}/change/")
    kim.page.focus(".rest summary")
    press(kim, "Enter")
    assert kim.page.locator(".rest .differences").is_visible()


def test_filter_keeps_to_the_findings(kim):
    kim.page.goto(f"/shadow/shadowrun/{shadow_run().pk}/change/")
    kim.page.focus(".shadow-filters a:has-text('gone')")
    press(kim, "Enter")
    kim.page.wait_for_selector(".shadow-filters a[aria-current]:has-text('gone')")
    assert kim.page.locator("#items ~ .differences > li").count() == 1
