"""Installations on a Redis and a PostgreSQL of their own, or embedded, with a plugin that misbehaves on request.

Servers are shared by all tests but those of a file that kills them, which has its own. Databases are copies of one that
was migrated once.
"""

import os
import platform
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis as client

from tests.faults.figures import Figures
from tests.faults.stage import Ground, install, on_server, prepare
from tests.installation import Site, quick_settings
from tests.servers import Postgres, Redis


@pytest.fixture(scope="session")
def redis() -> Iterator[Redis]:
    """A Redis that forgets everything when it is killed."""
    with Redis(persistent=False) as server:
        yield server


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL that nobody kills."""
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def ground(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """What installations on servers are copies of."""
    return on_server(postgres, tmp_path_factory.mktemp("ground"))


@pytest.fixture(scope="session")
def embedded_ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """What embedded installations are copies of."""
    return prepare(tmp_path_factory.mktemp("embedded"))


@pytest.fixture
def site(tmp_path: Path, redis: Redis, ground: Ground) -> Iterator[Site]:
    """An installation on PostgreSQL and Redis."""
    with client.Redis.from_url(redis.url) as server:
        server.flushall()
    servers = {"NEWSDESK_DATABASE_URL": ground.copy_database(), "NEWSDESK_REDIS_URL": redis.url}
    made = Site(tmp_path, quick_settings(tmp_path) | servers, ground.site.key)
    install(made)
    yield made
    made.stop()


@pytest.fixture
def embedded(tmp_path: Path, embedded_ground: Ground) -> Iterator[Site]:
    """An installation without servers."""
    embedded_ground.copy_file(tmp_path / "data")
    made = Site(tmp_path, quick_settings(tmp_path), embedded_ground.site.key)
    install(made)
    yield made
    made.stop()


@pytest.fixture(params=["embedded", "servers"])
def either(request: pytest.FixtureRequest) -> Site:
    """An installation of either kind."""
    return request.getfixturevalue({"embedded": "embedded", "servers": "site"}[request.param])


@pytest.fixture(params=["servers", pytest.param("embedded", marks=pytest.mark.long)])
def most(request: pytest.FixtureRequest) -> Site:
    """An installation of either kind, where the embedded one takes the same way: trying that now and then is enough."""
    return request.getfixturevalue({"embedded": "embedded", "servers": "site"}[request.param])


FIGURES = Figures()


@pytest.fixture
def figures() -> Figures:
    """Where a test puts what it saw."""
    return FIGURES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was seen."""
    if FIGURES.rows:
        terminalreporter.section(f"what was seen, on {os.cpu_count()} cores, Python {platform.python_version()}")
        terminalreporter.write_line("\n".join(FIGURES.table()))
