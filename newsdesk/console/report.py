"""What came out, for a reader at a terminal: per article its headline, its paragraphs, and who said what."""

from collections.abc import Iterable

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newsdesk.sdk import BODY_ROLES, Finding, Record

MAX_QUOTE = 160


def report(console: Console, records: Iterable[Record]) -> None:
    """Print each article."""
    for record in records:
        console.print()
        console.rule(f"[bold]{escape(_metadata(record, 'headline') or str(record.document['name']))}", align="left")
        console.print(f"[dim]{escape(str(record.document['name']))} · {record.document['media_type']}[/]")
        if standfirst := _metadata(record, "standfirst"):
            console.print(f"[italic]{escape(standfirst)}[/]")
        roles = [finding.artifact.data["role"] for finding in _of_kind(record, "paragraph")]
        body, dropped = sum(role in BODY_ROLES for role in roles), roles.count("boilerplate")
        console.print(f"{body} body paragraphs, {len(record.body.split())} words; {dropped} boilerplate blocks set aside")
        _print_quotes(console, list(_of_kind(record, "quote")))
        for run in record.runs:
            if run["outcome"] in ("failed", "blocked"):
                console.print(f"[red]{run['processor']} {run['outcome']}: {escape(run['error'] or '')}[/]")


def _print_quotes(console: Console, quotes: list[Finding]) -> None:
    if not quotes:
        console.print("[dim]no quotes[/]")
        return
    table = Table("Who", "Said", "How", box=box.SIMPLE_HEAD, pad_edge=False)
    table.columns[0].max_width = 32
    for quote in quotes:
        data = quote.artifact.data
        speaker = data["speaker"]
        who = (
            f"{escape(speaker['name'])}" + (f"\n[dim]{escape(speaker['role'])}[/]" if speaker["role"] else "")
            if speaker
            else "?"
        )
        words = data["quotation"]
        table.add_row(who, escape(words if len(words) <= MAX_QUOTE else f"{words[: MAX_QUOTE - 1]}…"), data["type"])
    console.print(table)


def _of_kind(record: Record, kind: str) -> Iterable[Finding]:
    return (finding for finding in record.findings if finding.artifact.kind == kind)


def _metadata(record: Record, name: str) -> str | None:
    values = (finding.artifact.data for finding in _of_kind(record, "metadata"))
    return next((str(data["value"]) for data in values if data["name"] == name), None)
