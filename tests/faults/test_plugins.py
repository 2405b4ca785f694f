"""Plugins that are broken, replaced or gone while documents wait (F24, F29, F30)."""

import pytest

from tests.faults.crew import Crew
from tests.faults.figures import Figures
from tests.faults.stage import (
    NOTHING_LOST,
    Found,
    fetch,
    findings,
    holds,
    install,
    lose_messages,
    receive,
    stories,
    tally,
    uninstall,
)
from tests.installation import Site, kill, wait_until

BROKEN = {"absent": "import nothing_of_this_name", "leaving": "raise SystemExit(3)"}


def test_installation_works_with_broken_plugins_beside_it_and_names_them(most: Site, figures: Figures) -> None:
    """F24."""
    for name, source in BROKEN.items():
        install(most, source, name=name)
    address = most.start_web()
    stories(most, 5)
    most.start_sweep()
    most.start_worker()
    most.wait_until_done(5)
    shown = most.manage("plugins").stdout
    figures.add("F24", "two broken imports", named=sum(name in shown for name in BROKEN), done=5)
    assert ("ModuleNotFoundError" in shown, "SystemExit" in shown, fetch(f"{address}/ready")[0]) == (True, True, 200)


def test_version_deployed_while_documents_wait_mixes_nothing_and_keeps_what_was_found_before(
    site: Site, figures: Figures
) -> None:
    """F29: each run names the version that ran, and in the end all hold results of the new one."""
    assert deployed_in_the_middle(site, figures, documents=60) == ([], [("2", 60)], True)


@pytest.mark.long
def test_new_version_that_a_running_worker_meets_on_disk_is_not_taken_for_the_old_one(either: Site, figures: Figures) -> None:
    """F29: its plugins' process crashes and starts again with the new code, while the worker plans the old."""
    receive(either, poison="@@abort", story="")
    either.start_sweep()
    worker = either.start_worker("--concurrency=1")
    wait_until(lambda: either.states().get("done", 0) == 1, 40, either.log)
    install(either, version="2")
    stories(either, 5)
    wait_until(lambda: either.states().get("queued", 0) + either.states().get("running", 0) == 0, 60, either.log)
    kill(worker)
    for process in either.processes:
        kill(process)
    either.start_sweep()
    either.start_worker("--concurrency=1")
    wait_until(lambda: either.states() == {"done": 6, "quarantined": 1}, 60, either.log)
    wrong = mixed(either)
    figures.add("F29", "new code under a running worker", mixed=len(wrong), holding_the_new=held(either)[0][1])
    assert (wrong, held(either)) == ([], [("2", 6)])


def deployed_in_the_middle(site: Site, figures: Figures, *, documents: int) -> tuple[list[Found], list[object], bool]:
    """Version 2 in place of version 1 in the middle, and everything started again: what mixed, and what holds."""
    stories(site, documents)
    sweep, crew = site.start_sweep(), Crew(site, workers=1, processes=2)
    wait_until(lambda: site.states().get("done", 0) >= documents // 3, 60, site.log)
    install(site, version="2")
    for each in (sweep, *crew.workers):
        kill(each)
    done = site.states()["done"]
    site.start_sweep()
    Crew(site, workers=1, processes=2)
    wait_until(lambda: held(site) == [("2", documents)] and site.states() == {"done": documents}, 90, site.log)
    [(former,)] = site.rows("SELECT count(*) FROM processing_run WHERE processor = 'misbehaving' AND version = '1'")
    wrong = mixed(site)
    figures.add("F29", "swapped in the middle", done_before=done, former_runs_kept=former, mixed=len(wrong))
    return wrong, held(site), holds(site)


def test_plugin_that_is_gone_while_documents_wait_is_left_out_and_made_up_for_when_it_is_back(
    most: Site, figures: Figures
) -> None:
    """F30: the others do their work, former results stay, and what was left out is due once the plugin is back."""
    stories(most, 5)
    everything = [most.start_sweep(), most.start_worker()]
    most.wait_until_done(5)
    for each in everything:
        kill(each)
    stories(most, 5)
    lose_messages(most)
    uninstall(most)
    everything = [most.start_sweep(), most.start_worker()]
    most.wait_until_done(10)
    without = held(most)
    for each in everything:
        kill(each)
    install(most)
    most.start_sweep()
    most.start_worker()
    wait_until(lambda: held(most) == [("1", 10)], 60, most.log)
    seen = tally(most)
    figures.add("F30", "gone with 5 of 10 waiting", holding_meanwhile=without[0][1], in_the_end=10, **seen)
    assert (without, seen, holds(most)) == ([("1", 5)], NOTHING_LOST, True)


def mixed(site: Site) -> list[Found]:
    """Findings that another version made than their run says."""
    ours = (each for each in findings(site) if each.processor == "misbehaving")
    return [each for each in ours if each.name != f"found by {each.version}"]


def held(site: Site) -> list[object]:
    """By version, how many documents hold a result of the plugin."""
    return site.rows(
        "SELECT version, count(*) FROM processing_run"
        " WHERE processor = 'misbehaving' AND outcome = 'done' AND current GROUP BY version"
    )
