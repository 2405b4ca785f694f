"""An exporter over a few records, in this process or in one that can be killed: what it writes, or why it did not."""

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from importlib.metadata import distribution

from newsdesk.author.errors import AuthorError
from newsdesk.author.folder import entry_points_of
from newsdesk.pipeline.exporting import written
from newsdesk.pipeline.loading import Plugin, load
from newsdesk.pipeline.registry import build_registry
from newsdesk.pipeline.trace import TRACED
from newsdesk.pipeline.warm import PASSED_ON
from newsdesk.sdk.exporter import Exporter, Record

SECONDS = 30.0
"""How long an export of a few records may take."""


def exported(plugin: Plugin, exporter: str, records: Sequence[Record]) -> tuple[bytes, str]:
    """The file that the exporter of this plugin makes, and what it printed meanwhile, or was traced.

    Raises AuthorError with the reason where it makes none.
    """
    command = [sys.executable, "-P", "-m", "newsdesk.author.exporting", plugin.distribution, plugin.name, exporter]
    with tempfile.TemporaryDirectory(prefix="newsdesk-export-") as folder:
        environment = {name: os.environ[name] for name in (*PASSED_ON, TRACED) if name in os.environ}
        process = subprocess.Popen(  # noqa: S603 - our own module, and names that a registry knows
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment | {"HOME": folder, "TMPDIR": folder},
            start_new_session=True,
        )
        try:
            file, said = process.communicate(pickle.dumps(list(records)), SECONDS)
        except subprocess.TimeoutExpired:
            raise AuthorError(f"exporter {exporter} took longer than {SECONDS:g} s and was stopped; mend it") from None
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    if process.returncode:
        raise AuthorError(f"exporter {exporter} failed: {_reason(process.returncode, said)}")
    return file, said.decode(errors="replace")


def exported_here(exporter: Exporter, records: Sequence[Record]) -> bytes:
    """The same in this process, where print() and a debugger reach. Raises AuthorError with the whole traceback."""
    try:
        return b"".join(written(exporter, iter(records)))
    except (Exception, SystemExit) as error:
        raise AuthorError(f"exporter {exporter.name} failed: {traceback.format_exc()}") from error


def _reason(status: int, said: bytes) -> str:
    if status < 0:
        return f"it crashed: {signal.Signals(-status).name}"
    lines = said.decode(errors="replace").strip().splitlines()
    return "\n".join(lines[-12:]) if lines else f"it ended its process (exit status {status})"


def _export(owner: str, plugin: str, exporter: str) -> None:
    """In the process for it: records from standard input, the file to standard output."""
    records = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    with os.fdopen(os.dup(1), "wb") as file:
        os.dup2(2, 1)  # a plugin's print() is no part of the file
        entries = entry_points_of(distribution(owner))
        registry = build_registry(load(each for each in entries if each.name == plugin))
        file.writelines(written(registry.exporters[exporter], iter(records)))


if __name__ == "__main__":
    _export(*sys.argv[1:])
