from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from newsdesk.access.policy import Actor
from newsdesk.host.services import set_options
from newsdesk.processing import selection as selections
from newsdesk.processing.batches import Progress, batches, lasting, progress_of, title
from newsdesk.processing.models import Batch, Job, Run
from newsdesk.processing.selection import Selection, forecast
from newsdesk.processing.services import cancel, claim, hand_out, process, rearm_outdated, reprocess_many, submit
from tests.apps.factories import (
    BrokenNames,
    Census,
    Lines,
    Names,
    Namesakes,
    NewLines,
    NewNames,
    OtherNames,
    actor,
    crash_of_names,
    processed,
    processed_again,
    quarantined,
    submitted,
)

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


def many(*words):
    return [processed(each) for each in words or ("One.", "Two.", "Three.")]


def queued(**selection):
    """The documents that a selection queues, by their text."""
    reprocess_many(selection=Selection(**selection), actor=OPERATOR)
    contents = Job.objects.filter(state="queued").order_by("pk").select_related("snapshot__content")
    return [job.snapshot.content.data.decode() for job in contents]


def outcomes(submission):
    submission.job.refresh_from_db()
    return submission.job.outcomes


def ended(batch, state, seconds=0):
    """One more job of the batch ended so many seconds ago."""
    job = batch.job_set.filter(state="queued").order_by("pk").first()
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=Now() - timedelta(seconds=seconds))


# What a selection means


@pytest.mark.parametrize(
    ("selection", "field"),
    [
        (Selection(processor="nobody"), "processor"),
        (Selection(version="1"), "version"),
        (Selection(state="queued"), "state"),
        (Selection(state="lost"), "state"),
        (Selection(articles=(0,)), "articles"),
        (Selection(articles=(2**63,)), "articles"),
    ],
)
def test_selection_that_makes_no_sense_says_which_part(selection, field):
    processed()
    with pytest.raises(ValidationError) as refusal:
        reprocess_many(selection=selection, actor=OPERATOR)
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("selection", [{"source": "elsewhere"}, {"words": "nowhere"}, {"processor": "names", "version": "9"}])
def test_selection_of_nothing_queues_nothing_and_leaves_no_batch(selection):
    processed()
    with pytest.raises(ValidationError, match="Nothing was queued"):
        reprocess_many(selection=Selection(**selection), actor=OPERATOR)
    assert (hand_out(10), Batch.objects.count()) == ([], 0)


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_bulk_work_is_not_an_editors(role):
    processed()
    with pytest.raises(PermissionDenied, match="reprocess many"):
        reprocess_many(selection=Selection(), actor=actor(role))
    assert hand_out(10) == []


def test_everything_that_ended_is_selected_but_for_quarantine():
    quarantined(crash_of_names, "Poison.")
    many("One.", "Two.")
    submitted("Waits.")
    assert queued() == ["One.", "Two.", "Waits."]


def test_quarantine_is_selected_by_its_state():
    quarantined(crash_of_names, "Poison.")
    many("One.")
    assert queued(state="quarantined") == ["Poison."]


def test_documents_are_selected_by_state(install):
    many("One.")
    install(Lines(), BrokenNames())
    many("Two.")
    assert queued(state="failed") == ["Two."]


def test_documents_are_selected_by_source():
    processed("One.", source="tidende")
    many("Two.")
    assert queued(source="tidende") == ["One."]


def test_documents_are_selected_by_words_in_title_and_address():
    processed("One.", url="https://news.example/harbour")
    many("The Harbour reopens.", "Three.")
    assert queued(words="harbour") == ["One.", "The Harbour reopens."]


def test_documents_are_selected_by_article():
    first, *_ = many()
    assert queued(articles=(first.snapshot.article_id,)) == ["One."]


def test_documents_are_selected_by_the_version_whose_result_stands(install):
    many("One.")
    install(Lines(), NewNames())
    many("Two.")
    assert queued(processor="names", version="1") == ["One."]


def test_documents_that_the_processor_does_not_read_are_left_alone(install):
    class Pages(Names):
        name = "pages"
        accepts = ("text/html",)

    install(Lines(), Names(), Pages())
    many("One.")
    processed("<p>Two.", media_type="text/html")
    assert queued(processor="pages") == ["<p>Two."]


# What bulk work does


def test_named_processor_runs_afresh_and_everything_else_is_kept(install):
    install(Lines(), Names(), Census())
    submission = processed()
    reprocess_many(selection=Selection(processor="names"), actor=OPERATOR)
    process(hand_out(10))
    assert outcomes(submission) == {"lines": "kept", "names": "done", "census": "kept"}


def test_without_a_processor_everything_is_kept():
    submission = processed()
    reprocess_many(selection=Selection(), actor=OPERATOR)
    process(hand_out(10))
    assert outcomes(submission) == {"lines": "kept", "names": "kept"}


def test_batch_says_what_was_asked_by_whom_and_how_much_it_is():
    many()
    by = actor("chief editor")
    batch = reprocess_many(selection=Selection(processor="names", words="Three"), actor=by)
    assert (batch.asked, batch.asked_by, batch.via, batch.jobs) == (
        {"do": "reprocess", "processor": "names", "words": "Three"},
        by.user,
        "desk",
        1,
    )


@pytest.mark.parametrize("count", [1, 7])
def test_queueing_takes_as_many_statements_for_many_documents_as_for_one(django_assert_num_queries, count):
    assert len(many(*[f"Story {number}." for number in range(count)])) == count
    with django_assert_num_queries(6):  # a savepoint is two of them, the plan one
        reprocess_many(selection=Selection(processor="names"), actor=OPERATOR)


def test_jobs_that_wait_or_run_are_not_queued_again():
    many("One.")
    submitted("Waits.")
    claim([submitted("Runs.").job.pk])
    assert reprocess_many(selection=Selection(), actor=OPERATOR).jobs == 1


@pytest.mark.django_db(transaction=True)
def test_of_those_who_queue_the_same_at_once_in_other_words_one_queues_it():
    assert len(many(*[f"Story {number}." for number in range(20)])) == 20
    choices = (Selection(), Selection(processor="names"), Selection(state="done"), Selection(words="Story"))
    started = Barrier(len(choices))

    def ask(selection):
        try:
            started.wait(10)
            return reprocess_many(selection=selection, actor=OPERATOR).jobs
        except ValidationError:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(len(choices)) as pool:
        assert sorted(pool.map(ask, choices)) == [0, 0, 0, 20]
    assert set(Job.objects.values_list("former_state", flat=True)) == {"done"}


# A dry run


def test_dry_run_of_what_makes_no_sense_is_refused():
    with pytest.raises(ValidationError, match="names"):
        forecast(Selection(processor="nobody"))


def test_dry_run_changes_nothing():
    many()
    forecast(Selection(processor="names"))
    assert (hand_out(10), Batch.objects.count()) == ([], 0)


def test_dry_run_counts_documents_and_their_articles():
    many("Old.", "Other.")
    processed("One.", url="https://news.example/a")
    processed("Two.", url="https://news.example/a")
    found = forecast(Selection())
    assert (found.documents, found.articles) == (4, 3)


def test_dry_run_names_the_processor_and_all_that_depends_on_it(install):
    install(Lines(), Names(), Census())
    many("One.", "Two.")
    assert forecast(Selection(processor="lines")).calls == {"lines": 2, "names": 2, "census": 2}


def test_dry_run_tells_the_time_by_what_was_measured(install):
    install(Lines(), Names(), Census())
    many("One.", "Two.")
    Run.objects.filter(processor="lines").update(seconds=100)
    Run.objects.filter(processor="names").update(seconds=3)
    Run.objects.filter(processor="census").update(seconds=0.5)
    assert forecast(Selection(processor="names")).seconds == pytest.approx(7)


def test_dry_run_tells_the_time_though_other_processors_ran_ever_since(install, monkeypatch):
    monkeypatch.setattr(selections, "RECENT", 1)
    submission = processed()
    Run.objects.filter(processor="lines").update(seconds=2)
    Job.objects.update(afresh=["names"])
    processed_again(submission)
    Run.objects.filter(processor="names").update(seconds=1)
    assert forecast(Selection(processor="lines")).seconds == pytest.approx(3)


def test_dry_run_without_a_processor_counts_what_has_no_result(install):
    install(Lines(), BrokenNames(), Census())
    many("One.", "Two.")
    assert forecast(Selection()).calls == {"names": 2, "census": 2}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda install: install(Lines(), NewNames(), Census()), {"names": 2, "census": 2}),
        (lambda install: set_options(processor="names", options={"letters": 7}, actor=OPERATOR), {"names": 2, "census": 2}),
        (lambda install: install(NewLines(), Names(), Census()), {"lines": 2, "names": 2, "census": 2}),
        (lambda install: install(Lines(), Names(), Census(), Namesakes()), {"namesakes": 2, "census": 2}),
        (lambda install: install(Lines(), Names()), {}),
    ],
    ids=["version", "option", "reader", "plugin", "gone"],
)
def test_dry_run_counts_what_a_plan_that_has_not_run_yet_makes_due(install, change, expected):
    install(Lines(), Names(), Census())
    many("One.", "Two.")
    change(install)
    assert forecast(Selection()).calls == expected


def test_dry_run_counts_what_is_due_beside_the_processor_that_is_named(install):
    install(Lines(), Names(), Namesakes())
    many("One.", "Two.")
    install(Lines(), NewNames(), Namesakes())
    found = forecast(Selection(processor="namesakes"))
    assert (found.calls, found.also) == ({"namesakes": 2}, {"names": 2})


def test_dry_run_counts_no_documents_that_a_new_processor_does_not_read(install):
    class Pages(Names):
        name = "pages"
        accepts = ("text/html",)

    many("One.")
    processed("<p>Two.</p>", media_type="text/html")
    install(Lines(), Names(), Pages())
    assert forecast(Selection()).calls == {"pages": 1}


def test_dry_run_over_results_that_are_all_there_takes_no_time():
    many()
    assert (forecast(Selection()).calls, forecast(Selection()).seconds) == ({}, 0)


def test_dry_run_does_not_guess_a_time_that_was_never_measured(install):
    install(Lines(), BrokenNames())
    many("One.")
    assert forecast(Selection(processor="names")).seconds is None


def test_dry_run_says_which_kinds_of_findings_it_touches(install):
    install(Lines(), Names(), Census())
    many("One.")
    assert forecast(Selection(processor="names")).kinds == ("near-duplicate", "person")


# How far a batch is


def test_progress_counts_states_in_the_database(install):
    many("1", "2", "3", "4", "5")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    ended(batch, "done")
    ended(batch, "failed")
    ended(batch, "quarantined")
    found = progress_of(batch)
    assert (found.total, found.ended, found.failed, found.left) == (5, 3, 2, 2)


def test_jobs_outside_the_batch_do_not_count():
    many("One.")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    submitted("Another.")
    assert progress_of(batch).total == 1


def test_rate_and_estimate_come_from_what_ended_lately():
    many("1", "2", "3", "4", "5", "6")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    Batch.objects.update(created_at=timezone.now() - timedelta(hours=1))
    ended(batch, "done", 3000)
    ended(batch, "done", 10)
    ended(batch, "done", 20)
    ended(batch, "failed", 30)
    found = progress_of(Batch.objects.get())
    assert (found.rate, found.seconds_left) == (pytest.approx(3 / 60), pytest.approx(40))


def test_estimate_is_not_made_up_where_nothing_ends():
    many("One.")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    assert progress_of(batch).seconds_left is None


def test_batch_that_is_through_takes_no_more_time():
    assert Progress(3, {"done": 3}, 0.0).seconds_left == 0


def test_document_that_was_queued_by_something_else_since_is_through_for_the_batch(install):
    many("One.", "Two.")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    process(hand_out(10))
    install(Lines(), NewNames())
    rearm_outdated(1)
    found = progress_of(batch)
    assert (found.ended, found.passed_on, found.left) == (2, 1, 0)


def test_progress_takes_two_queries_however_large_the_batch(django_assert_num_queries):
    many("1", "2", "3")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    with django_assert_num_queries(2):
        progress_of(batch)


def test_batches_are_listed_newest_first():
    many("One.")
    first = reprocess_many(selection=Selection(), actor=OPERATOR)
    process(hand_out(10))
    second = reprocess_many(selection=Selection(), actor=OPERATOR)
    assert list(batches()) == [second, first]


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"do": "retry", "processor": "names", "cause": "ValueError"}, "Try again: names, ValueError"),
        ({"do": "retry", "processor": "", "cause": ""}, "Try again: documents that nobody reads"),
        ({"do": "release", "processor": "names", "cause": "SIGSEGV"}, "Release from quarantine: names, SIGSEGV"),
        ({"do": "reprocess"}, "Reprocess what is not done"),
        ({"do": "reprocess", "processor": "names", "version": "1"}, "Reprocess with names afresh; version 1"),
        ({"do": "reprocess", "state": "done"}, "Reprocess what is not done; state processed"),
        ({"do": "reprocess", "words": "port", "articles": [1, 2]}, "Reprocess what is not done; words port; articles 2"),
    ],
)
def test_batch_says_in_a_line_what_it_is(asked, line):
    assert title(asked) == line


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "a time that nothing yet tells"),
        (0.2, "less than a second"),
        (1, "1 s"),
        (89, "89 s"),
        (90, "2 min"),
        (3600, "60 min"),
        (5400, "2 h"),
        (360_000, "100 h"),
    ],
)
def test_time_is_told_as_exactly_as_it_is_known(seconds, words):
    assert lasting(seconds) == words


# Taking it back


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_taking_back_is_not_an_editors(role):
    many("One.")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    with pytest.raises(PermissionDenied):
        cancel(batch_id=batch.pk, actor=actor(role))
    assert Job.objects.get().state == "queued"


def test_batch_that_does_not_exist_cannot_be_taken_back():
    with pytest.raises(Batch.DoesNotExist):
        cancel(batch_id=4711, actor=OPERATOR)


def test_jobs_that_no_worker_began_are_as_they_were(install):
    good = processed("Good.")
    install(Lines(), BrokenNames())
    bad = processed("Bad.")
    batch = reprocess_many(selection=Selection(processor="names"), actor=OPERATOR)
    assert cancel(batch_id=batch.pk, actor=OPERATOR) == 2
    jobs = Job.objects.order_by("pk").values_list("pk", "state", "afresh", "batch")
    assert list(jobs) == [(good.job.pk, "done", [], None), (bad.job.pk, "failed", [], None)]


def test_quarantine_that_no_worker_began_to_leave_is_as_it_was():
    quarantined(crash_of_names)
    said = "state", "crashes", "crashed_in", "trouble"
    before = Job.objects.values_list(*said).get()
    batch = reprocess_many(selection=Selection(state="quarantined"), actor=OPERATOR)
    cancel(batch_id=batch.pk, actor=OPERATOR)
    assert (Job.objects.values_list(*said).get(), before[:2]) == (before, ("quarantined", 3))


def test_job_that_a_worker_has_goes_on():
    running, _ = many("One.", "Two.")
    batch = reprocess_many(selection=Selection(), actor=OPERATOR)
    claim([running.job.pk])
    assert (cancel(batch_id=batch.pk, actor=OPERATOR), progress_of(batch).left) == (1, 1)


def test_job_that_a_worker_began_and_gave_up_is_finished():
    submission = processed()
    batch = reprocess_many(selection=Selection(processor="names"), actor=OPERATOR)
    process([submission.job.pk], call=crash_of_names)
    assert cancel(batch_id=batch.pk, actor=OPERATOR) == 0


def test_what_was_taken_back_is_not_processed_by_a_message_that_comes_late():
    submission = processed()
    batch = reprocess_many(selection=Selection(processor="names"), actor=OPERATOR)
    late = hand_out(10)
    cancel(batch_id=batch.pk, actor=OPERATOR)
    assert (process(late), outcomes(submission)["names"]) == ({}, "done")


# What becomes due by itself: exactly the steps whose inputs changed


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda install: None, {"lines": "done", "names": "done", "census": "done"}),
        (lambda install: install(Lines(), NewNames(), Census()), {"lines": "kept", "names": "done", "census": "kept"}),
        (lambda install: install(Lines(), OtherNames(), Census()), {"lines": "kept", "names": "done", "census": "done"}),
        (
            lambda install: set_options(processor="names", options={"letters": 7}, actor=OPERATOR),
            {"lines": "kept", "names": "done", "census": "done"},
        ),
    ],
    ids=["nothing", "same findings", "other findings", "option"],
)
def test_steps_that_a_sweep_has_run_again(install, change, expected):
    install(Lines(), Names(), Census())
    submission = processed("Mara left the council.")
    change(install)
    rearm_outdated(10)
    process(hand_out(10))
    assert outcomes(submission) == expected


def test_new_snapshot_runs_every_step_and_leaves_the_old_one_alone():
    old = processed("Mara left.", url="https://news.example/a")
    before = list(old.snapshot.runs.values_list("pk", "current"))
    new = submit(content=b"Mara stays.", url="https://news.example/a", actor=OPERATOR)
    rearm_outdated(10)
    process(hand_out(10))
    assert (outcomes(new), list(old.snapshot.runs.values_list("pk", "current"))) == ({"lines": "done", "names": "done"}, before)


def test_same_bytes_again_queue_nothing():
    processed("Mara left.", url="https://news.example/a")
    submit(content=b"Mara left.", url="https://news.example/a", actor=OPERATOR)
    assert (rearm_outdated(10), hand_out(10)) == (0, [])
