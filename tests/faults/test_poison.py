"""Documents that take a plugin's process down (F17, F18, F19, F25): the others flow, and none is tried for ever."""

from pathlib import Path

import pytest

from tests.installation import Site, wait_until

STORY = "Mayor to resign\n\n“I am tired of it,” said Mayor Ada Lind.\n\n{}\n"

ENDED = """
import json
from newsdesk.processing.models import Job, Run
job = Job.objects.get(snapshot__name="poison.txt")
failed = Run.objects.filter(snapshot=job.snapshot, processor="faults")
print(json.dumps([job.state, job.crashes, failed.count(), failed.latest("pk").cause]))
"""
QUOTES = """
import json
from newsdesk.processing.queries import current_artifacts
from newsdesk.corpus.models import Snapshot
poison = Snapshot.objects.get(name="poison.txt").pk
print(json.dumps([each.kind for each in current_artifacts(poison)].count("quote")))
"""


@pytest.mark.usefixtures("faults")
@pytest.mark.parametrize(("does", "cause"), [("@@abort", "SIGABRT"), ("@@segv", "SIGSEGV"), ("@@hang", "timeout")])
def test_poison_is_tried_three_times_and_quarantined_and_the_others_are_done(site: Site, does: str, cause: str) -> None:
    receive(site, poison=does)
    site.start_sweep()
    worker = site.start_worker()
    wait_until(lambda: site.states() == {"done": 5, "quarantined": 1}, 60, site.log)
    assert (site.query(ENDED), worker.poll()) == (["quarantined", 3, 3, cause], None)


@pytest.mark.usefixtures("faults")
def test_what_other_processors_found_in_poison_is_kept(site: Site) -> None:
    receive(site, poison="@@abort")
    site.start_sweep()
    site.start_worker()
    wait_until(lambda: site.states() == {"done": 5, "quarantined": 1}, 60, site.log)
    assert site.query(QUOTES) == 1


@pytest.mark.usefixtures("faults")
def test_an_exception_fails_its_run_at_once_and_is_not_tried_again(site: Site) -> None:
    receive(site, poison="@@raise")
    site.start_worker()
    wait_until(lambda: site.states() == {"done": 5, "failed": 1}, 60, site.log)
    assert site.query(ENDED) == ["failed", 0, 1, "ZeroDivisionError"]


def receive(site: Site, *, poison: str) -> None:
    """Five documents and one that is poison, in the middle."""
    folder: Path = site.folder / "documents"
    folder.mkdir()
    for name in ("a", "b", "c", "q", "r"):
        (folder / f"{name}.txt").write_text(STORY.format(f"This is story {name}."))
    (folder / "poison.txt").write_text(STORY.format(f"It holds {poison} in the middle."))
    site.manage("receive", str(folder))
