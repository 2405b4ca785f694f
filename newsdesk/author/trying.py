"""`newsdesk plugins try`: a plugin from its folder, beside those that are installed, over files."""

import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsdesk.author.errors import AuthorError
from newsdesk.author.exporting import exported
from newsdesk.author.folder import Folder, beside_the_installed, read_folder
from newsdesk.author.options import with_typed
from newsdesk.author.report import report, show_file
from newsdesk.author.terminal import Terminal, safe
from newsdesk.pipeline.command import load_registry, read_and_run
from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.kinds import Kinds
from newsdesk.pipeline.limits import Limits
from newsdesk.pipeline.loading import Problem
from newsdesk.pipeline.plan import Plan, make_plan
from newsdesk.pipeline.registry import Registry
from newsdesk.pipeline.run import Call, call_here
from newsdesk.pipeline.runner import Runner
from newsdesk.sdk.errors import NewsdeskError
from newsdesk.sdk.exporter import Record
from newsdesk.sdk.media import Format
from newsdesk.sdk.processor import Processor


@dataclass(frozen=True)
class Trial:
    """What to try. `settings` are options as typed; `here` runs in this process, where print() and a debugger reach.

    Elsewhere a processor has so many `seconds` for a document.
    """

    path: Path
    files: tuple[str, ...]
    settings: tuple[str, ...] = ()
    whole: bool = False
    everything: bool = False
    here: bool = False
    url: str | None = None
    seconds: float = Limits.seconds


def try_plugin(trial: Trial, terminal: Terminal, warnings: Terminal) -> bool:
    """Run it and write what it found; False where something failed. Raises AuthorError, and OptionError."""
    folder = read_folder(trial.path)
    with beside_the_installed(folder):
        registry = load_registry()
        mine = _mine(registry, folder)
        exporters = [name for name in registry.exporters if registry.owners[name] in folder.entries]
        _refuse(each for each in registry.problems if each.plugin in folder.entries)
        readers = [name for name in registry.readers if registry.owners[name] in folder.entries]
        kinds = [name for name, owner in registry.kind_owners.items() if owner in folder.entries]
        if not (mine or exporters or readers or kinds):
            raise AuthorError(f"{folder.distribution} declares nothing; return its processors from register_processors()")
        every = {**registry.processors, **with_typed(mine, trial.settings)}
        plan = make_plan(every.values(), registry.kinds, registry.readers.values())
        _refuse(_with_remedy(each, registry) for each in plan.left_out if each.plugin in mine)
        for problem in (*registry.problems, *plan.left_out):
            warnings.say(safe(f"warning: {problem.plugin}: {problem.message}"))
        with _caller(trial, registry, warnings) as call:
            formats = registry.formats
            read = [_try_file(plan, name, trial, call, formats, mine, terminal, warnings) for name in trial.files]
        records = [each for each, _ in read if each is not None]
        written = [_export(registry, name, records, terminal, warnings) for name in exporters if records]
    return all(good for _, good in read) and all(written)


def _mine(registry: Registry, folder: Folder) -> dict[str, Processor]:
    return {name: each for name, each in registry.processors.items() if registry.owners[name] in folder.entries}


def _refuse(problems: Iterable[Problem]) -> None:
    """The plugin that is tried has to be right before it runs."""
    if found := [f"{each.plugin}: {each.message}" for each in problems]:
        raise AuthorError("\n".join(found))


def _with_remedy(problem: Problem, registry: Registry) -> Problem:
    """A plan without a text is what an author meets who has installed Newsdesk alone."""
    if any("text" in each.provides for each in registry.processors.values()):
        return problem
    remedy = f"No plugin here gives a text; run: {sys.executable} -m pip install newsdesk-text newsdesk-html"
    return Problem(problem.plugin, f"{problem.message}. {remedy}")


@contextmanager
def _caller(trial: Trial, registry: Registry, warnings: Terminal) -> Iterator[Call]:
    if trial.here:
        yield lambda processor, dossier: _call_here(processor, dossier, registry.kinds, warnings)
        return
    with Runner(Limits(seconds=trial.seconds), plugins=[each.name for each in registry.plugins]) as runner:
        yield runner


def _call_here(processor: Processor, dossier: Dossier, kinds: Kinds, warnings: Terminal) -> Findings:
    """Call it in this process, and show where it raised."""
    try:
        return call_here(processor, dossier, kinds)
    except Exception:
        for line in traceback.format_exc().splitlines():
            warnings.say(safe(line))
        raise


def _try_file(
    plan: Plan,
    name: str,
    trial: Trial,
    call: Call,
    formats: tuple[Format, ...],
    mine: Iterable[str],
    terminal: Terminal,
    warnings: Terminal,
) -> tuple[Record | None, bool]:
    """The record of one file, and whether all went well."""
    try:
        record = read_and_run(plan, name, trial.url, call, formats)
    except (OSError, NewsdeskError) as error:
        reason = f"{name} cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        warnings.say(safe(reason))
        return None, False
    good = report(record, set(mine), terminal, trial.whole, trial.everything)
    if not good and not trial.here:
        warnings.say("To see where it failed, and what it prints, run the same with --here.")
    terminal.say()
    return record, good


def _export(registry: Registry, name: str, records: list[Record], terminal: Terminal, warnings: Terminal) -> bool:
    exporter = registry.exporters[name]
    try:
        owner = next(each for each in registry.plugins if each.name == registry.owners[name])
        written, said = exported(owner, name, records)
    except AuthorError as error:
        for line in str(error).splitlines():
            warnings.say(safe(line))
        return False
    for line in said.splitlines():
        warnings.say(safe(line))
    show_file(written, f"{name} {exporter.version} writes {exporter.media_type}", terminal)
    return True
