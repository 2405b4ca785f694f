"""`newsdesk plugins try`: a plugin from its folder, beside those that are installed, over files."""

import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from newsdesk.author.errors import AuthorError
from newsdesk.author.exporting import exported, exported_here
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
from newsdesk.pipeline.reading import Reading
from newsdesk.pipeline.registry import Registry
from newsdesk.pipeline.run import Call, call_here
from newsdesk.pipeline.runner import Runner
from newsdesk.sdk.errors import NewsdeskError
from newsdesk.sdk.exporter import Exporter, Record
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.media import Format
from newsdesk.sdk.processor import Processor


@dataclass(frozen=True)
class Trial:
    """What to try. `settings` are options as typed; `here` runs in this process, where print() and a debugger reach.

    Elsewhere a processor has so many `seconds` for a document. `media_type` says what the files are, where they do not.
    """

    path: Path
    files: tuple[str, ...]
    settings: tuple[str, ...] = ()
    whole: bool = False
    everything: bool = False
    here: bool = False
    url: str | None = None
    media_type: str | None = None
    seconds: float = Limits.seconds


@dataclass(frozen=True)
class Own:
    """What the plugin that is tried declares, by name."""

    processors: Mapping[str, Processor]
    readers: Mapping[str, Reading]
    exporters: Mapping[str, Exporter]
    kinds: tuple[Kind, ...]


def try_plugin(trial: Trial, terminal: Terminal, warnings: Terminal) -> bool:
    """Run it and write what it found; False where something failed. Raises AuthorError, and OptionError."""
    folder = read_folder(trial.path)
    with beside_the_installed(folder):
        registry = load_registry()
        _refuse(each for each in registry.problems if each.plugin in folder.entries)
        own = _own(registry, folder)
        every = {**registry.processors, **with_typed(own.processors, trial.settings)}
        plan = make_plan(every.values(), registry.kinds, registry.readers.values())
        _refuse(_with_remedy(each, registry) for each in plan.left_out if each.plugin in own.processors)
        for problem in (*registry.problems, *plan.left_out):
            warnings.say(safe(f"warning: {problem.plugin}: {problem.message}"))
        for kind in own.kinds:
            shown_as = "which editors review" if kind.reviewed else "which is shown"
            terminal.say(safe(f"{folder.distribution} declares the kind {kind.name}, {shown_as} as “{kind.label}”."))
        with _caller(trial, registry, warnings) as call:
            read = [_try_file(plan, name, trial, call, own, terminal, warnings) for name in trial.files]
        records = [each for each, _ in read if each is not None]
        written = [
            _export(registry, each, records, trial.here, terminal, warnings) for each in own.exporters.values() if records
        ]
    return all(good for _, good in read) and all(written)


def _own(registry: Registry, folder: Folder) -> Own:
    """Raises AuthorError where it declares nothing."""
    names = {name for name, owner in registry.owners.items() if owner in folder.entries}
    own = Own(
        {name: each for name, each in registry.processors.items() if name in names},
        {name: each for name, each in registry.readers.items() if name in names},
        {name: each for name, each in registry.exporters.items() if name in names},
        tuple(registry.kinds[name] for name, owner in registry.kind_owners.items() if owner in folder.entries),
    )
    if not (own.processors or own.readers or own.exporters or own.kinds):
        raise AuthorError(f"{folder.distribution} declares nothing; return its processors from register_processors()")
    return own


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
        runner.start()  # or its time would be in the first call's
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
    plan: Plan, name: str, trial: Trial, call: Call, own: Own, terminal: Terminal, warnings: Terminal
) -> tuple[Record | None, bool]:
    """The record of one file, and whether all went well."""
    formats = tuple(each.format for each in plan.readers)
    try:
        record = read_and_run(plan, name, trial.url, call, formats, trial.media_type)
    except (OSError, NewsdeskError) as error:
        reason = f"{name} cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
        warnings.say(safe(reason))
        return None, False
    good = report(record, {*own.processors, *own.readers}, terminal, trial.whole, trial.everything, own.readers)
    if not good and not trial.here:
        warnings.say("To see where it failed, and what it prints, run the same with --here.")
    if own.readers and not own.readers.keys() & {each["processor"] for each in record.runs}:
        warnings.say(safe(f"{name} is {record.document['media_type']}, for which no reader of this plugin was needed"))
        for each in own.readers.values():
            warnings.say(safe(f"  {each.name} reads {_announced(each.format)}"))
    terminal.say()
    return record, good


def _announced(told: Format) -> str:
    """What a reader reads, and by what it is known."""
    names = f"a name that ends in {' or '.join(told.suffixes)}" if told.suffixes else ""
    begins = f"bytes that begin with {' or '.join(map(repr, told.prefixes))}" if told.prefixes else ""
    known = " and ".join(filter(None, (names, begins)))
    return f"{', '.join(told.media_types)}: {f'{known}, or ' if known else ''}--media-type {told.media_types[0]}"


def _export(
    registry: Registry, exporter: Exporter, records: list[Record], here: bool, terminal: Terminal, warnings: Terminal
) -> bool:
    try:
        owner = next(each for each in registry.plugins if each.name == registry.owners[exporter.name])
        written, said = (exported_here(exporter, records), "") if here else exported(owner, exporter.name, records)
    except AuthorError as error:
        for line in str(error).splitlines():
            warnings.say(safe(line))
        return False
    for line in said.splitlines():
        warnings.say(safe(line))
    show_file(written, f"{exporter.name} {exporter.version} writes {exporter.media_type}", terminal)
    return True
