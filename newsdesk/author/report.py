"""What a plugin made of one document, for the terminal."""

import json
from collections.abc import Collection, Mapping, Sequence
from textwrap import wrap
from typing import Any

from newsdesk.author.marks import Mark, legend, marked
from newsdesk.author.terminal import BOLD, DIM, RED, Terminal, cut, safe
from newsdesk.pipeline.run import Outcome
from newsdesk.sdk.exporter import Finding, Record

MAX_FINDINGS, MAX_WORDS, MAX_DATA, MAX_SPANS, MAX_LINES = 200, 60, 400, 5, 40
PLAIN_ROLES = ("mention", "block")
"""Roles that say no more than the kind does."""


def report(
    record: Record,
    processors: Collection[str],
    terminal: Terminal,
    whole: bool = False,
    everything: bool = False,
    readers: Collection[str] = (),
) -> bool:
    """Write what these processors found, or all of them, and how their runs ended; False where one failed.

    What one of the `readers` among them read is shown as a whole: it is the text.
    """
    document = record.document
    whole = whole or any(run["processor"] in readers for run in record.runs)
    terminal.say(terminal.styled(safe(f"{document['name']}: {document['media_type']}, {len(record.text):,} characters"), BOLD))
    findings = [each for each in record.findings if everything or each.processor in processors]
    marks = _marks(findings)
    if record.text and (marks or whole):
        terminal.say()
        for line in marked(record.text, marks, terminal, whole):
            terminal.say(line)
    if marks:
        terminal.say()
        terminal.say(f"Legend: {legend(marks, terminal)}")
    if findings:
        terminal.say()
    for number, finding in enumerate(findings[:MAX_FINDINGS], start=1):
        _say_finding(number, finding, record.text, terminal)
    if len(findings) > MAX_FINDINGS:
        terminal.say(terminal.styled(f"⋯ {len(findings) - MAX_FINDINGS:,} more findings", DIM))
    counts = {name: sum(each.processor == name for each in record.findings) for name in processors if name not in readers}
    if record.text and whole and not findings:
        terminal.say()
    ended = [_say_run(run, counts, terminal) for run in record.runs if run["processor"] in processors or _failed(run)]
    if not record.text:
        terminal.say(terminal.styled("No processor found a text in this document.", RED))
    return bool(record.text) and all(ended)


def show_file(written: bytes, title: str, terminal: Terminal) -> None:
    """Write the beginning of a file that an exporter made."""
    terminal.say(terminal.styled(safe(f"{title}: {len(written):,} bytes"), BOLD))
    lines = written.decode("utf-8-sig", "backslashreplace").split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    for line in lines[:MAX_LINES]:
        terminal.say(safe(cut(line.removesuffix("\r"), MAX_DATA)))
    if len(lines) > MAX_LINES:
        terminal.say(terminal.styled(f"⋯ {len(lines) - MAX_LINES:,} more lines", DIM))


def _marks(findings: Sequence[Finding]) -> list[Mark]:
    return [
        Mark(span.start, span.end, number, finding.artifact.kind + ("" if span.role in PLAIN_ROLES else f" {span.role}"))
        for number, finding in enumerate(findings, start=1)
        for span in finding.artifact.spans
    ]


def _say_finding(number: int, finding: Finding, text: str, terminal: Terminal) -> None:
    artifact = finding.artifact
    places = [f"“{cut(safe(span.of(text)), MAX_WORDS)}” {span.start}–{span.end}" for span in artifact.spans[:MAX_SPANS]]
    if len(artifact.spans) > MAX_SPANS:
        places.append(f"{len(artifact.spans) - MAX_SPANS} more")
    confidence = "" if artifact.confidence is None else f"  confidence {artifact.confidence:.2g}"
    data = cut(safe(json.dumps(dict(artifact.data), ensure_ascii=False)), MAX_DATA)
    terminal.say(f"{number:3}  {terminal.styled(safe(artifact.kind), BOLD)}{confidence}")
    for line in (*wrap(", ".join(places), terminal.width - 5), *wrap(data, terminal.width - 5)):
        terminal.say(f"     {line}")


def _say_run(run: Mapping[str, Any], counts: Mapping[str, int], terminal: Terminal) -> bool:
    """One line on how a run ended; False where it failed."""
    head = f"{run['processor']} {run['version']}: {run['outcome']}"
    if _failed(run):
        terminal.say(terminal.styled(safe(f"{head}: {run['error']}"), RED))
        return False
    count = counts.get(run["processor"])
    found = "read" if count is None else f"{count:,} {'finding' if count == 1 else 'findings'}"
    terminal.say(safe(head + (f": {run['error']}" if run["error"] else f", {found} in {run['seconds'] * 1000:.1f} ms")))
    return True


def _failed(run: Mapping[str, Any]) -> bool:
    return run["outcome"] in (Outcome.FAILED, Outcome.BLOCKED)
