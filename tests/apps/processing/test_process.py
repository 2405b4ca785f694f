from dataclasses import dataclass

import pytest
from django.db import DatabaseError

from newsdesk.access.policy import Actor
from newsdesk.host.services import enable, set_options
from newsdesk.pipeline.runner import ProcessorCrashed, ProcessorTimedOut
from newsdesk.processing.models import Job, Run, Synopsis
from newsdesk.processing.services import process
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from tests.apps.factories import (
    STORY,
    BrokenLines,
    BrokenNames,
    Census,
    Lines,
    Names,
    NewLines,
    NewNames,
    OtherNames,
    artifacts,
    crash,
    crash_of_names,
    names,
    processed,
    processed_again,
    submitted,
)

pytestmark = pytest.mark.django_db

FOUND = ["Mara", "Voss", "Mara", "Voss"]


@dataclass(frozen=True)
class Counted:
    """A later version of Names, which has its option under another name."""

    name = "names"
    version = "4"
    requires = ("text",)
    provides = ("person",)
    characters: int = 4

    def process(self, document):
        return []


def time_out(processor, dossier):
    raise ProcessorTimedOut(f"{processor.name} took longer than 30 s and was stopped", "timeout")


def unavailable(processor, dossier):
    raise ProcessorCrashed("the plugins' process did not start: exit status 1", "start")


def disk_full(*_):
    raise DatabaseError("disk full")


def runs(submission, **which):
    found = Run.objects.filter(snapshot=submission.snapshot, **which).order_by("processor", "pk")
    return list(found.values_list("processor", "version", "outcome"))


def current(submission):
    return runs(submission, current=True)


def rows():
    return list(Run.objects.order_by("pk").values_list("pk", "current", "compressed"))


# What is stored


def test_processed_job_has_artifacts_runs_and_outcomes():
    submission = processed()
    assert (names(submission), current(submission), submission.job.outcomes) == (
        FOUND,
        [("lines", "1", "done"), ("names", "1", "done")],
        {"lines": "done", "names": "done"},
    )


def test_processed_job_is_done_and_held_by_nobody():
    job = processed().job
    assert (job.state, job.token, job.lease_until, job.crashes, job.finished_at is not None) == ("done", None, None, 0, True)


def test_run_says_with_which_options_it_was_computed():
    set_options(processor="names", options={"letters": 5}, actor=Actor.operator())
    assert processed().snapshot.runs.get(processor="names").options == {"letters": 5}


def test_artifact_says_where_it_stands_in_code_points():
    artifact = artifacts(processed("🦊 Mara é"), "person")[0]
    assert (artifact.found.spans, artifact.start) == ((Span(2, 6, "mention"),), 2)


def test_synopsis_says_what_lists_show():
    synopsis = processed().snapshot.article.synopsis
    assert (synopsis.title, synopsis.words, synopsis.quotes, synopsis.boilerplate) == ("Mara Voss resigns", 8, 0, 1)


def test_synopsis_of_a_document_without_text_has_its_name_for_a_title(install):
    install(BrokenLines())
    assert processed(name="story.txt").snapshot.article.synopsis.title == "story.txt"


def test_synopsis_is_that_of_the_newest_snapshot():
    old, new = (submitted(words, url="https://news.example/a") for words in ("Old.", "New."))
    process([new.job.pk])
    process([old.job.pk])
    assert Synopsis.objects.get().title == "New."


def test_document_that_no_processor_reads_is_not_processed(install):
    install()
    assert (processed().job.state, Run.objects.count()) == (Job.State.FAILED, 0)


# What a processor may not yield: all or nothing


@pytest.mark.parametrize(
    ("found", "error"),
    [
        (Found("person", {"name": "A"}, (Span(0, 4711),)), "end 4711 > length"),
        (Found("person", {"name": "A"}, (Span(5, 2),)), "must be 0 <= start < end"),
        (Found("person", {"name": "A\x00"}, (Span(0, 4),)), "not canonical text"),
        (Found("person", {"name": float("nan")}, (Span(0, 4),)), "numbers must be finite"),
        (Found("quote", {"type": "direct", "quotation": "said", "speaker": None}, (Span(0, 4, "content"),)), "quotation says"),
        ("Mara", "must yield newsdesk.sdk.Artifact"),
    ],
)
def test_artifact_that_breaks_the_contract_stores_nothing_of_its_run(install, found, error):
    class Wrong(Names):
        provides = ("person", "quote")

        def process(self, document):
            yield from super().process(document)
            yield found

    install(Lines(), Wrong())
    run = processed().snapshot.runs.get(processor="names")
    assert (run.outcome, error in run.error, len(run.findings)) == ("failed", True, 0)


def test_every_stored_span_lies_on_the_words_that_its_artifact_says():
    submission = processed()
    text = artifacts(submission, "text")[0].data["text"]
    persons = artifacts(submission, "person")
    assert [each.found.spans[0].of(text) for each in persons] == [each.data["name"] for each in persons]


# Again


def test_job_that_is_done_is_not_processed_again():
    submission = processed()
    before = rows()
    assert (process([submission.job.pk]), rows()) == ({}, before)


def test_queued_again_under_the_same_plan_everything_is_kept():
    submission = processed()
    before = rows()
    job = processed_again(submission, call=crash)
    assert (job.state, job.outcomes, rows()) == ("done", {"lines": "kept", "names": "kept"}, before)


def test_new_version_runs_again_and_what_it_does_not_touch_is_kept(install):
    submission = processed()
    install(Lines(), NewNames())
    assert processed_again(submission).outcomes == {"lines": "kept", "names": "done"}


def test_new_version_makes_the_old_run_no_longer_current(install):
    submission = processed()
    install(Lines(), OtherNames())
    processed_again(submission)
    assert (names(submission), runs(submission, current=False)) == (["the council"], [("names", "1", "done")])


def test_new_option_runs_again_as_a_new_version_does():
    submission = processed()
    set_options(processor="names", options={"letters": 7}, actor=Actor.operator())
    assert (processed_again(submission).outcomes, names(submission)) == ({"lines": "kept", "names": "done"}, [])


def test_new_version_that_finds_the_same_leaves_what_depends_on_it_as_it_is(install):
    install(Lines(), Names(), Census())
    submission = processed()
    install(Lines(), NewNames(), Census())
    assert processed_again(submission).outcomes == {"census": "kept", "lines": "kept", "names": "done"}


def test_new_version_that_finds_something_else_makes_what_depends_on_it_run_again(install):
    install(Lines(), Names(), Census())
    submission = processed()
    install(Lines(), OtherNames(), Census())
    processed_again(submission)
    assert [each.data["article"] for each in artifacts(submission, "near-duplicate")] == ["1 persons"]


def test_going_back_to_the_old_version_makes_its_run_current_again_without_a_call(install):
    submission = processed()
    install(Lines(), OtherNames())
    processed_again(submission)
    install(Lines(), Names())
    processed_again(submission, call=crash)
    assert (names(submission), Run.objects.filter(processor="names").count()) == (FOUND, 2)


def test_going_back_after_a_text_was_another_brings_back_what_stood_in_the_first(install):
    submission = processed()
    install(NewLines(), Names())
    processed_again(submission)
    install(Lines(), Names())
    processed_again(submission, call=crash)
    assert [each.start for each in artifacts(submission, "person")] == [0, 5, 32, 37]


def test_new_processor_runs_alone(install):
    submission = processed()
    install(Lines(), Names(), Census())
    assert processed_again(submission).outcomes == {"census": "done", "lines": "kept", "names": "kept"}


def test_at_most_one_run_of_a_processor_is_current_whatever_versions_came(install):
    submission = processed()
    versions = (OtherNames(), NewNames(), Names(), BrokenNames(), OtherNames())
    assert [_upgraded(install, submission, version) for version in versions] == ["done", "done", "done", "failed", "done"]


def _upgraded(install, submission, version):
    install(Lines(), version)
    processed_again(submission)
    return submission.snapshot.runs.get(processor="names", current=True).outcome


# Afresh


def test_processor_that_is_to_run_afresh_runs_though_nothing_changed_and_the_others_are_kept():
    submission = processed()
    Job.objects.update(afresh=["names"])
    assert processed_again(submission).outcomes == {"lines": "kept", "names": "done"}


def test_run_afresh_replaces_the_one_before_and_leaves_its_findings_as_history():
    submission = processed()
    Job.objects.update(afresh=["names"])
    processed_again(submission)
    assert (names(submission), runs(submission, processor="names")) == (FOUND, [("names", "1", "done")] * 2)


def test_processor_runs_afresh_once():
    submission = processed()
    Job.objects.update(afresh=["names"])
    assert processed_again(submission).afresh == []


def test_document_that_crashed_is_still_to_be_processed_afresh():
    submission = processed()
    Job.objects.update(afresh=["names"])
    assert processed_again(submission, call=crash_of_names).afresh == ["names"]


# Failures


def test_failing_processor_fails_its_run_with_the_reason_and_the_job(install):
    install(Lines(), BrokenNames())
    submission = processed()
    run = submission.snapshot.runs.get(processor="names")
    assert (submission.job.state, run.outcome, run.error, run.cause) == (
        "failed",
        "failed",
        "ValueError: cannot count to three",
        "ValueError",
    )


def test_failing_processor_leaves_others_results_and_nothing_of_its_own(install):
    install(Lines(), BrokenNames())
    submission = processed()
    assert (len(artifacts(submission, "paragraph")), names(submission)) == (3, [])


def test_what_needs_a_processor_that_failed_is_blocked(install):
    install(BrokenLines(), Names(), Census())
    assert processed().job.outcomes == {"census": "blocked", "lines": "failed", "names": "blocked"}


def test_what_failed_after_an_upgrade_is_no_longer_current_with_its_former_result(install):
    submission = processed()
    install(Lines(), BrokenNames())
    processed_again(submission)
    assert (names(submission), current(submission)[-1]) == ([], ("names", "broken", "failed"))


def test_failed_processor_that_was_mended_runs_and_the_job_is_done(install):
    install(Lines(), BrokenNames())
    submission = processed()
    install(Lines(), Names())
    assert (processed_again(submission).state, names(submission)) == ("done", FOUND)


def test_processor_that_was_blocked_stands_again_with_the_result_that_it_had(install):
    install(Lines(), Names(letters=20), Census())
    submission = processed()
    install(Lines(), BrokenNames(letters=20), Census())
    processed_again(submission)
    install(Lines(), Names(letters=20), Census())
    processed_again(submission)
    assert current(submission) == [("census", "1", "done"), ("lines", "1", "done"), ("names", "1", "done")]


def test_processor_for_another_media_type_is_skipped_and_the_job_is_done(install):
    class Pages(Names):
        accepts = ("text/html",)

    install(Lines(), Pages())
    submission = processed()
    assert (submission.job.state, submission.job.outcomes["names"]) == ("done", "skipped")


def test_skipped_again_adds_no_row(install):
    class Pages(Names):
        accepts = ("text/html",)

    install(Lines(), Pages())
    submission = processed()
    processed_again(submission)
    assert Run.objects.filter(processor="names").count() == 1


# Processors that are off, or gone


def test_disabled_processors_results_no_longer_hold():
    submission = processed()
    enable(processor="names", enabled=False, actor=Actor.operator())
    processed_again(submission)
    assert (names(submission), runs(submission, current=False)) == ([], [("names", "1", "done")])


def test_enabled_again_its_results_hold_again_without_a_call():
    submission = processed()
    enable(processor="names", enabled=False, actor=Actor.operator())
    processed_again(submission)
    enable(processor="names", enabled=True, actor=Actor.operator())
    processed_again(submission, call=crash)
    assert names(submission) == FOUND


def test_processor_that_is_gone_leaves_its_results(install):
    submission = processed()
    install(Lines())
    assert (processed_again(submission).state, names(submission)) == ("done", FOUND)


def test_all_stays_as_it_was_while_the_processor_that_reads_the_document_is_gone(install):
    submission = processed()
    install(Names())
    assert (processed_again(submission).state, names(submission)) == (Job.State.FAILED, FOUND)


def test_processor_that_is_gone_takes_its_results_along_when_the_text_is_another(install):
    submission = processed()
    install(NewLines())
    processed_again(submission)
    assert names(submission) == []


def test_text_that_is_turned_off_takes_along_what_stands_in_it():
    submission = processed()
    enable(processor="lines", enabled=False, actor=Actor.operator())
    processed_again(submission)
    assert current(submission) == []


def test_processor_that_does_not_take_its_saved_options_any_more_leaves_its_results(install):
    set_options(processor="names", options={"letters": 4}, actor=Actor.operator())
    submission = processed()
    install(Lines(), Counted())
    assert (processed_again(submission).outcomes, names(submission)) == ({"lines": "kept"}, FOUND)


def test_text_is_the_story_as_it_came():
    assert artifacts(processed(), "text")[0].data["text"] == STORY
