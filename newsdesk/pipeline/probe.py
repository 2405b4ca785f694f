"""Loads the installed plugins into this process, except those that would take it along or never give it back.

An exception can be caught; a plugin that ends its process while it is imported, crashes it, or loops for ever cannot.
So each plugin is first imported in a process that can be killed. That it came to an end there is remembered together
with what it depends on, so that the next start costs a few calls of stat. A verdict that turns out wrong costs one
start: the mark of an import that never ended lies there, and nothing that was remembered is believed.
"""

import contextlib
import faulthandler
import hashlib
import importlib.util
import json
import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from newsdesk.pipeline.discovery import discover
from newsdesk.pipeline.limits import Limits, ProcessorCrashed
from newsdesk.pipeline.loading import Loaded, Problem, load
from newsdesk.pipeline.runner import Runner
from newsdesk.sdk.artifact import canonical_json

IMPORT_SECONDS = 30.0
"""How long a plugin may take to be imported."""

BROKEN_SECONDS = 600.0
"""How long a plugin is taken for broken without trying again: it may have waited for a server that is back."""

_VERDICTS, _MARK = "imports.json", "importing-"
_MAX_FILES = 5_000


def load_safely(folder: Path, limits: Limits | None = None, off: Collection[str] = ()) -> Loaded:
    """The installed plugins, with those that cannot be imported safely among the problems.

    `folder` is where verdicts are remembered; where it cannot be written to, every start pays for the probe. The import
    must come to an end within the limits of a processor; by default in half a minute. Of the plugins that are `off`, only
    those are imported that were imported well before, so that they can be turned on again; no code of the others runs, and
    nothing is said of them.
    """
    found = discover()
    entries = found.entries
    limits = limits or Limits(start_seconds=IMPORT_SECONDS)
    verdicts = _verdicts(entries, folder, limits, off)
    broken = [Problem(each.name, verdicts[each.name]) for each in entries if verdicts.get(each.name)]
    with _marked(folder, 2 * limits.start_seconds * max(len(entries), 1)):
        loaded = load(each for each in entries if verdicts.get(each.name) == "")
    _remember(folder / _VERDICTS, {each.name for each in loaded.plugins})
    problems = (each for each in (*loaded.problems, *broken, *found.problems) if each.plugin not in off)
    return replace(loaded, problems=tuple(problems), unlisted=found.unlisted)


def _verdicts(entries: Sequence[EntryPoint], folder: Path, limits: Limits, off: Collection[str]) -> dict[str, str]:
    """What is wrong with each plugin; an empty text where it may be imported, and nothing where it is not to be tried."""
    remembered = {} if _died_here(folder) else _read(folder / _VERDICTS)
    stamps = {each.name: _stamp(each) for each in entries}
    known = {name: each for name, each in remembered.items() if _holds(each, stamps.get(name))}
    known = {name: each for name, each in known.items() if name not in off or each.get("loads")}
    if unknown := sorted(stamps.keys() - known.keys() - set(off)):
        try:
            with Runner(limits, plugins=unknown) as runner:
                runner.start()
        except ProcessorCrashed:  # no process can be started at all, which is no plugin's fault
            return dict.fromkeys(stamps.keys() - set(off), "")
        now = time.time()
        broken = {**runner.unfit, **runner.left_out}
        known |= {name: {"stamp": stamps[name], "broken": broken.get(name, ""), "at": now} for name in unknown}
        _write(folder / _VERDICTS, known)
    return {name: str(each["broken"]) for name, each in known.items()}


def _remember(path: Path, loaded: Collection[str]) -> None:
    """Remember of those that may be imported which were: an import that comes to an end may still fail."""
    verdicts = {name: each for name, each in _read(path).items() if isinstance(each, dict)}
    new = {name: each | {"loads": True} for name, each in verdicts.items() if name in loaded and not each.get("loads")}
    if new:
        _write(path, verdicts | new)


def _holds(verdict: Any, stamp: str | None) -> bool:
    try:
        fresh = not verdict["broken"] or 0 <= time.time() - verdict["at"] < BROKEN_SECONDS
        return bool(fresh and verdict["stamp"] == stamp)
    except (KeyError, TypeError):
        return False


def _stamp(entry: EntryPoint) -> str:
    """A digest of what the import depends on: this Newsdesk and Python, the plugin's files, and what is installed beside it."""
    origin = [entry.dist.name, entry.dist.version, _neighbours(str(entry.dist.locate_file("")))] if entry.dist else []
    steps = [
        sys.version,
        sys.prefix,
        entry.name,
        entry.value,
        origin,
        _files(entry.value.partition(":")[0].partition(".")[0].strip()),
    ]
    return hashlib.sha256(canonical_json(steps)).hexdigest()


def _neighbours(folder: str) -> list[str]:
    """What is installed into a folder, with versions: a plugin may break by what it imports."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith("-info"))
    except OSError:
        return []


def _files(package: str) -> list[list[object]]:
    """The package's files with their times and sizes. Finds them without running any code of it."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    found: list[list[object]] = [[spec.origin, _changed(spec.origin or "")]]
    for top in spec.submodule_search_locations or ():
        for folder, folders, names in os.walk(top):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            found += ([folder, name, _changed(os.path.join(folder, name))] for name in sorted(names))
            if len(found) > _MAX_FILES:
                return found
    return found


def _changed(path: str) -> list[int]:
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size]


@contextlib.contextmanager
def _marked(folder: Path, seconds: float) -> Iterator[None]:
    """Leave a mark while plugins are imported here, and end this process if that does not end: the next start knows."""
    mark = folder / f"{_MARK}{os.getpid()}"
    with contextlib.suppress(OSError):
        mark.touch()
    faulthandler.dump_traceback_later(seconds, exit=True, file=2)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        with contextlib.suppress(OSError):
            mark.unlink(missing_ok=True)


def _died_here(folder: Path) -> bool:
    """Whether a process that imported plugins is gone and has left its mark."""
    found = False
    for mark in folder.glob(f"{_MARK}*"):
        with contextlib.suppress(OSError, ValueError):
            try:
                os.kill(int(mark.name.removeprefix(_MARK)), 0)
            except ProcessLookupError:
                found = True
                mark.unlink()
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, verdicts: dict[str, Any]) -> None:
    """Remember, if that can be: whole or not at all, since others read meanwhile."""
    draft = path.with_name(f"{path.name}-{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.write_text(json.dumps(verdicts))
        draft.replace(path)
