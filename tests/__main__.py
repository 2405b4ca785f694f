"""`make test`: bring what the tests need, then run all of them, on the embedded default and on real servers.

The tests are divided into passes that run side by side, and each line that a pass prints begins with its name. Arguments go to
pytest, as in `python -m tests -k quotes`; files and folders among them are run on both databases.
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.servers import Missing, chromium, postgres, redis

ONCE = (
    "tests/core",
    "tests/house",
    "tests/doors/author",
    "tests/doors/desk/test_accessibility.py",
    "tests/journey/test_packages.py",
    "plugins",
)
"""What needs no database, or is the same on any: it is run once."""

OWN_SERVERS = ("tests/faults",)
"""What brings its servers by itself, to kill them."""

DATABASE = ("tests/apps", "tests/doors", "tests/journey")
"""What behaves differently on PostgreSQL and Redis than embedded, and is run on both."""

AT_ONCE = min(3, (os.cpu_count() or 1) + 1)
"""One pass more than cores, as tests wait a good deal for processes that they started."""


@dataclass(frozen=True)
class Pass:
    """One run of pytest: what of the tests, and in which environment."""

    name: str
    paths: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, arguments: list[str]) -> int:
        """Run it, and print its lines under its name. Gives pytest's exit status."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_") or "_TEST_" in name}
        command = [sys.executable, "-m", "pytest", *self.paths, *(f"--ignore={path}" for path in self.ignored), *arguments]
        with subprocess.Popen(
            command,
            env={**kept, **self.environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            running.append(process)
            for line in process.stdout or ():
                print(f"{self.name:>8} | {line}", end="", flush=True)
        return process.returncode


running: list[subprocess.Popen[str]] = []


def main(arguments: list[str]) -> int:
    """Run the tests. The exit status is 0 only if all of them ran and passed, in every pass."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and passes end with us
    with ExitStack() as stack:
        try:
            os.environ["NEWSDESK_TEST_CHROMIUM"] = chromium()
            servers = {
                "NEWSDESK_DATABASE_URL": stack.enter_context(postgres()),
                "NEWSDESK_REDIS_URL": stack.enter_context(redis()),
            }
        except Missing as missing:
            print(f"The tests cannot run without {missing}", file=sys.stderr)
            return 2
        stack.callback(_end_all)
        with ThreadPoolExecutor(AT_ONCE) as at_once:
            try:
                return _together(list(at_once.map(lambda each: each.run(arguments), _passes(arguments, servers))))
            except BaseException:
                at_once.shutdown(wait=False, cancel_futures=True)
                _end_all()
                raise


def _passes(arguments: list[str], servers: dict[str, str]) -> list[Pass]:
    """The passes, the longest first."""
    if any(not each.startswith("-") and os.path.exists(each.split("::")[0]) for each in arguments):
        return [Pass("embedded"), Pass("servers", environment=servers)]
    return [
        Pass("embedded", paths=("tests",), ignored=(*ONCE, *OWN_SERVERS)),  # what no other names, so that nothing is forgotten
        Pass("servers", paths=DATABASE, ignored=ONCE, environment=servers),
        Pass("faults", paths=OWN_SERVERS),
        Pass("alone", paths=ONCE),
    ]


def _together(statuses: list[int]) -> int:
    """One exit status of all: a selection, as by `-k`, may leave a pass without tests, but not all of them."""
    some = [status for status in statuses if status != pytest.ExitCode.NO_TESTS_COLLECTED]
    return max(some, key=abs) if some else pytest.ExitCode.NO_TESTS_COLLECTED


def _end_all() -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
