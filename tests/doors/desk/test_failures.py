"""Failures by cause on the desk: what each role may do about them, and that the buttons do it."""

import pytest
from django.test import Client

from newsdesk.processing.models import Batch, Job, Mute
from tests.doors.desk.stage import add_run, article, person, received

PAGE = "/processing/mute/"
ACT = f"{PAGE}act/"
HOSTILE = "<script>alert(1)</script>"


def failed(name="1", *, cause="IndexError", error="IndexError: list index out of range", state="failed"):
    row = article(name=name, state=state, title=f"Story {name}")
    add_run(row.snapshots.get(), "quotes", outcome="failed", cause=cause, error=error)
    return row


def quarantined(name="1"):
    row = failed(name, cause="SIGSEGV", error="quotes crashed: SIGSEGV", state="quarantined")
    Job.objects.filter(snapshot__article=row).update(crashed_in="quotes", crashes=3)
    return row


def died_with(name="1"):
    row = article(name=name, state="quarantined", title=f"Story {name}")
    Job.objects.filter(snapshot__article=row).update(lost=5, trouble="5 workers died with this document in hand")
    return row


def postponed(name="1", trouble="OperationalError: disk full"):
    row, snapshot = received(name)
    Job.objects.filter(snapshot=snapshot).update(postponed=4, trouble=trouble)
    return row


def act(client, do, cause="IndexError", processor="quotes"):
    return client.post(ACT, {"do": do, "processor": processor, "cause": cause})


def state(row):
    return Job.objects.get(snapshot__article=row).state


@pytest.fixture
def chief(client, db):
    client.force_login(person("chief editor", "eva"))
    return client


# What the page shows


def test_desk_without_trouble_says_so(editor):
    article()
    assert "Nothing is in trouble" in editor.get(PAGE).text


def test_message_that_would_fill_the_page_is_folded_and_whole(editor):
    failed(error=f"ValueError: {'word ' * 300}end")
    page = editor.get(PAGE).text
    assert ('<details class="message"' in page, "word end" in page) == (True, True)


def test_each_kind_of_trouble_has_its_place(editor):
    failed("1")
    quarantined("2")
    postponed("3")
    context = editor.get(PAGE).context
    assert [len(context[kind]) for kind in ("postponed", "quarantined", "failed", "muted")] == [1, 1, 1, 0]


def test_document_that_workers_died_with_is_listed_with_these_words(editor):
    died_with()
    page = editor.get(PAGE).text
    said = "workers died with it", "5 workers died with this document in hand", "the run that crashed is gone"
    assert [words in page for words in said] == [True, True, False]


def test_message_of_a_plugin_is_shown_as_text(editor):
    failed(error=HOSTILE)
    page = editor.get(PAGE).text
    assert (HOSTILE in page, "&lt;script&gt;alert(1)" in page) == (False, True)


@pytest.mark.parametrize("make", [failed, quarantined, died_with, postponed])
def test_cause_leads_to_its_documents(editor, make):
    make("1")
    article(name="2")
    context = editor.get(PAGE).context
    shown = next(each for kind in ("postponed", "quarantined", "failed") for each in context[kind])
    assert len(editor.get(shown.documents_url).context["cl"].result_list) == 1


def test_document_as_it_came_is_one_click_away(editor):
    row = failed()
    assert f"/corpus/article/{row.pk}/original/{row.snapshots.get().pk}/" in editor.get(PAGE).text


@pytest.mark.parametrize("count", [2, 12])
def test_queries_do_not_grow_with_the_causes(editor, django_assert_max_num_queries, count):
    assert [failed(str(number), cause=f"Cause{number}") for number in range(count)]
    with django_assert_max_num_queries(15):
        editor.get(PAGE)


def test_start_page_leads_to_the_failures_and_leaves_muted_ones_out(chief):
    failed("1")
    failed("2", cause="KeyError")
    act(chief, "mute")
    answer = chief.get("/")
    assert (answer.context["trouble"], f'href="{PAGE}"' in answer.text) == (1, True)


# Who may do what


@pytest.mark.parametrize("do", ["retry", "release", "mute", "unmute"])
@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_causes_are_not_an_editors_to_act_on(client, db, role, do):
    client.force_login(person(role))
    row = failed()
    assert (act(client, do).status_code, state(row), Mute.objects.count()) == (403, "failed", 0)


def test_editor_sees_no_button_that_is_not_theirs(editor):
    failed()
    quarantined("2")
    page = editor.get(PAGE).text
    assert [f'value="{do}"' in page for do in ("retry", "release", "mute")] == [False, False, False]


@pytest.mark.parametrize("address", [ACT, "/processing/job/1/again/"])
def test_nothing_is_done_by_looking(chief, address):
    failed()
    assert chief.get(address).status_code == 405


def test_post_without_a_token_is_refused(client, db):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("chief editor"))
    row = failed()
    assert (act(strict, "retry").status_code, state(row)) == (403, "failed")


@pytest.mark.parametrize("do", ["", "delete", "retry-all"])
def test_unknown_act_does_nothing(chief, do):
    row = failed()
    assert (act(chief, do)["Location"], state(row)) == (PAGE, "failed")


def test_cause_that_is_gone_is_told(chief):
    answer = chief.post(ACT, {"do": "retry", "processor": "quotes", "cause": "gone"}, follow=True)
    assert "Nothing was queued" in answer.text


# What the buttons do


def test_whole_cause_is_retried_as_a_batch_that_can_be_followed(chief):
    rows = [failed("1"), failed("2")]
    answer = act(chief, "retry")
    assert (answer["Location"], [state(row) for row in rows]) == (
        f"/processing/batch/{Batch.objects.get().pk}/change/",
        ["queued", "queued"],
    )


def test_quarantine_is_released(chief):
    row = quarantined()
    act(chief, "release", "SIGSEGV")
    assert state(row) == "queued"


def test_documents_that_workers_died_with_are_released_together(chief):
    rows = [died_with("1"), died_with("2")]
    batch = act(chief, "release", "workers lost", "")["Location"]
    assert ([state(row) for row in rows], "documents that workers died with" in chief.get(batch).text) == (["queued"] * 2, True)


def test_muted_cause_is_folded_away_and_comes_back(chief):
    failed()
    act(chief, "mute")
    folded = chief.get(PAGE).context
    act(chief, "unmute")
    back = chief.get(PAGE).context
    assert [(len(each["failed"]), len(each["muted"])) for each in (folded, back)] == [(0, 1), (1, 0)]


# One document


@pytest.mark.parametrize(
    ("role", "make", "label"),
    [
        ("viewer", failed, None),
        ("viewer", quarantined, None),
        ("editor", article, None),
        ("editor", failed, "Try again"),
        ("editor", quarantined, None),
        ("chief editor", quarantined, "Release from quarantine"),
    ],
)
def test_button_for_one_document_is_there_for_those_who_may_press_it(client, db, role, make, label):
    client.force_login(person(role))
    row = make()
    pages = [f"/corpus/article/{row.pk}/change/", f"/processing/job/{Job.objects.get().pk}/change/"]
    buttons = [client.get(page).context["again"] for page in pages]
    assert [button and button.label for button in buttons] == [label, label]


@pytest.mark.parametrize(
    ("back", "place"),
    [("job", "/processing/job/{job}/change/"), ("failures", PAGE), ("article", "/corpus/article/{article}/change/")],
)
def test_document_that_failed_is_queued_again_and_one_is_back(editor, back, place):
    row = failed()
    job = Job.objects.get()
    answer = editor.post(f"/processing/job/{job.pk}/again/", {"back": back})
    assert (answer["Location"], state(row)) == (place.format(job=job.pk, article=row.pk), "queued")


def test_document_in_quarantine_is_not_an_editors_to_release(editor):
    row = quarantined()
    assert (editor.post(f"/processing/job/{Job.objects.get().pk}/again/").status_code, state(row)) == (403, "quarantined")


def test_document_that_is_being_processed_is_not_queued_twice(editor):
    received()
    assert "being processed already" in editor.post(f"/processing/job/{Job.objects.get().pk}/again/", follow=True).text


def test_job_that_does_not_exist_is_not_found(editor):
    assert editor.post("/processing/job/4711/again/").status_code == 404
