"""A plugin that is not installed: its folder, and how to have it found beside those that are.

The folder gets what an installation would give it, metadata with its entry points, in a place of its own on the import
path. So the plugin is found, imported and called as any other, and nothing is written into its folder.
"""

import contextlib
import importlib
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, distributions
from pathlib import Path
from typing import Any

from newsdesk.author.errors import AuthorError

GROUP = "newsdesk"
"""The group of entry points that plugins are found by."""

LISTED = "NEWSDESK_LOAD_PLUGINS"
"""The operator's list of plugins; one that is tried is wanted, whether it stands there or not."""

_DISTRIBUTION = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = re.compile(r"[0-9A-Za-z.!+_-]{1,50}")
_ENTRY = re.compile(r"[\w.-]+")
_OBJECT = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*(:[^\W\d]\w*(\.[^\W\d]\w*)*)?")
_EXAMPLE = '[project.entry-points.newsdesk]\nNAME = "YOUR_MODULE"'


@dataclass(frozen=True)
class Folder:
    """What a plugin's `pyproject.toml` says of it; `source` is the folder that its modules are in."""

    path: Path
    source: Path
    distribution: str
    version: str
    entries: Mapping[str, str]
    requires: tuple[str, ...]


def read_folder(path: Path) -> Folder:
    """Read a plugin's folder, without running any code of it. Raises AuthorError."""
    project = _project(path)
    name, version = project.get("name"), project.get("version", "0")
    if not isinstance(name, str) or not _DISTRIBUTION.fullmatch(name):
        raise AuthorError(
            f"{path / 'pyproject.toml'}: [project] must have a name of letters, digits and hyphens, not {name!r:.80}"
        )
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise AuthorError(f'{path / "pyproject.toml"}: version must be a string such as "0.1.0", not {version!r:.80}')
    entries = _entries(path, project)
    sources = {_source(path, value) for value in entries.values()}
    if len(sources) > 1:
        raise AuthorError(
            f"{path}: the entry points' modules must lie in one folder, not in {', '.join(map(str, sorted(sources)))}"
        )
    _check_not_taken(name, entries)
    requires = project.get("dependencies", [])
    lines = (
        tuple(each for each in requires if isinstance(each, str) and each.isprintable()) if isinstance(requires, list) else ()
    )
    return Folder(path, sources.pop(), name, version, entries, lines)


@contextlib.contextmanager
def beside_the_installed(folder: Folder) -> Iterator[None]:
    """Have the plugin found in this process, and in those that it starts, before any installation of it."""
    path, environment, writes_none = list(sys.path), dict(os.environ), sys.dont_write_bytecode
    with tempfile.TemporaryDirectory(prefix="newsdesk-try-") as stage:
        _write_metadata(folder, Path(stage))
        ahead = [stage, str(folder.source)]
        sys.path[:0] = ahead
        os.environ["PYTHONPATH"] = os.pathsep.join([*ahead, *filter(None, [environment.get("PYTHONPATH")])])
        # Compiled code is told from old by the second: what is saved twice in one would not be seen.
        os.environ["PYTHONDONTWRITEBYTECODE"], sys.dont_write_bytecode = "1", True
        if environment.get(LISTED):
            os.environ[LISTED] = f"{environment[LISTED]},{folder.distribution}"
        importlib.invalidate_caches()
        try:
            yield
        finally:
            sys.path[:], sys.dont_write_bytecode = path, writes_none
            os.environ.clear()
            os.environ.update(environment)


def entry_points_of(owner: Distribution) -> list[EntryPoint]:
    """The plugins that a distribution brings; none where its metadata cannot be read, which others say."""
    try:
        return [each for each in owner.entry_points if each.group == GROUP and owner.name]
    except Exception:
        return []


def _project(path: Path) -> dict[str, Any]:
    file = path / "pyproject.toml"
    if not path.is_dir():
        what = "is no folder" if path.exists() else "is not there"
        raise AuthorError(f"{path} {what}; name the folder of a plugin, the one with its pyproject.toml")
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise AuthorError(
            f"{path} has no pyproject.toml; name the folder of a plugin, or make one: newsdesk plugins new NAME"
        ) from None
    except (OSError, ValueError) as error:
        raise AuthorError(f"{file} cannot be read: {error}") from error
    project = read.get("project")
    if not isinstance(project, dict):
        raise AuthorError(f"{file} has no [project]; a plugin declares its name, version and entry points there")
    return project


def _entries(path: Path, project: Mapping[str, Any]) -> dict[str, str]:
    groups = project.get("entry-points")
    entries = groups.get(GROUP) if isinstance(groups, dict) else None
    if not isinstance(entries, dict) or not entries:
        raise AuthorError(f"{path / 'pyproject.toml'} names no plugin; add:\n\n{_EXAMPLE}\n")
    for name, value in entries.items():
        if not _ENTRY.fullmatch(name) or not isinstance(value, str) or not _OBJECT.fullmatch(value):
            raise AuthorError(
                f"{path / 'pyproject.toml'}: entry point {name} = {value!r:.80} must name a module, as in:\n\n{_EXAMPLE}\n"
            )
    return entries


def _source(path: Path, value: str) -> Path:
    """The folder to import from: the plugin's own, or `src` in it."""
    top = value.partition(":")[0].partition(".")[0]
    for source in (path, path / "src"):
        if (source / f"{top}.py").is_file() or (source / top).is_dir():
            return source.resolve()
    raise AuthorError(
        f"{path} has no module {top}, which its entry point names; it should be {top}.py or {top}/, there or in src/"
    )


def _check_not_taken(distribution: str, entries: Mapping[str, str]) -> None:
    for owner in distributions():
        for each in entry_points_of(owner):
            if each.name in entries and _normal(owner.name) != _normal(distribution):
                taken = f"entry point {each.name!r} of {distribution} is taken by {owner.name}, which is installed"
                raise AuthorError(f"{taken}; choose another name")


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def _write_metadata(folder: Folder, stage: Path) -> None:
    place = stage / f"{_normal(folder.distribution).replace('-', '_')}-{folder.version}.dist-info"
    place.mkdir()
    head = ["Metadata-Version: 2.1", f"Name: {folder.distribution}", f"Version: {folder.version}"]
    lines = [*head, *(f"Requires-Dist: {each}" for each in folder.requires)]
    (place / "METADATA").write_text("\n".join(lines) + "\n", "utf-8")
    entries = [f"[{GROUP}]", *(f"{name} = {value}" for name, value in folder.entries.items())]
    (place / "entry_points.txt").write_text("\n".join(entries) + "\n", "utf-8")
