"""The plain command: files in, JSON lines out, with the installed plugins and nothing else."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from newsdesk.pipeline.limits import Limits
from newsdesk.pipeline.plan import Plan, make_plan
from newsdesk.pipeline.probe import IMPORT_SECONDS, load_safely
from newsdesk.pipeline.reading import READING
from newsdesk.pipeline.registry import Registry, build_registry
from newsdesk.pipeline.run import Call, Outcome, Result, here, run
from newsdesk.pipeline.runner import Runner
from newsdesk.sdk.content import MAX_BYTES, Examined, examine
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import NewsdeskError
from newsdesk.sdk.exporter import Finding, Record
from newsdesk.sdk.media import Format


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status is 1 if a document could not be read or a processor failed, 0 otherwise."""
    options = parser().parse_args(arguments)
    if options.url and len(options.files) > 1:
        parser().error("--url gives the address of one document; name one file")
    if options.jobs < 1:
        parser().error("--jobs must be 1 or more")
    registry = load_registry(options.import_seconds)
    plan = make_plan(registry.processors.values(), registry.kinds, registry.readers.values())
    for problem in (*registry.problems, *plan.left_out):
        print(f"warning: {problem.plugin}: {problem.message}", file=sys.stderr)
    status = 0
    for number, line in enumerate(_lines(plan, options, registry), start=1):
        failed = "error" in line or not line["text"] or any(each["outcome"] == Outcome.FAILED for each in line["runs"])
        status = 1 if failed else status
        # UTF-8 whatever the locale; of a file name that is no Unicode, JSON's own escapes
        sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        sys.stdout.buffer.flush()
        _progress(number, len(options.files))
    return status


def parser() -> argparse.ArgumentParser:
    """All that the command takes."""
    whole = argparse.ArgumentParser(
        prog="python -m newsdesk.pipeline",
        description="Turn documents into clean text and attributed quotes: one JSON object a line, in the order of the files.",
    )
    whole.add_argument(
        "files", nargs="+", metavar="FILE", help="HTML or plain text, by content, or what a reader reads; - is standard input"
    )
    whole.add_argument("--jobs", type=int, default=1, metavar="N", help="use N processes (default: 1)")
    whole.add_argument(
        "--import-seconds",
        type=float,
        default=IMPORT_SECONDS,
        metavar="S",
        help="leave out a plugin that takes longer to be imported (default: %(default)g)",
    )
    whole.add_argument("--url", help="the address of the document, if there is one document")
    whole.add_argument("--media-type", help="what the files are, if neither content nor name says it to a reader")
    return whole


def load_registry(import_seconds: float = IMPORT_SECONDS) -> Registry:
    """What is installed and can be imported; the user's cache remembers what can."""
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home: nothing is remembered
        home = Path(os.devnull)
    return build_registry(load_safely(home / ".cache" / "newsdesk", Limits(start_seconds=import_seconds)))


def _lines(plan: Plan, options: argparse.Namespace, registry: Registry) -> Iterator[dict[str, Any]]:
    if options.jobs == 1:
        yield from (_line(plan, name, options, here(plan), registry.formats) for name in options.files)
        return
    with ExitStack() as stack:
        free: SimpleQueue[Runner] = SimpleQueue()
        for _ in range(options.jobs):
            free.put(stack.enter_context(Runner(plugins=[each.name for each in registry.plugins])))
        pool = stack.enter_context(ThreadPoolExecutor(options.jobs))

        def line(name: str) -> dict[str, Any]:
            runner = free.get()
            try:
                return _line(plan, name, options, runner, registry.formats)
            finally:
                free.put(runner)

        yield from pool.map(line, options.files)


def _line(plan: Plan, name: str, options: argparse.Namespace, call: Call, formats: tuple[Format, ...]) -> dict[str, Any]:
    """What to print for one file: what was found in it, or why it could not be read."""
    try:
        return read_and_run(plan, name, options.url, call, formats, options.media_type).to_plain()
    except OSError as error:
        return {"document": {"name": name}, "error": f"{name} cannot be read: {error.strerror}"}
    except NewsdeskError as error:
        return {"document": {"name": name}, "error": str(error)}


def read_and_run(
    plan: Plan, name: str, url: str | None, call: Call, formats: tuple[Format, ...] = (), media_type: str | None = None
) -> Record:
    """What is found in one file; "-" is standard input. Raises OSError, and UnreadableContent for what is no document."""
    content = _read(name)
    examined = examine(content, name=name, media_type=media_type, formats=formats)
    document = Document(name, url, examined.media_type, content)
    return _record(run(plan, document, call=call), document, examined)


def _read(name: str) -> bytes:
    """The file's bytes; one more than may be taken is enough to refuse it."""
    if name == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with Path(name).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _record(result: Result, received: Document, examined: Examined) -> Record:
    document = result.document
    head = {
        "name": document.name,
        "media_type": received.media_type,
        "sha256": received.sha256,
        "url": document.url,
        "encoding": examined.decoded.encoding,
        "warnings": dict(examined.decoded.warnings),
    }
    findings = (
        Finding(artifact, each.processor, each.version)
        for each in result.runs
        for artifact in each.artifacts
        if artifact.kind not in ("text", READING)
    )
    runs = (
        {
            "processor": each.processor,
            "version": each.version,
            "outcome": each.outcome,
            "seconds": round(each.seconds, 6),
            "error": each.error,
        }
        for each in result.runs
    )
    text, body = (document.text, document.body) if document.has_text else ("", "")
    return Record(head, text, body, tuple(findings), tuple(runs))


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        print(f"\r{done}/{total} documents", end=end, file=sys.stderr, flush=True)


def run_command(arguments: Iterable[str] | None = None) -> None:
    """Leave with the command's exit status; quietly where the reader of our output has gone."""
    try:
        status = main(list(arguments) if arguments is not None else None)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    raise SystemExit(status)
