from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models.functions import Now

from newsdesk.pipeline.run import call_here
from newsdesk.pipeline.runner import ProcessorCrashed
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run, Synopsis
from newsdesk.processing.rehearsal import rehearse
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.report import report
from newsdesk.shadow.services import hand_out, turn, work
from newsdesk.shadow.services.turn import MAX_ATTEMPTS
from tests.apps.factories import Lines, Names, NewLines, NewNames, processed
from tests.apps.shadow.stage import asked, compared, worked

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The worker dies here."""


def archive(count=3):
    return [processed(f"Mara and Per said {number}.") for number in range(count)]


def expire(run):
    ShadowRun.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))


def dying(after):
    """A rehearsal in a worker that dies after so many articles."""

    def rehearsal(numbers, *rest):
        yield from rehearse(numbers[:after], *rest)
        raise Killed

    return rehearsal


def without_times(made):
    """A report without durations, which no two runs share."""
    sides = [side for both in made["processors"].values() for side in both.values()]
    [side.pop(name) for side in sides for name in ("p50_ms", "p95_ms")]
    return made


def test_run_that_does_not_exist_is_nobodys():
    assert work(4711, call_here) == "taken"


@pytest.mark.parametrize("state", ["done", "failed"])
def test_run_that_is_over_is_not_begun_again(state):
    run = asked()
    ShadowRun.objects.filter(pk=run.pk).update(state=state)
    assert work(run.pk, call_here) == "taken"


def test_run_that_somebody_holds_is_left_to_them():
    run = asked()
    ShadowRun.objects.filter(pk=run.pk).update(state="running", lease_until=Now() + timedelta(seconds=60))
    assert work(run.pk, call_here) == "taken"


def test_run_ends_with_the_report_that_a_comparison_at_once_gives():
    archive()
    run = worked(asked(options={"letters": 3}))
    assert (run.state, without_times(report(run))) == ("done", without_times(compared(options={"letters": 3})))


def test_nothing_but_the_run_itself_is_written():
    archive()
    tables = (Job, Run, Synopsis)
    before = [list(each.objects.order_by("pk").values()) for each in tables]
    worked(asked(options={"letters": 3}))
    assert ([list(each.objects.order_by("pk").values()) for each in tables], list(breaches())) == (before, [])


def test_empty_archive_ends_at_once():
    assert worked(asked()).state == "done"


def test_turn_that_is_over_goes_on_at_the_next_article():
    archive()
    run = worked(asked(options={"letters": 3}), seconds=-1)
    assert (run.state, run.done, hand_out()) == ("queued", 1, [run.pk])
    assert without_times(report(worked(worked(worked(run, seconds=-1), seconds=-1)))) == without_times(
        compared(options={"letters": 3})
    )


def test_worker_that_is_to_stop_leaves_the_rest_to_others():
    archive()
    run = worked(asked(), stopped=lambda: True)
    assert (run.state, run.done, hand_out()) == ("queued", 1, [run.pk])


def test_articles_that_come_meanwhile_are_not_among_them():
    archive(2)
    run = worked(asked(), seconds=-1)
    archive(4)
    assert worked(run).done == 2


def test_worker_that_dies_loses_no_more_than_what_it_had_not_kept(monkeypatch):
    archive()
    run = asked(options={"letters": 3})
    with monkeypatch.context() as worker:
        worker.setattr(turn, "KEEP_SECONDS", -1)
        worker.setattr("newsdesk.shadow.comparing.rehearse", dying(after=2))
        with pytest.raises(Killed):
            work(run.pk, call_here)
    assert (work(run.pk, call_here), ShadowRun.objects.get(pk=run.pk).done) == ("taken", 2)
    expire(run)
    assert without_times(report(worked(run))) == without_times(compared(options={"letters": 3}))


def test_worker_that_lost_its_lease_keeps_nothing():
    archive()
    run = asked()

    def overtaken(processor, dossier):
        ShadowRun.objects.filter(pk=run.pk).update(token=None)
        return call_here(processor, dossier)

    assert (work(run.pk, overtaken), ShadowRun.objects.get(pk=run.pk).done) == ("taken", 0)


def test_lease_is_held_while_processors_take_their_time(install, monkeypatch):
    archive(1)
    install(NewLines(), Names())
    monkeypatch.setattr(turn, "time", SimpleNamespace(monotonic=count(step=1_000).__next__))
    run = asked(processor="lines")
    leases = []

    def slow(processor, dossier):
        leases.append(ShadowRun.objects.filter(pk=run.pk, lease_until__gt=Now()).exists())
        expire(run)
        return call_here(processor, dossier)

    assert (work(run.pk, slow, seconds=10**9), leases) == ("done", [True, True])


def test_version_that_changes_in_the_middle_ends_the_run_with_the_reason(install):
    archive()
    run = worked(asked(), seconds=-1)
    install(Lines(), NewNames())
    run = worked(run)
    assert (run.state, run.reason, run.done) == ("failed", "plugins or settings were changed meanwhile; start it again", 1)


def test_processor_that_was_uninstalled_ends_the_run_after_some_attempts(install):
    run = asked()
    install(Lines())
    runs = [worked(run) for _ in range(MAX_ATTEMPTS)]
    assert ([each.state for each in runs], runs[-1].reason) == (
        ["queued"] * (MAX_ATTEMPTS - 1) + ["failed"],
        "no processor 'names' is installed; there are lines",
    )


def test_plugins_that_do_not_start_are_tried_again_later():
    def unstarted(processor, dossier):
        raise ProcessorCrashed("the plugins' process did not start: no answer", "start")

    archive(1)
    run = worked(asked(), call=unstarted)
    assert (run.state, run.done, hand_out()) == ("queued", 0, [])
    assert worked(run).state == "done"


def test_run_at_which_workers_die_again_and_again_is_given_up():
    archive(1)
    run = asked()
    ShadowRun.objects.filter(pk=run.pk).update(attempts=MAX_ATTEMPTS)
    run = worked(run)
    assert (run.state, run.reason) == (
        "failed",
        f"the work stopped {MAX_ATTEMPTS} times at the same article; the worker's log says why",
    )


def test_attempts_count_only_while_nothing_gets_on():
    archive()
    run = asked()
    ShadowRun.objects.filter(pk=run.pk).update(attempts=MAX_ATTEMPTS - 1)
    assert worked(run, seconds=-1).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_begin_at_once_one_has_the_run():
    archive(4)
    run, start = asked(), Barrier(4)

    def worker(_):
        try:
            start.wait(10)
            return work(run.pk, call_here)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(worker, range(4))) == ["done", "taken", "taken", "taken"]
    assert ShadowRun.objects.get().done == 4
