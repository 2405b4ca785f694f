import random
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from threading import Barrier

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Snapshot
from newsdesk.pipeline.run import call_here
from newsdesk.processing.models import Job
from newsdesk.processing.queries import current_artifacts
from newsdesk.processing.queries import text_of as standing_text
from newsdesk.processing.services import Submission, process
from newsdesk.review import integrity
from newsdesk.review.models import Decision, Placement, Reconciliation
from newsdesk.review.placing import standing, standing_decisions
from newsdesk.review.queries import articles_decided_on, effective, newest_snapshot, pending, to_resolve
from newsdesk.review.services import decide, reconcile, reconcile_stale, withdraw
from newsdesk.worker import enqueue
from newsdesk.worker.tasks import process_jobs
from tests.apps.factories import (
    Lines,
    Names,
    NewLines,
    actor,
    artifacts,
    effective_of,
    person,
    processed,
    processed_again,
    submitted,
    updated,
)

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"
STORY = "Mara Voss left the council, which she had led for years.\nNobody said who follows Mara Voss in the hall."


def decided(submission, *verdicts, by=None):
    by = by or actor()
    return [
        decide(artifact_id=row.pk, actor=by, verdict=verdict)
        for row, verdict in zip(artifacts(submission, "person"), verdicts, strict=False)
    ]


def rows():
    return list(Placement.objects.order_by("pk").values())


def statuses():
    return list(Placement.objects.order_by("pk").values_list("status", flat=True))


def newest(submission):
    """The article's newest snapshot, as a submission."""
    snapshot = newest_snapshot(submission.snapshot.article_id)
    return Submission(snapshot, snapshot.job, True)


def breaches():
    return [(breach.invariant, breach.what) for breach in integrity.breaches()]


def outdated():
    Reconciliation.objects.update(checked_at=timezone.now() - timedelta(hours=1))


# What is stored


def test_article_on_which_nothing_was_decided_has_nothing_to_place():
    submission = processed(STORY)
    assert (articles_decided_on([submission.job.pk]), Reconciliation.objects.count()) == ([], 0)


def test_article_without_a_snapshot_is_passed_over():
    assert reconcile([4711]) == 0


def test_decision_is_placed_with_it():
    decided(processed(STORY), "accept", "reject")
    assert statuses() == ["carried", "suppressed"]


def test_withdrawn_decision_has_no_place():
    by = actor()
    withdraw(decision=decided(processed(STORY), "accept", by=by)[0].uuid, actor=by)
    assert rows() == []


def test_placing_twice_changes_nothing():
    submission = processed(STORY, url=URL)
    decided(submission, "accept", "reject")
    updated(submission, f"Update.\n{STORY}")
    before = rows()
    reconcile([submission.snapshot.article_id])
    assert (rows(), breaches()) == (before, [])


def test_articles_of_a_batch_are_found_in_one_query(django_assert_num_queries):
    submissions = [processed(f"{STORY} {number}") for number in range(3)]
    decided(submissions[0], "accept")
    with django_assert_num_queries(1):
        assert articles_decided_on([each.job.pk for each in submissions]) == [submissions[0].snapshot.article_id]


def test_placing_takes_as_many_queries_for_many_decisions_as_for_few(django_assert_max_num_queries):
    submission = processed(f"{STORY}\n" * 5, url=URL)
    decided(submission, *["accept"] * 20)
    newer = processed(f"Update.\n{STORY}\n", url=URL)
    with django_assert_max_num_queries(24):
        reconcile([newer.snapshot.article_id])


def test_reading_takes_as_many_queries_for_many_decisions_as_for_few(django_assert_num_queries):
    submission = processed(f"{STORY}\n" * 5, url=URL)
    decided(submission, *["accept"] * 20)
    newer = updated(submission, f"Update.\n{STORY}\n")
    with django_assert_num_queries(4):
        effective(newer.snapshot)


# Whoever dies on the way


def test_reader_sees_what_holds_while_what_is_stored_does_not():
    submission = processed(STORY, url=URL)
    decided(submission, "accept", "reject")
    newer = processed(f"Update.\n{STORY}", url=URL)
    assert [item.verdict for item in effective_of(newer, "person")] == ["accept", "reject", None, None]
    assert Reconciliation.objects.get().snapshot == submission.snapshot


def test_stored_and_derived_are_the_same():
    submission = processed(STORY, url=URL)
    decided(submission, "accept", "reject", "accept")
    snapshot = updated(submission, "Mara Voss left the council, which she had led for years.").snapshot
    assert standing(snapshot).outcomes == standing(snapshot, stored=False).outcomes


def test_article_counts_as_pending_until_its_decisions_are_placed():
    submission = processed(STORY, url=URL)
    decided(submission, *["accept"] * 4)
    newer = processed(f"Update.\n{STORY}", url=URL)
    waiting = pending().count()
    reconcile(articles_decided_on([newer.job.pk]))
    assert (waiting, pending().count()) == (1, 0)


def test_sweep_places_what_a_dead_worker_left(monkeypatch):
    monkeypatch.setattr(process_jobs, "delay", lambda _: None)
    submission = processed(STORY, url=URL)
    decided(submission, "accept")
    newer = processed(f"Update.\n{STORY}", url=URL)
    outdated()
    enqueue.sweep()
    assert Reconciliation.objects.get().snapshot == newer.snapshot


def test_sweep_leaves_what_still_fits(django_assert_num_queries):
    decided(processed(STORY), "accept")
    outdated()
    with django_assert_num_queries(2):
        assert reconcile_stale() == 0


def test_sweep_looks_again_after_a_while_only():
    submission = processed(STORY, url=URL)
    decided(submission, "accept")
    processed(f"Update.\n{STORY}", url=URL)
    assert reconcile_stale() == 0


def test_processor_that_went_back_to_an_earlier_version_is_noticed(install):
    submission = processed(STORY)
    decided(submission, "accept")
    install(NewLines(), Names())
    processed_again(submission)
    reconcile([submission.snapshot.article_id])
    install(Lines(), Names())
    processed_again(submission)
    outdated()
    assert reconcile_stale() == 1


def test_worker_places_decisions_anew(monkeypatch):
    monkeypatch.setattr("newsdesk.worker.tasks.runner", lambda: call_here)
    submission = processed(STORY, url=URL)
    decided(submission, "accept")
    newer = submitted(f"Update.\n{STORY}", url=URL)
    process_jobs([newer.job.pk])
    assert (statuses(), Reconciliation.objects.get().snapshot) == (["carried"], newer.snapshot)


def test_sweep_places_what_was_decided_before_placements_were_stored():
    submission = processed(STORY, url=URL)
    decided(submission, "accept", "reject")
    Placement.objects.all().delete()
    Reconciliation.objects.all().delete()
    import_module("newsdesk.review.migrations.0004_decided_articles").stamp(apps, None)
    assert (reconcile_stale(), statuses(), breaches()) == (1, ["carried", "suppressed"], [])


# What an editor is asked about


def test_orphans_of_all_articles_are_listed_newest_first():
    for_one, for_other = processed(STORY, url=URL), processed(STORY, url=f"{URL}b")
    by = actor()
    made = [decided(for_one, "accept", by=by)[0], decided(for_other, "reject", by=by)[0]]
    updated(for_one, "Nothing is left of it."), updated(for_other, "Nothing is left of it.")
    assert [row.decision for row in to_resolve()] == made[::-1]


# Invariants


def test_everything_holds_after_the_usual_work():
    submission = processed(STORY, url=URL)
    decided(submission, "accept", "reject")
    updated(submission, "Mara Voss left the council, which she had led for years.")
    assert breaches() == []


def test_stale_stamp_is_no_breach():
    submission = processed(STORY, url=URL)
    decided(submission, "accept")
    processed(f"Update.\n{STORY}", url=URL)
    assert breaches() == []


def test_decision_without_a_place_is_named():
    decision = decided(processed(STORY), "accept")[0]
    Placement.objects.all().delete()
    assert breaches() == [("I5", "stands and has no placement")]
    assert next(integrity.breaches()).thing == f"decision {decision.pk}"


def test_place_that_is_not_what_it_would_be_is_named():
    decided(processed(STORY), "accept")
    Placement.objects.update(status="orphan")
    assert breaches() == [("I5", "is stored as orphan and is carried")]


def test_decision_that_is_gone_is_named():
    decided(processed(STORY), "accept", "reject")
    Placement.objects.all().delete()
    Decision.objects.order_by("pk").last().delete()
    assert breaches() == [("I5", "had 2 decisions and has 1")]


def test_decided_article_that_no_sweep_knows_is_named():
    decided(processed(STORY), "accept")
    Reconciliation.objects.all().delete()
    assert breaches() == [("I5", "has decisions that no sweep will ever place")]


def anything(submission, chance, by):
    """What an editor might do next, or a publisher."""
    row = chance.choice(artifacts(submission, "person"))
    step = chance.choice(["accept", "accept", "reject", "correct", "withdraw", "update"])
    standing = [each for each in standing_decisions(submission.snapshot.article_id).values() if step == "withdraw"]
    text = standing_text(submission.snapshot.pk)
    spans = [{"start": 0, "end": 4, "role": "mention"}]
    return {
        "correct": lambda: decide(
            artifact_id=row.pk, actor=by, verdict=step, correction={"data": {"name": "X"}, "spans": spans}
        ),
        "withdraw": lambda: [withdraw(decision=each.uuid, actor=by) for each in standing[:1]],
        "update": lambda: updated(submission, f"Update.\n{text}"),
    }.get(step, lambda: decide(artifact_id=row.pk, actor=by, verdict=step))()


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_what_is_stored_is_what_deriving_gives(seed):
    chance, by, submission = random.Random(seed), actor(), processed(STORY, url=URL)
    done = [anything(newest(submission), chance, by) for _ in range(12)]
    assert (len(done), breaches()) == (12, [])


# At the same time (F32)


def at_once(*calls):
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(10)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def again(submission):
    Job.objects.filter(pk=submission.job.pk).update(state=Job.State.QUEUED, not_before=None)
    process([submission.job.pk])
    reconcile(articles_decided_on([submission.job.pk]))


def test_worker_that_commits_while_places_are_derived_leaves_a_stamp_that_vouches_for_nothing(install, monkeypatch):
    submission = processed(STORY)
    decided(submission, "accept", "reject")
    install(NewLines(), Names())
    meanwhile = iter([lambda: None, lambda: processed_again(submission)])

    def late(snapshot, **options):
        now = standing(snapshot, **options)
        next(meanwhile)()
        return now

    with monkeypatch.context() as patched:
        patched.setattr(import_module("newsdesk.review.services.reconcile"), "standing", late)
        reconcile([submission.snapshot.article_id])
    found = [item.verdict for item in effective_of(submission, "person") if item.row]
    outdated()
    assert (found[1:3], breaches(), reconcile_stale()) == (["accept", "reject"], [], 1)


def test_reader_whom_a_worker_overtakes_sees_what_held_before(install, monkeypatch):
    submission = processed(STORY)
    decided(submission, "accept", "reject")
    install(NewLines(), Names())

    meanwhile = iter([lambda: again(submission)])

    def late(snapshot_id):
        rows = list(current_artifacts(snapshot_id))
        next(meanwhile, lambda: None)()
        return rows

    monkeypatch.setattr("newsdesk.review.placing.current_artifacts", late)
    assert [item.verdict for item in effective_of(submission, "person")][:2] == ["accept", "reject"]


@pytest.mark.django_db(transaction=True)
def test_editor_who_decides_after_the_reprocess_on_what_was_there_before_loses_nothing(install):
    submission = processed(STORY)
    former, by = artifacts(submission, "person"), actor()
    install(NewLines(), Names())
    again(submission)
    decide(artifact_id=former[0].pk, actor=by, verdict="reject")
    assert ([item.verdict for item in effective_of(submission, "person") if item.row][1], breaches()) == ("reject", [])


@pytest.mark.django_db(transaction=True)
def test_editor_who_decides_before_the_reprocess_commits_loses_nothing(install):
    submission = processed(STORY)
    former, by = artifacts(submission, "person"), actor()
    install(NewLines(), Names())

    def call(processor, dossier):
        decide(artifact_id=former[0].pk, actor=by, verdict="reject")
        return call_here(processor, dossier)

    Job.objects.filter(pk=submission.job.pk).update(state=Job.State.QUEUED, not_before=None)
    process([submission.job.pk], call=call)
    reconcile(articles_decided_on([submission.job.pk]))
    assert ([item.verdict for item in effective_of(submission, "person") if item.row][1], breaches()) == ("reject", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(10))
def test_editor_and_reprocess_at_once_lose_nothing(install, _):
    submission = processed(STORY)
    former, by = artifacts(submission, "person"), Actor(person(), "desk")
    install(NewLines(), Names())
    decisions = [lambda row=row: decide(artifact_id=row.pk, actor=by, verdict="reject") for row in former]
    at_once(lambda: again(submission), *decisions)
    reconcile([submission.snapshot.article_id])
    found = [item.verdict for item in effective(Snapshot.objects.get()) if item.row and item.found.kind == "person"]
    assert (found[1:], Placement.objects.count(), breaches()) == (["reject"] * 4, 4, [])
