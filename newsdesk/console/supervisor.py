"""Keeps a few processes running together: starts them, starts again what dies, stops all of them cleanly.

Ours, since the libraries for it either end everything when one process dies, or want a server and a file of their own
and cannot do a piece of work between two starts, which the demo must.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

STOP_SECONDS = 30
_PR_SET_PDEATHSIG = 1


@dataclass
class _Member:
    arguments: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    restarts: int = 0
    start_at: float = 0.0


class Supervisor:
    """Processes by name. Each writes to `NAME.log` in the folder of logs. Use it as a context manager."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        logs.mkdir(parents=True, exist_ok=True)
        self._members: dict[str, _Member] = {}

    def __enter__(self) -> "Supervisor":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Start a process and keep it running."""
        self._members[name] = _Member(arguments)
        self._spawn(name)

    def restarts(self, name: str) -> int:
        """How often a process had to be started again."""
        return self._members[name].restarts

    def log(self, name: str) -> Path:
        """Where a process writes to."""
        return self.logs / f"{name}.log"

    def look_after(self) -> None:
        """Start again what has died, later and later if it keeps dying. Call this a few times a second."""
        for name, member in self._members.items():
            if member.process is not None and member.process.poll() is not None:
                pause = min(2**member.restarts, 30)
                status = member.process.returncode
                print(
                    f"{name} ended with status {status}; starting it again in {pause} s; see {self.log(name)}", file=sys.stderr
                )
                member.process, member.start_at = None, time.monotonic() + pause
                member.restarts += 1
            elif member.process is None and time.monotonic() >= member.start_at:
                self._spawn(name)

    def stop(self) -> None:
        """Ask all to end, wait for them, and kill those that do not. Another Ctrl-C meanwhile changes nothing."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        running = [member.process for member in self._members.values() if member.process is not None]
        self._members.clear()
        for process in running:
            _signal(process, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _spawn(self, name: str) -> None:
        with self.log(name).open("ab") as log:
            self._members[name].process = subprocess.Popen(  # noqa: S603 - our own commands
                self._members[name].arguments,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that Ctrl-C reaches only the supervisor, which stops them in order
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(number)


def _end_with_parent() -> None:
    """Have the kernel end this process when the supervisor dies without a word."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
