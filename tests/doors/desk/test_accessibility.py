"""axe-core finds nothing on any page: light, dark, and 320 pixels wide; and no page scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from newsdesk.access.policy import Actor
from newsdesk.host.services import set_options
from newsdesk.processing.models import Job
from newsdesk.processing.selection import Selection
from newsdesk.processing.services import mute, reprocess_many
from newsdesk.review.services import decide
from tests.apps.factories import processed
from tests.doors.desk.optioned import Topics, installed
from tests.doors.desk.scoring import decided, drifting
from tests.doors.desk.shadows import shadow_run, waiting_run
from tests.doors.desk.stage import add_run, article, artifact, person, received

pytestmark = pytest.mark.django_db(transaction=True)

VIEWS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 700}},
    "forced": {"forced_colors": "active", "viewport": {"width": 1280, "height": 800}},
}
PAGES = (
    "/", "/corpus/article/", "/corpus/article/add/", "/review/decision/", "/processing/job/", "/processing/run/",
    "/host/processorsetting/", "/access/apikey/", "/access/apikey/add/", "/password_change/", "/processing/mute/",
    "/processing/batch/", "/shadow/shadowrun/", "/host/processorsetting/plugins/quotes/",
    "/scores/score/", "/scores/judgement/", "/scores/measure/",
)  # fmt: skip

REPROCESS = "/processing/batch/add/"


def violations(page):
    """What axe finds. It cannot tell the colours that a system forces from ours, so there it looks at all but contrast."""
    forced = page.evaluate("matchMedia('(forced-colors: active)').matches")
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": not forced}}}
    found = Axe().run(page, options=options).response["violations"]
    return [(each["id"], [node["target"] for node in each["nodes"]][:5]) for each in found]


@pytest.fixture
def row(transactional_db):
    """An article with a finding in each state, and one that failed."""
    row = article()
    ben = Actor(person(username="ben"), "desk")
    decide(artifact_id=artifact(row, "metadata").pk, actor=ben, verdict="accept")
    decide(artifact_id=artifact(row, "boilerplate").pk, actor=ben, verdict="reject")
    add_run(row.snapshots.get(), "names", outcome="failed", error="IndexError: list index out of range")
    received("fresh")
    person("editor", "ana")
    return row


@pytest.mark.parametrize("view", VIEWS)
def test_the_article_page(row, visit, view):
    page = visit("ana", bypass_csp=True, **VIEWS[view]).page
    page.goto(f"/corpus/article/{row.pk}/change/")
    assert violations(page) == []
    page.focus("#f2")
    page.keyboard.press("x")
    page.keyboard.press("?")
    assert violations(page) == []


@pytest.mark.parametrize("view", VIEWS)
def test_all_other_pages(row, visit, view):
    page = visit("ana", bypass_csp=True, **VIEWS[view]).page
    found = {}
    for path in PAGES:
        page.goto(path)
        found[path] = violations(page)
    assert found == {path: [] for path in PAGES}


@pytest.mark.parametrize("view", VIEWS)
def test_the_pages_of_scores(transactional_db, visit, view):
    decided(quotes=50, accepted=30, rejected=20, version="1", name="a")
    decided(quotes=50, accepted=45, rejected=5, version="2", name="b")
    drifting()
    person("viewer", "vic")
    page = visit("vic", bypass_csp=True, **VIEWS[view]).page
    found = {}
    for path in ("/", "/scores/score/", "/scores/score/of/finder/", "/scores/judgement/", "/scores/measure/"):
        page.goto(path)
        found[path] = (violations(page), page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
    assert found == {path: ([], True) for path in found}


@pytest.fixture
def work(transactional_db):
    """A desk with trouble of each kind, some of it muted, and a batch at work, before a chief editor."""
    assert [article(name=str(number), state=state) for number, state in enumerate(("failed", "failed", "quarantined", "done"))]
    jobs = list(Job.objects.order_by("pk").select_related("snapshot"))
    add_run(jobs[0].snapshot, "quotes", outcome="failed", cause="IndexError", error="IndexError: list index out of range")
    add_run(jobs[1].snapshot, "quotes", outcome="failed", cause="KeyError", error="KeyError: 'speaker'")
    add_run(jobs[2].snapshot, "quotes", outcome="failed", cause="SIGSEGV", error="quotes crashed: SIGSEGV")
    Job.objects.filter(pk=jobs[2].pk).update(crashed_in="quotes")
    _, waiting = received("waiting")
    Job.objects.filter(snapshot=waiting).update(postponed=2, trouble="OSError: [Errno 28] No space left on device")
    eva = Actor(person("chief editor", "eva"), "desk")
    mute(processor="quotes", cause="KeyError", actor=eva)
    batch = reprocess_many(selection=Selection(state="done"), actor=eva)
    return (
        "/processing/mute/",
        f"/processing/batch/{batch.pk}/change/",
        "/processing/batch/",
        REPROCESS,
        f"{REPROCESS}?state=",
    )


@pytest.mark.parametrize("view", VIEWS)
def test_the_pages_of_the_work(work, visit, view):
    page = visit("eva", bypass_csp=True, **VIEWS[view]).page
    found = {}
    for path in work:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found[path] = violations(page)
    assert found == {path: [] for path in work}


def test_the_pages_of_the_work_fit_and_make_nobody_complain(work, visit):
    visitor = visit("eva", **VIEWS["narrow"])
    widths = {}
    for path in work:
        visitor.page.goto(path)
        widths[path] = visitor.page.evaluate("document.documentElement.scrollWidth")
    assert (set(widths.values()), visitor.complaints) == ({320}, [])


@pytest.mark.parametrize("view", VIEWS)
def test_shadow_runs(row, visit, view):
    person("chief editor", "cai")
    runs = [
        shadow_run(row),
        shadow_run(row, state="running"),
        waiting_run(),
        waiting_run(state="failed", reason="start it again"),
    ]
    page = visit("cai", bypass_csp=True, **VIEWS[view]).page
    found = {}
    for path in ("add/", *(f"{run.pk}/change/" for run in runs)):
        page.goto(f"/shadow/shadowrun/{path}")
        found[path] = (violations(page), page.evaluate("document.documentElement.scrollWidth > innerWidth"))
    assert set(map(str, found.values())) == {"([], False)"}, found


@pytest.mark.parametrize("view", VIEWS)
def test_options_of_a_processor(transactional_db, visit, monkeypatch, view):
    installed(monkeypatch, Topics())
    kim = Actor(person("plugin admin", "kim"), "desk")
    processed("Harbour vote passes\n\nThe harbour at Lind is old.\n", source="wire")
    set_options(processor="topics", options={"least": 4, "token": "s3cr3t"}, actor=kim)
    set_options(processor="topics", options={"least": 5}, source="wire", actor=kim)
    page = visit("kim", bypass_csp=True, **VIEWS[view]).page
    found = {}
    for path, button in (("", ""), ("?source=wire", ""), ("", "See what becomes due"), ("", "Save and see")):
        page.goto(f"/host/processorsetting/options/topics/{path}")
        page.fill("#id_option-country", "Sweden" if button.startswith("Save") else "SE")
        page.click(f"text={button or 'Who changed what'}")
        found[path, button] = (violations(page), page.evaluate("document.documentElement.scrollWidth > innerWidth"))
    assert set(map(str, found.values())) == {"([], False)"}, found


def test_outcome_of_a_button_is_in_view_and_the_policy_is_kept(transactional_db, visit, monkeypatch):
    installed(monkeypatch, Topics())
    person("plugin admin", "kim")
    processed("Harbour vote passes\n\nThe harbour at Lind is old.\n")
    visitor = visit("kim")
    visitor.page.goto("/host/processorsetting/options/topics/")
    visitor.page.click("text=See what becomes due")
    top = visitor.page.evaluate("document.getElementById('outcome').getBoundingClientRect().top")
    assert (0 <= top < visitor.page.viewport_size["height"], visitor.complaints) == (True, [])


@pytest.mark.parametrize("view", VIEWS)
def test_the_page_to_log_in(visit, view):
    page = visit(None, bypass_csp=True, **VIEWS[view]).page
    page.goto("/login/")
    assert violations(page) == []


def test_no_page_scrolls_sideways_at_320_pixels(row, visit):
    page = visit("ana", **VIEWS["narrow"]).page
    widths = {}
    for path in (*PAGES, f"/corpus/article/{row.pk}/change/"):
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert set(widths.values()) == {320}


def test_no_page_makes_the_browser_complain(row, visit):
    visitor = visit("ana")
    for path in (*PAGES, f"/corpus/article/{row.pk}/change/"):
        visitor.page.goto(path, wait_until="networkidle")
    assert visitor.complaints == []


def test_nothing_comes_from_elsewhere_and_little_at_all(row, visit):
    visitor = visit("ana")
    asked = []
    visitor.page.on("requestfinished", lambda request: asked.append((request.url, request.sizes()["responseBodySize"])))
    visitor.page.goto(f"/corpus/article/{row.pk}/change/", wait_until="networkidle")
    assert {url.split("/")[2] for url, _ in asked} == {visitor.page.url.split("/")[2]}
    assert (len(asked) <= 12, sum(size for _, size in asked) < 150_000) == (True, True)
