"""A whole Newsdesk for each test: own folder, own database, real processes."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import environ
import psycopg
import pytest
import redis

from tests.installation import Site, quick_settings


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An installation with an empty database: on the servers that the environment names, or embedded."""
    with installation(tmp_path) as made:
        yield made


@contextmanager
def installation(folder: Path, **settings: str) -> Iterator[Site]:
    """An installation in a folder, with these settings beside the quick ones."""
    environment = quick_settings(folder) | settings
    drop = use_own_database(environment)
    use_own_queue(environment)
    made = Site(folder, environment)
    try:
        made.manage("migrate", "--verbosity=0")
        yield made
    finally:
        made.stop()
        drop()


def use_own_database(environment: dict[str, str]) -> Callable[[], None]:
    """Give the installation a database of its own on the server; returns what drops it."""
    url = environment.get("NEWSDESK_DATABASE_URL")
    if not url:
        return lambda: None
    name = f"journey_{uuid.uuid4().hex[:12]}"
    config = environ.Env.db_url_config(url)
    server = {
        "host": unquote(config["HOST"]),
        "port": config["PORT"] or 5432,
        "user": config["USER"],
        "password": config["PASSWORD"],
    }

    def execute(statement: str) -> None:
        with psycopg.connect(**server, dbname=config["NAME"], autocommit=True) as connection:
            connection.execute(statement)

    execute(f"CREATE DATABASE {name}")
    environment["NEWSDESK_DATABASE_URL"] = f"{url.rpartition('/')[0]}/{name}"
    return lambda: execute(f"DROP DATABASE {name} WITH (FORCE)")


def use_own_queue(environment: dict[str, str]) -> None:
    """Empty the Redis that the tests have for themselves."""
    if url := environment.get("NEWSDESK_REDIS_URL"):
        with redis.Redis.from_url(url) as server:
            server.flushall()
