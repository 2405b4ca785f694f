"""A shadow run's report for a reader at a terminal: agreement first, then counts, then the findings that differ."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

SHOWN = 20
_SIGNS = {"added": "[green]+[/]", "gone": "[red]−[/]", "changed": "[yellow]~[/]"}


def show(console: Console, report: Mapping[str, Any]) -> None:
    """Print the report."""
    candidate, articles = report["candidate"], report["articles"]
    console.print(
        f"[bold]{report['processor']} {escape(candidate['version'])}[/] with {escape(_options(candidate['options']))}"
    )
    console.print(f"[dim]now: {escape(_options(candidate['present_options']))}[/]")
    console.print(
        f"[dim]compared: {', '.join(candidate['compared'])}; articles: {articles['compared']} of {articles['wanted']}[/]"
    )
    if not articles["compared"]:
        console.print("No processed article is there to compare; process some first, or leave --source and --decided out.")
        return
    _print_agreement(console, report["agreement"])
    _print_findings(console, report["findings"])
    _print_processors(console, report["processors"], report["failures"])
    _print_items(console, report)


def _print_agreement(console: Console, agreement: Mapping[str, Any]) -> None:
    table = Table("Agreement", "Decided", "Now", "Candidate", "Gained", "Lost", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, each in [*agreement["kinds"].items(), ("all", agreement["all"])]:
        sides = [_share(each["before"]), _share(each["after"])] if each["enough"] else ["–", "–"]
        table.add_row(name, str(each["decided"]), *sides, str(each["gained"]), str(each["lost"]))
    console.print(table)
    if not agreement["all"]["enough"]:
        console.print(f"[dim]not enough decisions yet ({agreement['all']['decided']}) to say a share[/]")


def _print_findings(console: Console, findings: Mapping[str, Mapping[str, int]]) -> None:
    columns = ("before", "after", "unchanged", "changed", "gone", "added")
    table = Table("Findings", "Now", "Candidate", "Unchanged", "Changed", "Gone", "Added", box=box.SIMPLE_HEAD, pad_edge=False)
    for kind, counted in findings.items():
        table.add_row(kind, *(str(counted[column]) for column in columns))
    console.print(table)


def _print_processors(console: Console, processors: Mapping[str, Any], failures: Mapping[str, Any]) -> None:
    table = Table("Milliseconds", "Now p50", "p95", "Candidate p50", "p95", "Ended", box=box.SIMPLE_HEAD, pad_edge=False)
    for name, sides in processors.items():
        times = [_time(sides.get(side, {}).get(column)) for side in ("before", "after") for column in ("p50_ms", "p95_ms")]
        ended = ", ".join(f"{count} {outcome}" for outcome, count in sides.get("after", {}).get("outcomes", {}).items())
        table.add_row(name, *times, ended)
    console.print(table)
    for each in failures["causes"]:
        where = f"{each['count']} × {each['processor']} {each['cause']}"
        console.print(f"[red]{escape(where)}[/]: {escape(each['reason'])} [dim](article {each['article']})[/]")
    if failures["others"]:
        console.print(f"[red]{failures['others']} failures of other causes[/]")


def _print_items(console: Console, report: Mapping[str, Any]) -> None:
    turned, items = report["turned"]["items"], report["items"]["items"]
    for each in turned[:SHOWN]:
        sign = "[green]✓[/]" if each["turn"] == "gained" else "[red]✕[/]"
        said = f"{each['verdict']} by an editor, {each['turn']}"
        console.print(f"{sign} {each['kind']} {escape(each['finding']['words'])} [dim]({said}; article {each['article']})[/]")
    _print_rest(console, len(turned) - SHOWN + report["turned"]["left_out"], "decisions gained or lost")
    for each in items[:SHOWN]:
        console.print(f"{_SIGNS[each['change']]} {each['kind']} {_sides(each)} [dim](article {each['article']})[/]")
    _print_rest(console, len(items) - SHOWN + report["items"]["left_out"], "findings differ")


def _print_rest(console: Console, count: int, what: str) -> None:
    if count > 0:
        console.print(f"[dim]and {count} more {what}; --json has more of them[/]")


def _sides(item: Mapping[str, Any]) -> str:
    sides: Iterable[Mapping[str, Any]] = (item[side] for side in ("before", "after") if item[side])
    return escape(" → ".join(_words(side) for side in sides))


def _words(side: Mapping[str, Any]) -> str:
    return side["words"] or _options(side["data"])


def _options(options: Mapping[str, Any] | None) -> str:
    if options is None:
        return "off"
    return ", ".join(f"{name}={value!r}" for name, value in options.items()) or "no options"


def _share(side: Mapping[str, Any]) -> str:
    return f"{side['share']:.0%} [dim]({side['low']:.0%} to {side['high']:.0%})[/]"


def _time(milliseconds: float | None) -> str:
    return "–" if milliseconds is None else f"{milliseconds:.1f}"
