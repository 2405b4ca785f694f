"""`make test`: bring what the tests need, then run all of them on the embedded default and on real servers.

Arguments go to pytest, as in `python -m tests -k quotes`.
"""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack

from tests.servers import Missing, chromium, postgres, redis

WITH_SERVERS = ("tests/apps", "tests/doors", "tests/journey")
"""What behaves differently on PostgreSQL and Redis; the rest needs neither."""

WITHOUT_SERVERS = ("--ignore=tests/doors/author", "--ignore=tests/journey/test_packages.py")
"""What is among that, and needs neither all the same."""


def main(arguments: list[str]) -> int:
    """Run the tests twice. The exit status is 0 only if all of them ran and passed, both times."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers end with us
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
        print("\n== embedded: SQLite and messages in files ==", flush=True)
        embedded = _pytest(arguments, {})
        print("\n== servers: PostgreSQL and Redis ==", flush=True)
        named = any(not each.startswith("-") and os.path.exists(each.split("::")[0]) for each in arguments)
        chosen = () if named else (*WITH_SERVERS, *WITHOUT_SERVERS)
        with_servers = _pytest([*chosen, *arguments], servers)
        return embedded or with_servers


def _pytest(arguments: list[str], servers: dict[str, str]) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_") or "_TEST_" in name}
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env={**environment, **servers}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
