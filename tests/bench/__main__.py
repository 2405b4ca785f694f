"""`make bench`: what Newsdesk costs beside its processors, measured in one run. Figures of the last run: docs/benchmarks.md."""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import reduce
from operator import add
from pathlib import Path

from rich.console import Console

from newsdesk.review.anchoring import Anchoring
from newsdesk.review.lexicon import is_word
from newsdesk.sdk import Span
from tests.apps.review.edits import article
from tests.apps.review.test_anchoring import EDITS, carried, wrong
from tests.bench.documents import pages, short_texts, texts
from tests.bench.measure import cpu_seconds, memory_mb, tree
from tests.bench.stage import Stage, Took, bare, stage

WARM = 40
"""So many documents are processed before anything is counted."""

TURNS = 5
"""So often do worker and bare loop take turns."""

Row = tuple[str, str, str]


def main() -> None:
    """Measure, and print a table in Markdown."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=500, metavar="N", help="web pages (default: %(default)s)")
    parser.add_argument("--pages-from", type=Path, metavar="FOLDER", help="pages of yours, instead of those made of the seeds")
    parser.add_argument("--texts", type=int, default=2_000, metavar="N", help="plain texts (default: %(default)s)")
    parser.add_argument(
        "--again", type=int, default=10_000, metavar="N", help="unchanged documents sent again (default: %(default)s)"
    )
    parser.add_argument(
        "--archive", type=int, default=20_000, metavar="N", help="articles of the long run (default: %(default)s)"
    )
    names = {measure.__name__.replace("_", "-"): measure for measure in MEASURES}
    parser.add_argument("--only", choices=names, help="one measure alone, instead of all of them")
    options = parser.parse_args()
    chosen = (names[options.only],) if options.only else MEASURES
    console = Console(stderr=True)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as name:
        folder = Path(name)
        console.print("Making documents ...")
        write(folder / "pages", pages(options.pages + WARM, options.pages_from))
        write(folder / "texts", texts(options.texts + WARM))
        with stage(folder) as running:
            for measure in chosen:
                console.print(f"{measure.__name__.replace('_', ' ')} ...")
                for row in measure(running, options):
                    rows.append(row)
                    console.print(" | ".join(row))
    made = "pages of a folder" if options.pages_from else "pages made of the seeds"
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {_machine()}, Python {platform.python_version()}, {made}\n")
    print("| measured | figure | aim |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def write(folder: Path, contents: Iterable[bytes]) -> None:
    """Put documents into a folder, in their order."""
    folder.mkdir()
    for number, content in enumerate(contents):
        (folder / f"{number:06}").write_bytes(content)


def read(folder: Path) -> list[bytes]:
    """The documents of a folder."""
    return [path.read_bytes() for path in sorted(folder.iterdir())]


def against_bare(running: Stage, options: argparse.Namespace) -> Iterator[Row]:
    """One worker on one core, and then two, against a bare loop that calls the same processors."""
    for kind, most in (("pages", 10), ("texts", None)):
        folder = running.folder / kind
        contents = read(folder)
        one, floor = by_turns(running, kind, contents)
        outside, rate = one.cpu_ms - floor.cpu_ms, one.rate / floor.rate
        yield (
            f"{kind}: bare loop, CPU",
            f"{floor.cpu_ms:.2f} ms a document, {floor.findings / floor.documents:.0f} findings",
            "",
        )
        yield f"{kind}: Newsdesk, CPU, servers included", f"{one.cpu_ms:.2f} ms a document", ""
        share = f"{100 * outside / one.cpu_ms:.1f} %"
        yield f"{kind}: outside processors", f"{outside:.2f} ms, {share}", f"at most {most} %" if most else "told"
        rates = f"{one.rate:.1f} of {floor.rate:.1f} a second"
        yield (
            f"{kind}: rate of one worker against the bare loop",
            f"{rate:.3f} ({rates})",
            "at least 0.9" if most else "told",
        )
        jobs = running.submit(contents, f"{kind} for 2")  # another source's, so they are other articles
        with running.worker(2) as worker:
            running.process(jobs[:WARM], worker)
            two = running.process(jobs[WARM:], worker)
        with bare(folder, copies=2) as loops:
            loops(WARM)
            ceiling = sum(each.rate for each in loops(len(contents) - WARM)) / floor.rate
        figure = f"{two.rate / one.rate:.2f} times (two bare loops: {ceiling:.2f})"
        yield f"{kind}: two workers against one", figure, "at least 1.8"


def by_turns(running: Stage, kind: str, contents: list[bytes]) -> tuple[Took, Took]:
    """What one worker takes for documents, and what the bare loop does.

    They take turns, as a machine that others share is not as fast at all times: what slows the one slows the other.
    """
    jobs, workers, floors = running.submit(contents, f"{kind} for 1"), [], []
    size = -(-(len(jobs) - WARM) // TURNS)
    with running.worker(1) as worker, bare(running.folder / kind) as loop:
        running.process(jobs[:WARM], worker)
        loop(WARM)
        for first in range(WARM, len(jobs), size):
            these = jobs[first : first + size]
            workers.append(running.process(these, worker))
            floors += loop(len(these))
    return reduce(add, workers), reduce(add, floors)


def long_run(running: Stage, options: argparse.Namespace) -> Iterator[Row]:
    """A worker's memory over many articles."""
    jobs = running.submit(short_texts(options.archive), "archive")
    marks, size = [], max(1, len(jobs) // 10)
    with running.worker(2) as worker:
        for first in range(0, len(jobs), size):
            running.nudge(jobs[first : first + size])
            running.wait(jobs[first : first + size])
            marks.append(memory_mb(tree(worker)))
    shown = ", ".join(f"{each:.0f}" for each in marks)
    yield f"memory of a worker of two over {len(jobs):,} articles", f"{shown} MB at each tenth", "flat"
    yield "the same, last tenth against second", f"{marks[-1] / marks[min(1, len(marks) - 1)]:.3f} times", "1"


def sent_again(running: Stage, options: argparse.Namespace) -> Iterator[Row]:
    """Documents that are here already."""
    for kind in ("texts", "pages"):
        contents = read(running.folder / kind)
        many = [contents[number % len(contents)] for number in range(options.again)]
        pids = [os.getpid(), *running.servers()]
        cpu, wall = cpu_seconds(pids), time.perf_counter()
        running.submit(many, f"{kind} for 1")
        wall, cpu = time.perf_counter() - wall, cpu_seconds(pids) - cpu
        figure = f"{1000 * wall / len(many):.2f} ms each, CPU {1000 * cpu / len(many):.2f} ms"
        yield f"{len(many):,} unchanged {kind} sent again", figure, "at most 2 ms"


def statements(running: Stage, options: argparse.Namespace) -> Iterator[Row]:
    """SQL statements for a batch, in the archive as it is now and before there was one."""
    from django.db import connection

    from newsdesk.host.conf import conf
    from newsdesk.processing.models import Job
    from newsdesk.processing.services import process

    counted: list[str] = []

    def count(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        counted.append(sql)
        return execute(sql, params, many, context)

    size, figures, before = conf().batch, [], Job.objects.count()
    for batch in (size, 2 * size):
        texts_ = (b"Counted %d of %d after %d.\n\nIt is." % (number, batch, before) for number in range(batch))
        jobs = running.submit(texts_, "counted")
        counted.clear()
        with connection.execute_wrapper(count):
            process(jobs)
        figures.append(f"{len(counted)} for {batch}")
    yield f"SQL statements for a batch, among {Job.objects.count():,} articles", ", ".join(figures), "constant"


def found_again(_running: Stage, _options: argparse.Namespace) -> Iterator[Row]:
    """The quotes of decisions, found again in texts that changed."""
    story, slowest, wrong_ones, shares = article(300, terse=True), 0.0, 0, []
    is_word("warm")  # loads the words, a sixth of a second, once in a process
    for edit in EDITS.values():
        edited = edit(story.text)
        text = edited.text  # put together from its characters only now, which is no part of finding quotes
        slowest = max(slowest, min(_placing(story.text, text, story.quotes) for _ in range(3)))
        wrong_ones += len(wrong(story, edited))
        shares += [carried(story, edited)] if edit is not EDITS["twice"] else []
    what = f"{len(story.quotes)} decided quotes in {len(story.text):,} characters, after {len(EDITS)} edits"
    kept = f"{100 * min(shares):.0f} % of survivors carried at least"
    figure = f"CPU {slowest:.0f} ms at most, {wrong_ones} silently wrong, {kept}"
    yield what, figure, "200 ms in 60,000, 0, 95 %"


def _placing(old: str, new: str, quotes: Iterable[Sequence[Span]]) -> float:
    """CPU milliseconds that it takes to find all these quotes again."""
    started = time.process_time()
    anchoring = Anchoring(old, new)
    for spans in quotes:
        anchoring.place(spans)
    return 1000 * (time.process_time() - started)


MEASURES = (statements, against_bare, sent_again, long_run, statements, found_again)
"""In this order: what is counted again at the end is counted in the archive that the others left."""


def _machine() -> str:
    models = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line]
    return models[0] if models else platform.machine()


if __name__ == "__main__":
    main()
