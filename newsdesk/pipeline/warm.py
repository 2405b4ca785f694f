"""A warm process for plugins, seen from outside: started with nothing of ours, killed with all that it started."""

import contextlib
import fcntl
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from newsdesk.pipeline.descent import bearing

FOLDER = "newsdesk-runner-"
PASSED_ON = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV")
"""All of the environment that a plugin sees; no setting or secret of ours is among it."""

PIPE_BYTES = 1024 * 1024
"""Room for most documents, so that one goes over without both sides waiting for each other in between."""

KILLING_SECONDS = 5.0
"""How long the keeper may take to kill everything before it is killed itself."""


class WarmProcess:
    """A keeper, the plugins' process below it, the pipes to that, and its private folder."""

    def __init__(self) -> None:
        """Start it. Raises OSError where this machine has no room for it."""
        _remove_abandoned()
        self.to_child = self.from_child = -1
        self._keeper: subprocess.Popen[bytes] | None = None
        self._furniture: set[str] = set()
        self._folder = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
        try:
            self._start()
        except BaseException:
            self.end()
            raise

    def _start(self) -> None:
        child_read, self.to_child = os.pipe()
        try:
            self.from_child, child_write = os.pipe()
        except OSError:
            os.close(child_read)
            raise
        os.set_blocking(self.to_child, False)
        for fd in (self.to_child, self.from_child):
            with contextlib.suppress(OSError, AttributeError):  # Linux, and not all of it lets everybody
                fcntl.fcntl(fd, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        arguments = map(str, (child_read, child_write, os.getpid()))
        try:
            self._keeper = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                [sys.executable, "-P", "-m", "newsdesk.pipeline.keeper", *arguments],
                pass_fds=(child_read, child_write),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # a plugin's print() goes nowhere
                cwd=self._folder,
                env=_environment(self._folder),
                start_new_session=True,
            )
        finally:
            os.close(child_read)
            os.close(child_write)

    @property
    def root(self) -> int:
        """The process whose descent is all that plugins started."""
        return self._keeper.pid if self._keeper else 0

    @property
    def folder(self) -> str:
        """The working folder; plugins may write here and nowhere else that is kept from them."""
        return self._folder

    @property
    def alive(self) -> bool:
        """Whether it runs still, and listens: the keeper may not have noticed yet that what it keeps is gone."""
        return self._keeper is not None and self._keeper.poll() is None and not _is_hung_up(self.to_child)

    def furnish(self) -> None:
        """Keep what plugins put into the folder while they were loaded."""
        self._furniture = set(os.listdir(self._folder))

    def clear(self) -> None:
        """Remove what a call left in the folder. Raises OSError where that cannot be."""
        for name in os.listdir(self._folder):
            if name not in self._furniture:
                path = os.path.join(self._folder, name)
                if os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                else:
                    os.unlink(path)

    def end(self, patience: float = 0) -> str | None:
        """Kill it and all that it started; say how it ended before that, if it did within `patience`. May be called twice."""
        ended = None
        if self._keeper:
            ended = _end(self._keeper, patience)
            if self._keeper.returncode == -signal.SIGKILL:  # before it had done its work, perhaps
                _kill_all(self._folder)
        for fd in (self.to_child, self.from_child):
            with contextlib.suppress(OSError):
                os.close(fd)
        self.to_child = self.from_child = -1
        shutil.rmtree(self._folder, ignore_errors=True)
        return ended


def _is_hung_up(fd: int) -> bool:
    """Whether nobody reads any more what is written here."""
    line = select.poll()
    line.register(fd, 0)  # that the other side is gone is told unasked
    return bool(line.poll(0))


def _end(keeper: subprocess.Popen[bytes], patience: float) -> str | None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        keeper.wait(patience)
    ended = _how_it_ended(keeper.returncode)
    if ended is None:
        with contextlib.suppress(ProcessLookupError):
            keeper.send_signal(signal.SIGUSR1)
            keeper.send_signal(signal.SIGCONT)  # in case a plugin stopped it
        try:
            keeper.wait(KILLING_SECONDS)
        except subprocess.TimeoutExpired:
            keeper.kill()
            keeper.wait()
    return ended


def _kill_all(folder: str) -> None:
    """Kill what the keeper could not: the folder's name is in the environment of all that was started there."""
    for _ in range(10):
        found = bearing(folder)
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not found:
            return


def _environment(folder: str) -> dict[str, str]:
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    paths = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))  # the child stands in another folder
    environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, paths))
    environment |= {"HOME": folder, "TMPDIR": folder, "PYTHONHASHSEED": "0"}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}  # a worker has one core
    return environment | {"MALLOC_ARENA_MAX": "2"}  # or every thread would take 64 MB of the address space


def _how_it_ended(status: int | None) -> str | None:
    if status is None:
        return None
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _remove_abandoned() -> None:
    """Remove the folders of runners whose own process was killed, and could not."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}[0-9]*-*"):
        owner = int(folder.name.removeprefix(FOLDER).partition("-")[0])
        try:
            os.kill(owner, 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # somebody else's
