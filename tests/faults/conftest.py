"""Installations on a Redis and a PostgreSQL of their own, which a test may kill, with a plugin that misbehaves on request."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import Site, quick_settings
from tests.servers import Postgres, Redis

PLUGIN = """
import ctypes, os, time
from dataclasses import dataclass
from newsdesk.sdk import hookimpl

def hang():
    while True:
        try:
            time.sleep(60)
        except BaseException:
            pass

DOES = {"@@segv": lambda: ctypes.string_at(0), "@@abort": os.abort, "@@hang": hang, "@@raise": lambda: 1 / 0}

@dataclass(frozen=True)
class Faults:
    name, version, requires, provides = "faults", "1", ("text",), ("place",)

    def process(self, document):
        for word, does in DOES.items():
            if word in document.text:
                does()
        return []

@hookimpl
def register_processors():
    return [Faults()]
"""


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis that forgets everything when it is killed."""
    with Redis(persistent=False) as server:
        yield server


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that may be killed."""
    with Postgres() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, redis: Redis, postgres: Postgres) -> Iterator[Site]:
    """An installation on these servers."""
    environment = quick_settings(tmp_path) | {"NEWSDESK_DATABASE_URL": postgres.url, "NEWSDESK_REDIS_URL": redis.url}
    made = Site(tmp_path, environment)
    try:
        made.manage("migrate", "--verbosity=0")
        yield made
    finally:
        made.stop()


@pytest.fixture
def faults(site: Site) -> None:
    """The plugin that does what a document says, installed beside the others."""
    folder = site.folder / "plugins"
    metadata = folder / "faults-1.0.dist-info"
    metadata.mkdir(parents=True)
    (folder / "faults.py").write_text(PLUGIN)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: faults\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[newsdesk]\nfaults = faults\n")
    site.environment["PYTHONPATH"] = str(folder)
