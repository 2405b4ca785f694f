from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from rich.console import Console

from newsdesk.access.policy import Actor
from newsdesk.console import watch as watching
from newsdesk.console.watch import watch
from newsdesk.processing.models import Batch, Job
from newsdesk.processing.selection import Selection
from newsdesk.processing.services import hand_out, process, reprocess_many
from newsdesk.review.services import decide
from tests.apps.factories import (
    BrokenNames,
    Census,
    Lines,
    Names,
    Namesakes,
    NewNames,
    actor,
    artifacts,
    crash_of_names,
    names,
    processed,
    quarantined,
    submitted,
)

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = StringIO()
    call_command("process", *arguments, stdout=out)
    return out.getvalue().splitlines()


def bar(batch_id, meanwhile):
    screen = StringIO()
    states = watch(Console(file=screen, width=120, force_terminal=True), meanwhile, batch_id)
    return states, screen.getvalue()


# What is due


def test_nothing_to_process_is_said():
    assert said() == ["nothing to process"]


def test_what_is_due_is_processed_and_counted():
    submission = submitted()
    assert (said(), len(names(submission))) == (["1 done"], 4)


def test_failure_ends_the_command_with_the_place_that_says_why(install):
    install(Lines(), BrokenNames())
    submitted()
    with pytest.raises(CommandError, match="page of failures"):
        said()


# A choice again


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--processor", "nobody"], "nobody is not among the processors that are on: lines, names"),
        (["--version", "1"], "name the processor too"),
        (["--state", "queued"], "no state in which the work has ended"),
        (["--source", "elsewhere"], "Nothing was queued"),
        (["--articles", "one"], "must be numbers of articles"),
        (["--articles", str(2**70)], "numbers of 64 bits"),
        (["--watch", "--batch", "4711"], "there is no batch 4711"),
        (["--watch", "--batch", str(2**70)], "there is no batch"),
    ],
)
def test_choice_that_makes_no_sense_is_refused_with_the_reason(arguments, reason):
    processed()
    with pytest.raises(CommandError, match=reason):
        said(*arguments)


def test_named_processor_runs_afresh_over_the_choice():
    one, _ = processed("Mara left."), processed("Voss left.")
    lines = said("--processor", "names", "--query", "mara")
    one.job.refresh_from_db()
    assert (lines[0].partition(": ")[2], one.job.outcomes) == (
        "1 document queued (Reprocess with names afresh; words mara)",
        {"lines": "kept", "names": "done"},
    )


def test_version_is_the_one_whose_result_stands():
    processed()
    with pytest.raises(CommandError, match="Nothing was queued"):
        said("--processor", "names", "--version", "0.9")


def test_everything_again_leaves_quarantine_alone():
    processed("Mara.")
    quarantined(crash_of_names, "Poison.")
    assert (said("--again")[-1], Job.objects.filter(state="quarantined").count()) == ("1 done", 1)


# A dry run


def test_dry_run_of_nothing_says_so():
    assert said("--dry-run", "--query", "nowhere") == ["Nothing matches: no document that has ended is as asked for."]


def test_dry_run_that_makes_no_sense_is_refused():
    with pytest.raises(CommandError, match="nobody"):
        said("--dry-run", "--processor", "nobody")


def test_dry_run_says_how_many_how_long_and_what_was_decided(install, settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "workers": 3}
    install(Lines(), Names(), Census())
    submission = processed()
    decide(artifact_id=artifacts(submission, "person")[0].pk, actor=actor(), verdict="accept")
    submission.snapshot.runs.update(seconds=120)
    assert said("--dry-run", "--processor", "names") == [
        "1 article (1 document) would be queued again.",
        "names would run afresh, and where it finds something else, census.",
        "Computing would take 4 min at most, by the last runs; 3 workers to share it.",
        "Decisions on what is found again: 1. Every decision stays.",
    ]


def test_dry_run_says_what_a_new_version_will_run_beside_the_processor_that_is_named(install):
    install(Lines(), Names(), Namesakes())
    processed()
    install(Lines(), NewNames(), Namesakes())
    assert said("--dry-run", "--processor", "namesakes")[1] == (
        "namesakes would run afresh. What has no result would run too: names 1 ×."
    )


def test_dry_run_over_what_is_all_there_says_that_nothing_would_run():
    processed()
    assert said("--dry-run")[1] == "Every result is there and would be kept, so no processor would run."


def test_dry_run_changes_nothing():
    processed()
    said("--dry-run", "--processor", "names")
    assert (hand_out(10), Batch.objects.count()) == ([], 0)


# The bar


def test_bar_of_a_batch_ends_with_the_batch_and_counts_failures_beside_it(install, monkeypatch):
    monkeypatch.setattr(watching, "INTERVAL", 0)
    install(Lines(), BrokenNames())
    processed("One.")
    processed("Two.")
    batch = reprocess_many(selection=Selection(), actor=Actor.operator())
    submitted("Waits outside of the batch.")
    states, screen = bar(batch.pk, lambda: bool(process(hand_out(1))))
    assert (states, "2/2" in screen, "2 failed" in screen) == ({"failed": 2}, True, True)


def test_bar_of_all_work_counts_all_documents(monkeypatch):
    monkeypatch.setattr(watching, "INTERVAL", 0)
    processed("One.")
    submitted("Two.")
    states, screen = bar(None, lambda: bool(process(hand_out(1))))
    assert (states, "2/2" in screen, "0 failed" in screen) == ({"done": 2}, True, True)


def test_bar_has_a_rate(monkeypatch):
    monkeypatch.setattr(watching, "INTERVAL", 1)
    monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=lambda: 0.0, sleep=lambda _: None))
    submitted("One.")
    submitted("Two.")
    assert "2.0/s" in bar(None, lambda: bool(process(hand_out(2))))[1]
