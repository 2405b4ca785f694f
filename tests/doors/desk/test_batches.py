"""Bulk work on the desk: chosen with a dry run before it, followed while it runs, taken back as far as it has not begun."""

import pytest
from django.db.models.functions import Now

from newsdesk.access.policy import Actor
from newsdesk.host.registry import plan
from newsdesk.processing.models import Batch, Job
from newsdesk.processing.selection import Selection
from newsdesk.processing.services import reprocess_many
from newsdesk.review.services import decide
from tests.doors.desk.stage import add_run, article, artifact, person

LIST = "/processing/batch/"
FORM = f"{LIST}add/"
FIELDS = {"processor": "", "version": "", "source": "", "state": "", "words": ""}


def choose(client, **fields):
    return client.get(FORM, FIELDS | fields)


def bulk(count=3):
    """A batch of so many articles."""
    assert [article(name=str(number), title=f"Story {number}") for number in range(count)]
    return reprocess_many(selection=Selection(), actor=Actor.operator())


def progress(client, batch):
    return client.get(f"{LIST}{batch.pk}/progress/").json()


@pytest.fixture
def chief(client, db):
    client.force_login(person("chief editor", "eva"))
    return client


# Choosing


@pytest.mark.parametrize("role", ["viewer", "editor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_bulk_work_is_not_an_editors(client, db, role, method):
    client.force_login(person(role))
    article()
    assert (getattr(client, method)(FORM, FIELDS).status_code, Job.objects.get().state) == (403, "done")


def test_form_alone_foretells_nothing(chief):
    assert "forecast" not in chief.get(FORM).context


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"processor": "nobody"}, "processor"),
        ({"version": "1"}, "version"),
        ({"state": "running"}, "state"),
        ({"source": "x"}, "source"),
    ],
)
def test_choice_that_makes_no_sense_is_told_beside_the_field(chief, fields, field):
    article()
    assert list(choose(chief, **fields).context["form"].errors) == [field]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("words", ["\x00", "%", "'; --", "ÿ" * 300])
def test_hostile_words_are_words(chief, method, words):
    article()
    assert getattr(chief, method)(FORM, FIELDS | {"words": words}).status_code == 200


def test_choice_of_nothing_offers_no_button(chief):
    article()
    assert "Nothing matches" in choose(chief, words="nowhere").text


def test_dry_run_says_what_would_be_touched_and_changes_nothing(chief):
    row = article()
    decide(artifact_id=artifact(row).pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    add_run(row.snapshots.get(), "quotes", seconds=90)
    Job.objects.update(plan=plan().digest)
    context = choose(chief, processor="quotes").context
    assert (context["forecast"].articles, context["afresh"], context["lasting"], context["decided"]) == (
        1,
        "quotes",
        "2 min",
        1,
    )
    assert (Job.objects.get().state, Batch.objects.count()) == ("done", 0)


def test_dry_run_says_what_else_a_plan_that_has_not_run_yet_makes_due(chief):
    add_run(article().snapshots.get(), "quotes")
    page = choose(chief, processor="quotes").text
    assert "What has no result would run too: web-page 1 ×, notices 1 ×." in page


def test_what_was_foretold_is_queued_and_followed(chief):
    article(name="1", title="Harbour")
    article(name="2", title="Storm")
    answer = chief.post(FORM, FIELDS | {"words": "harbour"})
    batch = Batch.objects.get()
    assert (answer["Location"], batch.jobs, batch.asked_by.username) == (f"{LIST}{batch.pk}/change/", 1, "eva")


def test_what_is_gone_meanwhile_is_told_and_queues_nothing(chief):
    article()
    Job.objects.update(state="running")
    assert ("Nothing was queued" in chief.post(FORM, FIELDS).text, Batch.objects.count()) == (True, 0)


# Following


def test_batch_that_does_not_exist_is_not_found(viewer):
    addresses = [f"{LIST}4711/change/", f"{LIST}4711/progress/", f"{LIST}x/change/", f"{LIST}{'9' * 30}/change/"]
    assert {viewer.get(address).status_code for address in addresses} == {404}


def test_list_without_batches_says_how_to_begin(viewer):
    assert "No bulk work yet" in viewer.get(LIST).text


@pytest.mark.parametrize("count", [1, 8])
def test_queries_of_the_list_do_not_grow_with_its_rows(viewer, django_assert_max_num_queries, count):
    Batch.objects.bulk_create([Batch(asked={"do": "reprocess"}, jobs=1, via="desk") for _ in range(count)])
    with django_assert_max_num_queries(8):
        viewer.get(LIST)


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["done", "done"], "through"),
        (["done", "queued"], "1 left"),
        (["running", "failed"], "1 left"),
        (["done", "failed"], "1 failed"),
    ],
)
def test_list_says_how_far_each_batch_is(viewer, states, shown):
    bulk(2)
    first, second = Job.objects.order_by("pk").values_list("pk", flat=True)
    Job.objects.filter(pk=first).update(state=states[0])
    Job.objects.filter(pk=second).update(state=states[1])
    assert f">{shown}<" in viewer.get(LIST).text


def test_progress_is_counted_in_the_database(viewer):
    batch = bulk()
    Job.objects.filter(pk=Job.objects.order_by("pk")[0].pk).update(state="failed", finished_at=Now())
    found = progress(viewer, batch)
    assert (found["ended"], found["total"], found["left"], found["figures"]["failed"]) == (1, 3, 2, "1")


def test_strangers_do_not_follow(client, db):
    batch = bulk()
    assert client.get(f"{LIST}{batch.pk}/progress/").status_code == 302


def test_failed_jobs_of_a_batch_are_listed(viewer):
    batch = bulk()
    Job.objects.filter(pk=Job.objects.order_by("pk")[0].pk).update(state="quarantined")
    address = f"/processing/job/?batch__exact={batch.pk}&state__in=failed,quarantined"
    assert len(viewer.get(address).context["cl"].result_list) == 1


# Taking back


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_taking_back_is_not_an_editors(client, db, role):
    client.force_login(person(role))
    batch = bulk()
    answer = client.post(f"{LIST}{batch.pk}/cancel/")
    assert (answer.status_code, progress(client, batch)["left"]) == (403, 3)


def test_nothing_is_taken_back_by_looking(chief):
    assert chief.get(f"{LIST}{bulk().pk}/cancel/").status_code == 405


def test_batch_that_does_not_exist_is_not_taken_back(chief):
    assert chief.post(f"{LIST}4711/cancel/").status_code == 404


def test_what_has_not_begun_is_taken_back(chief):
    batch = bulk()
    answer = chief.post(f"{LIST}{batch.pk}/cancel/", follow=True)
    assert ("3 documents are as they were" in answer.text, set(Job.objects.values_list("state", flat=True))) == (True, {"done"})


# In a browser


@pytest.mark.django_db(transaction=True)
def test_page_follows_the_batch_and_announces_its_end_once(visit):
    person("viewer", "vic")
    batch = bulk()
    visitor = visit("vic")
    visitor.page.goto(f"{LIST}{batch.pk}/change/")
    Job.objects.update(state="done", finished_at=Now())
    visitor.until("document.querySelector('[data-figure=ended]').textContent === '3'")
    assert (visitor.page.inner_text("[role=status]"), visitor.page.is_hidden("#pause"), visitor.complaints) == (
        "All documents of this batch have ended.",
        True,
        [],
    )


@pytest.mark.django_db(transaction=True)
def test_numbers_can_be_made_to_stand_still(visit):
    person("viewer", "vic")
    batch = bulk()
    visitor = visit("vic")
    asked = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.goto(f"{LIST}{batch.pk}/change/")
    visitor.page.focus("#pause")
    visitor.page.keyboard.press("Enter")
    Job.objects.update(state="done", finished_at=Now())
    visitor.page.wait_for_timeout(1_500)
    assert ([url for url in asked if "/progress/" in url], visitor.page.inner_text("[data-figure=ended]")) == ([], "0")
    visitor.page.keyboard.press("Enter")
    visitor.until("document.querySelector('[data-figure=ended]').textContent === '3'")
