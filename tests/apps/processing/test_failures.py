import sys
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.db.models.functions import Now

from newsdesk.access.policy import Actor
from newsdesk.host.services import enable
from newsdesk.pipeline.run import call_here
from newsdesk.processing import ledger as reads
from newsdesk.processing.ledger import LOST, ledger, troubled
from newsdesk.processing.models import Job, Mute, Run
from newsdesk.processing.services import cancel, claim, hand_out, mute, process, rearm_outdated, release, retry, unmute
from newsdesk.processing.services.claim import DEADLY
from newsdesk.sdk import NewsdeskError, Transient
from tests.apps.factories import (
    BrokenLines,
    BrokenNames,
    Census,
    Lines,
    Names,
    actor,
    crash,
    crash_of_names,
    names,
    processed,
    processed_again,
    quarantined,
    submitted,
)

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()
PROCESS = sys.modules[process.__module__]
FAILURE = {"processor": "names", "cause": "ValueError"}
CRASH = {"processor": "names", "cause": "SIGSEGV"}


class OtherBroken(BrokenNames):
    """One more that fails."""

    name = "other"


class PickyNames(Names):
    """A version that fails in another way for each beginning."""

    version = "picky"

    def process(self, document):
        raise {"M": ValueError, "O": KeyError}[document.text[0]](document.text)


def rows():
    return [(each.kind, each.processor, each.cause, each.documents) for each in ledger()]


def broken(install, *words):
    install(Lines(), BrokenNames())
    return [processed(each) for each in words or ("One.", "Two.")]


def postponed(monkeypatch, error):
    def store(*_):
        raise error

    with monkeypatch.context() as house:
        house.setattr(PROCESS, "store", store)
        submission = submitted()
        process([submission.job.pk])
    return submission


def busy(processor, dossier):
    if processor.name == "names":
        raise Transient("the model server does not answer")
    return call_here(processor, dossier)


def died_with(submission):
    """Worker after worker died with the document in hand, and the next claim knows."""
    expired = Now() - timedelta(seconds=1)
    Job.objects.filter(pk=submission.job.pk).update(state="running", attempts=9, lost=4, lease_until=expired)
    claim([submission.job.pk])


# What the ledger lists


def test_without_trouble_the_ledger_is_empty():
    processed()
    assert (ledger(), troubled()) == ([], 0)


def test_failure_that_was_mended_is_not_listed(install):
    submission = broken(install, "Mara.")[0]
    install(Lines(), Names())
    processed_again(submission)
    assert ledger() == []


def test_what_is_blocked_by_a_failure_is_no_failure_of_its_own(install):
    install(BrokenLines(), Names(), Census())
    processed()
    assert rows() == [("failed", "lines", "ValueError", 1)]


def test_failures_are_listed_by_processor_and_cause_the_most_frequent_first(install):
    install(Lines(), PickyNames())
    assert [processed(words).job.state for words in ("Mara.", "One.", "Ouse.")] == ["failed"] * 3
    assert rows() == [("failed", "names", "KeyError", 2), ("failed", "names", "ValueError", 1)]


def test_document_that_failed_again_is_one_document(install):
    processed_again(broken(install, "One.")[0])
    assert rows() == [("failed", "names", "ValueError", 1)]


def test_entry_says_when_it_was_first_and_last_seen_and_shows_the_last(install):
    processed_again(broken(install)[0])
    entry = ledger()[0]
    ever = Run.objects.filter(processor="names").order_by("pk")
    assert (entry.first, entry.last, entry.example) == (ever.first().ended_at, ever.last().ended_at, ever.last())


def test_document_in_quarantine_is_listed_with_the_signal(install):
    quarantined(crash_of_names)
    assert rows() == [("quarantined", "names", "SIGSEGV", 1)]


def test_document_that_crashed_and_is_tried_again_is_listed_as_failed():
    submission = submitted()
    process([submission.job.pk], call=crash_of_names)
    assert rows() == [("failed", "names", "SIGSEGV", 1)]


def test_what_else_failed_in_a_document_in_quarantine_is_not_offered_to_be_retried(install):
    install(Lines(), Names(), OtherBroken())
    quarantined(crash_of_names)
    assert rows() == [("quarantined", "names", "SIGSEGV", 1)]


def test_document_that_nobody_reads_is_listed_without_a_processor(install):
    install()
    processed()
    assert rows() == [("failed", "", "", 1)]


def test_document_in_quarantine_whose_crash_is_gone_is_listed_all_the_same():
    processed()
    Job.objects.update(state="quarantined")
    assert rows() == [("quarantined", "", "", 1)]


def test_document_that_workers_died_with_is_listed_with_these_words():
    died_with(submitted())
    entry = ledger()[0]
    assert (rows(), entry.example.trouble, troubled()) == ([("quarantined", "", LOST, 1)], DEADLY, 1)


def test_document_that_crashed_once_and_workers_died_with_is_listed_by_what_ended_it():
    submission = submitted()
    process([submission.job.pk], call=crash_of_names)
    died_with(submission)
    assert rows() == [("quarantined", "", LOST, 1)]


def test_document_that_waits_for_the_house_is_listed_with_the_trouble(monkeypatch, caplog):
    postponed(monkeypatch, DatabaseError("disk full"))
    assert rows() == [("postponed", "", "DatabaseError: disk full", 1)]


def test_document_that_the_house_let_through_waits_no_more(monkeypatch, caplog):
    processed_again(postponed(monkeypatch, NewsdeskError("no room")))
    assert ledger() == []


def test_document_that_waits_because_a_processor_says_not_now_is_listed_once():
    process([submitted().job.pk], call=busy)
    assert rows() == [("postponed", "", "names: the model server does not answer", 1)]


def test_what_failed_beside_a_processor_that_says_not_now_is_listed_too(install):
    install(Lines(), Names(), OtherBroken())
    process([submitted().job.pk], call=busy)
    assert [each[:3] for each in rows()] == [
        ("postponed", "", "names: the model server does not answer"),
        ("failed", "other", "ValueError"),
    ]


@pytest.mark.parametrize(
    "leave",
    [lambda install: install(Lines()), lambda _: enable(processor="names", enabled=False, actor=OPERATOR)],
    ids=["gone", "off"],
)
@pytest.mark.parametrize("sweep", [bool, lambda: rearm_outdated(10) and process(hand_out(10))], ids=["at once", "swept"])
def test_what_failed_at_a_processor_that_is_gone_or_off_is_no_trouble(install, leave, sweep):
    broken(install)
    leave(install)
    sweep()
    assert (ledger(), troubled()) == ([], 0)


def test_what_failed_at_a_processor_that_is_gone_is_trouble_again_when_it_is_back(install):
    broken(install, "One.")
    install(Lines())
    rearm_outdated(10)
    process(hand_out(10))
    install(Lines(), BrokenNames())
    assert rows() == [("failed", "names", "ValueError", 1)]


def test_what_crashed_at_a_processor_that_is_gone_is_no_trouble(install):
    quarantined(crash_of_names)
    install(Lines())
    assert (ledger(), troubled()) == ([], 0)


def test_document_that_nobody_reads_any_more_is_listed_though_it_failed_at_what_is_gone(install):
    broken(install, "One.")
    install()
    rearm_outdated(10)
    process(hand_out(10))
    assert (rows(), troubled()) == ([("failed", "", "", 1)], 1)


def test_document_that_workers_died_with_is_trouble_though_a_failure_of_it_is_muted(install):
    submission = broken(install, "One.")[0]
    mute(**FAILURE, actor=OPERATOR)
    died_with(submission)
    assert troubled() == 1


@pytest.mark.parametrize("count", [2, 9])
def test_ledger_takes_no_more_queries_for_more_causes(install, django_assert_max_num_queries, count):
    assert len(broken(install, *[f"Story {number}." for number in range(count)])) == count
    with django_assert_max_num_queries(10):
        ledger()


def test_no_more_causes_are_listed_than_a_page_holds(install, monkeypatch):
    monkeypatch.setattr(reads, "LISTED", 1)
    install(Lines(), PickyNames())
    assert [processed(words).job.state for words in ("Mara.", "One.", "Ouse.")] == ["failed"] * 3
    assert rows() == [("failed", "names", "KeyError", 2)]


# Trying again


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_retrying_a_whole_cause_is_not_an_editors(install, role):
    broken(install)
    with pytest.raises(PermissionDenied, match="reprocess many"):
        retry(**FAILURE, actor=actor(role))
    assert hand_out(10) == []


def test_retrying_a_cause_that_is_gone_says_so_and_leaves_no_batch():
    processed()
    with pytest.raises(ValidationError, match="Nothing was queued"):
        retry(**FAILURE, actor=OPERATOR)
    assert not Job.objects.exclude(batch=None).exists()


@pytest.mark.parametrize("role", ["chief editor", "plugin admin"])
def test_retrying_a_cause_queues_its_documents_as_one_batch(install, role):
    failed = broken(install)
    install(Lines(), PickyNames())
    processed("One other.")
    batch = retry(**FAILURE, actor=actor(role))
    assert (batch.jobs, batch.asked["do"], batch.asked_by.username) == (2, "retry", role)
    assert hand_out(10) == [each.job.pk for each in failed]


def test_retrying_a_cause_twice_queues_it_once(install):
    broken(install)
    retry(**FAILURE, actor=OPERATOR)
    with pytest.raises(ValidationError):
        retry(**FAILURE, actor=OPERATOR)


def test_retrying_a_cause_leaves_quarantine_alone():
    quarantined(crash_of_names)
    with pytest.raises(ValidationError):
        retry(**CRASH, actor=OPERATOR)


def test_retried_documents_that_nobody_read_are_read(install):
    install()
    submission = processed()
    install(Lines(), Names())
    retry(processor="", cause="", actor=OPERATOR)
    process(hand_out(10))
    assert len(names(submission)) == 4


def test_retried_failure_comes_out_well_once_its_processor_is_mended(install):
    submission = broken(install, "Mara left.")[0]
    install(Lines(), Names())
    retry(**FAILURE, actor=OPERATOR)
    process(hand_out(10))
    assert (names(submission), ledger()) == (["Mara"], [])


# Quarantine


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_release_is_not_an_editors(role):
    quarantined(crash_of_names)
    with pytest.raises(PermissionDenied, match="may not release"):
        release(**CRASH, actor=actor(role))
    assert Job.objects.get().state == "quarantined"


def test_release_is_of_one_cause():
    quarantined(crash_of_names, "One.")
    other = quarantined(crash, "Other.")
    release(**CRASH, actor=OPERATOR)
    other.job.refresh_from_db()
    assert other.job.state == "quarantined"


def test_released_document_has_all_its_attempts_again():
    quarantined(crash_of_names)
    release(**CRASH, actor=actor("chief editor"))
    process(hand_out(10), call=crash_of_names)
    assert (Job.objects.get().state, Job.objects.get().crashes) == ("queued", 1)


def test_released_document_that_crashes_no_more_is_done():
    submission = quarantined(crash_of_names)
    release(**CRASH, actor=OPERATOR)
    process(hand_out(10))
    assert (len(names(submission)), ledger()) == (4, [])


def test_release_of_what_workers_died_with_is_of_that_alone():
    gone = processed("Gone.")
    Job.objects.update(state="quarantined")
    submission = submitted()
    died_with(submission)
    release(processor="", cause=LOST, actor=OPERATOR)
    process(hand_out(10))
    assert list(Job.objects.order_by("pk").values_list("pk", "state")) == [
        (gone.job.pk, "quarantined"),
        (submission.job.pk, "done"),
    ]


def test_release_of_what_workers_died_with_that_is_taken_back_leaves_all_as_it_was():
    died_with(submitted())
    said = "state", "lost", "trouble"
    batch = release(processor="", cause=LOST, actor=OPERATOR)
    cancel(batch_id=batch.pk, actor=OPERATOR)
    assert Job.objects.values_list(*said).get() == ("quarantined", 5, DEADLY)


# Muting


@pytest.mark.parametrize("act", [mute, unmute])
@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_muting_is_not_an_editors(role, act):
    with pytest.raises(PermissionDenied):
        act(**FAILURE, actor=actor(role))
    assert not Mute.objects.exists()


def test_mute_of_nothing_is_refused():
    with pytest.raises(ValidationError, match="processor"):
        mute(processor="", cause="", actor=OPERATOR)


def test_mute_of_a_cause_that_is_too_long_is_refused():
    with pytest.raises(ValidationError, match="cause"):
        mute(processor="names", cause="x" * 101, actor=OPERATOR)


def test_lifting_a_mute_that_is_not_there_says_so():
    with pytest.raises(ValidationError, match="not muted"):
        unmute(**FAILURE, actor=OPERATOR)


def test_muted_cause_is_no_trouble_and_stays_in_the_ledger_with_its_name(install):
    broken(install)
    by = actor("plugin admin")
    mute(**FAILURE, actor=by)
    assert (troubled(), [each.mute.muted_by for each in ledger()]) == (0, [by.user])


def test_muted_twice_is_muted_once():
    assert mute(**FAILURE, actor=OPERATOR) == mute(**FAILURE, actor=OPERATOR)


def test_lifted_mute_makes_trouble_again_and_is_kept_as_a_record(install):
    broken(install)
    mute(**FAILURE, actor=OPERATOR)
    by = actor("chief editor")
    unmute(**FAILURE, actor=by)
    assert (troubled(), ledger()[0].mute, Mute.objects.get().lifted_by) == (2, None, by.user)


def test_cause_can_be_muted_again():
    mute(**FAILURE, actor=OPERATOR)
    unmute(**FAILURE, actor=OPERATOR)
    mute(**FAILURE, actor=OPERATOR)
    assert Mute.objects.count() == 2


def test_document_with_another_failure_is_trouble_though_one_is_muted(install):
    install(Lines(), BrokenNames(), OtherBroken())
    processed()
    mute(**FAILURE, actor=OPERATOR)
    assert troubled() == 1


def test_document_that_nobody_reads_is_trouble_though_something_is_muted(install):
    install()
    processed()
    mute(**FAILURE, actor=OPERATOR)
    assert troubled() == 1


@pytest.mark.parametrize("ask", [mute, unmute, retry, release])
def test_name_that_no_database_holds_is_refused(ask):
    with pytest.raises(ValidationError, match="NUL"):
        ask(processor="names", cause="\0", actor=actor("chief editor"))
