"""Documents that take a plugin's process down, hang or fill it (F17 to F21); plugins that raise or give rubbish (F25, F26)."""

import pytest

from tests.faults.crew import family_of
from tests.faults.figures import Figures
from tests.faults.misbehaving import RUBBISH
from tests.faults.stage import findings, holds, lose_messages, receive
from tests.installation import Site, wait_until

DEADLY = {"abort": "SIGABRT", "segv": "SIGSEGV", "hang": "timeout", "sleep-in-c": "timeout", "vanish": "exit status 0"}


def test_poison_is_tried_three_times_and_quarantined_by_the_name_of_its_end_and_the_others_are_done(
    either: Site, figures: Figures
) -> None:
    """F17, F18, F19, F20: one document for each way to die, among others; what other processors found in it is kept."""
    either.environment["NEWSDESK_PLUGIN_SECONDS"] = "1"
    poison = {f"poison-{word}": f"@@{word}" for word in DEADLY}
    receive(either, **{f"story-{number}": "" for number in range(10)}, **poison)
    either.start_sweep()
    worker = either.start_worker("--concurrency=2")
    family = family_of(worker.pid)
    wait_until(lambda: either.states() == {"done": 10, "quarantined": len(DEADLY)}, 90, either.log)
    seen = {name: (state, crashes, cause) for name, state, crashes, cause in either.rows(ENDED)}
    figures.add("F17 to F20", "a document for each way to die", **causes(seen), others_done=10)
    assert seen == {f"poison-{word}.txt": ("quarantined", 3, cause) for word, cause in DEADLY.items()}
    assert (worker.poll(), set(family[:3]) - set(family_of(worker.pid)), quotes(either)) == (None, set(), 15)


@pytest.mark.timeout(300)
def test_document_that_kills_worker_after_worker_is_quarantined_and_its_neighbours_are_done(
    most: Site, figures: Figures
) -> None:
    """F17, where what dies is the worker's own process, as when memory runs out: nobody is left to say what it was."""
    most.environment["NEWSDESK_BATCH"] = "4"
    receive(most, deadly="@@kill-worker", **{f"story-{number}": "" for number in range(7)})
    lose_messages(most)
    most.start_sweep()
    worker = most.start_worker("--concurrency=1")
    wait_until(lambda: most.states() == {"done": 7, "quarantined": 1}, 180, most.log)
    [(name, attempts, lost, crashes, trouble)] = most.rows(DEADLIEST)
    figures.add("F17", "a document that kills the worker's process", others_done=7, attempts=attempts)
    assert (name, lost, crashes, trouble.startswith("5 workers died")) == ("deadly.txt", 5, 0, True)
    assert (quotes(most), worker.poll(), holds(most)) == (7, None, True)


def test_memory_is_bounded_at_once_and_over_time(most: Site, figures: Figures) -> None:
    """F21: three gigabytes at once fail that run; fifty megabytes a document, never given back, harm nobody."""
    most.environment |= {"NEWSDESK_PLUGIN_MEMORY_MB": "400", "NEWSDESK_PLUGIN_SECONDS": "2"}
    receive(most, hog="@@hog", **{f"leak-{number}": "@@leak" for number in range(20)})
    most.start_sweep()
    most.start_worker("--concurrency=1")
    wait_until(lambda: most.states() == {"done": 20, "failed": 1}, 60, most.log)
    [(cause, error)] = most.rows("SELECT cause, error FROM processing_run WHERE outcome = 'failed'")
    figures.add("F21", "3 GiB at once; 50 MB a document", hog=cause, leaks_done=20)
    assert (cause, "raise the memory limit" in error) == ("MemoryError", True)


def test_plugin_that_raises_or_gives_rubbish_fails_its_run_and_nothing_else(most: Site, figures: Figures) -> None:
    """F25, F26: all or nothing, with a message; what the other processors found stays."""
    most.environment |= {"NEWSDESK_PLUGIN_SECONDS": "60", "NEWSDESK_LEASE_SECONDS": "120"}
    bad = {word: f"@@{word}" for word in (*RUBBISH, *RAISES)}
    receive(most, good="", **bad)
    most.start_sweep()
    worker = most.start_worker("--concurrency=2")
    wait_until(lambda: most.states() == {"done": 1, "failed": len(bad)}, 100, most.log)
    said = {name.removesuffix(".txt"): error for name, error in most.rows(SAID)}
    stored = {each.document for each in findings(most) if each.processor == "misbehaving"}
    unclear = {word: error for word, error in said.items() if MESSAGES[word] not in error}
    figures.add(
        "F26",
        f"{len(RUBBISH)} sorts of rubbish",
        failed_with_a_clear_message=len(RUBBISH) - len(unclear),
        stored=len(stored) - 1,
    )
    assert (unclear, stored, quotes(most), worker.poll()) == ({}, {"good.txt"}, len(bad) + 1, None)


RAISES = {"raise": "ValueError: will not read this", "leave": "SystemExit: 3"}
MESSAGES = RAISES | {
    "negative": "must be 0 <= start < end",
    "beyond": "of the text",
    "reversed": "must be 0 <= start < end",
    "float": "must be int",
    "nan": "finite",
    "string": "must yield",
    "nul": "canonical",
    "surrogate": "canonical",
    "cyclic": "contains itself",
    "misquoted": "quotation says",
    "undeclared": "person",
    "huge": "1,000,000 characters",
    "many": "more than 50,000 artifacts",
    "halfway": "gave up at the 501st",
}

ENDED = """
    SELECT name, state, crashes, cause FROM processing_job AS job
    JOIN corpus_snapshot AS snapshot ON snapshot.id = job.snapshot_id
    JOIN processing_run AS run ON run.snapshot_id = snapshot.id
    WHERE state = 'quarantined' AND processor = 'misbehaving' AND current
"""
DEADLIEST = """
    SELECT name, attempts, lost, crashes, trouble FROM processing_job AS job
    JOIN corpus_snapshot AS snapshot ON snapshot.id = job.snapshot_id WHERE state = 'quarantined'
"""
SAID = """
    SELECT name, error FROM processing_run AS run JOIN corpus_snapshot AS snapshot ON snapshot.id = run.snapshot_id
    WHERE outcome = 'failed' AND processor = 'misbehaving' AND current
"""


def quotes(site: Site) -> int:
    """In how many documents the quote was found that is in each."""
    return len({each.document for each in findings(site) if each.processor == "quotes" and each.kind == "quote"})


def causes(seen: dict[str, tuple[str, int, str]]) -> dict[str, str]:
    """For the table: the cause under which each ended, and after how many attempts."""
    ways = {name.removeprefix("poison-").removesuffix(".txt"): rest for name, rest in seen.items()}
    return {way: f"{cause} after {crashes}" for way, (_, crashes, cause) in sorted(ways.items())}
