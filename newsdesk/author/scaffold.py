"""`newsdesk plugins new`: a folder that installs, passes its tests, and does something at once."""

import contextlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from newsdesk.author.errors import AuthorError
from newsdesk.author.naming import Names, names

SAMPLES = {
    "processor": "tests/cases/storm/in.txt",
    "kind": "tests/cases/flood/in.txt",
    "reader": "tests/cases/release/in.eml",
    "exporter": "tests/article.txt",
}
"""For each sort of plugin, a document in its folder to try it on at once."""
SORTS = tuple(SAMPLES)
LICENCES = ("Apache-2.0", "MIT")
TEMPLATE = Path(__file__).parent / "template"


def write_plugin(name: str, parent: Path, answers: Mapping[str, str], ask: bool) -> Path:
    """Make the folder `name` in `parent`, whole or not at all, and return it.

    `answers` are those to the questions of the template; others are asked if `ask`, or get their defaults. Raises AuthorError.
    """
    chosen, folder = names(name), parent / name
    if not parent.is_dir():
        raise AuthorError(f"{parent} is no folder; make it first, or name another with --into")
    if folder.is_symlink() or (folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))):
        raise AuthorError(f"{folder} is there already; choose another name, or another folder with --into")
    copier = _copier()
    with _draft(parent) as draft:
        try:
            copier.run_copy(str(TEMPLATE), draft, {**answers, **_facts(chosen)}, defaults=not ask, quiet=True, overwrite=True)
        except KeyboardInterrupt:  # among the errors of copier, too
            raise AuthorError("Stopped; nothing was written.") from None
        except (copier.errors.CopierError, ValueError) as error:
            raise AuthorError(f"{name} cannot be made: {error}") from error
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        draft.rename(folder)
    return folder


def sample_of(folder: Path) -> str:
    """The document in a new plugin's folder to try it on."""
    return next(each for each in SAMPLES.values() if (folder / each).is_file())


def _copier() -> ModuleType:
    try:
        import copier  # here, since only who makes plugins has it
        import copier.errors
    except ImportError:
        command = f'{sys.executable} -m pip install "newsdesk[author]"'
        raise AuthorError(f"this command needs copier, which is not installed; run: {command}") from None
    return copier


@contextlib.contextmanager
def _draft(parent: Path) -> Iterator[Path]:
    """A folder beside the one to be, which is away afterwards unless it was given another name."""
    try:
        draft = Path(tempfile.mkdtemp(prefix=".newsdesk-new-", dir=parent))
    except OSError as error:
        raise AuthorError(f"{parent} cannot be written to: {error.strerror}; name another folder with --into") from error
    draft.chmod(0o755)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _facts(chosen: Names) -> dict[str, object]:
    """What nobody needs to be asked."""
    return {
        "name": chosen.name,
        "module": chosen.module,
        "class_name": chosen.class_name,
        "newsdesk": release_range(version("newsdesk")),
        "year": str(datetime.now(UTC).year),
        "samples": SAMPLES,
    }


def release_range(present: str) -> str:
    """The versions of Newsdesk that promise the same: 0.1.3 gives >=0.1,<0.2, and 1.4.2 gives >=1.4,<2."""
    major, minor = (int(each) for each in re.findall(r"\d+", present)[:2])
    return f">={major}.{minor},<{f'0.{minor + 1}' if major == 0 else major + 1}"
