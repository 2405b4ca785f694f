"""Installations of the fault tests: copies of one that was migrated once, what is installed in them, what they receive."""

import itertools
import json
import shutil
import sqlite3
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psycopg
import redis

from tests.installation import Site, quick_settings
from tests.servers import Postgres

MISBEHAVING = Path(__file__).with_name("misbehaving.py")
NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Ground:
    """An installation that was migrated once, with a program's key: the others are copies of it."""

    site: Site

    def copy_file(self, data: Path) -> None:
        """Copy the embedded database."""
        data.mkdir(parents=True)
        with (
            closing(sqlite3.connect(self.site.folder / "data" / "newsdesk.sqlite3")) as here,
            closing(sqlite3.connect(data / "newsdesk.sqlite3")) as there,
        ):
            here.backup(there)

    def copy_database(self) -> str:
        """Copy the database on the server; gives its address."""
        ours = self.site.environment["NEWSDESK_DATABASE_URL"]
        server, _, name = ours.rpartition("/")
        copy = f"fault_{next(NUMBERS)}"
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {copy} TEMPLATE {name}".encode())
        return f"{server}/{copy}"


def prepare(folder: Path, **environment: str) -> Ground:
    """Migrate a database, and make a program's key."""
    folder.mkdir(parents=True, exist_ok=True)
    site = Site(folder, quick_settings(folder) | environment)
    site.manage("migrate", "--verbosity=0")
    site.manage("account", "program")
    site.key = site.manage("apikey", "test", "--owner=program", "--scope=write").stdout.strip()
    return Ground(site)


def on_server(server: Postgres, folder: Path) -> Ground:
    """Prepare a database on this server."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE prepared")
    return prepare(folder, NEWSDESK_DATABASE_URL=f"{server.url.rpartition('/')[0]}/prepared")


def install(site: Site, source: str = "", *, version: str = "1", name: str = "misbehaving") -> None:
    """Install a plugin, or another version of it, beside the others. Without source, the one that misbehaves."""
    folder = site.folder / "plugins"
    uninstall(site, name)
    metadata = folder / f"{name}-{version}.dist-info"
    metadata.mkdir(parents=True)
    source = source or MISBEHAVING.read_text().replace('VERSION = "1"', f'VERSION = "{version}"')
    (folder / f"{name}.py").write_text(source)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    (metadata / "entry_points.txt").write_text(f"[newsdesk]\n{name} = {name}\n")
    site.environment["PYTHONPATH"] = str(folder)
    site.environment["PYTHONDONTWRITEBYTECODE"] = "1"  # two versions written within a second look the same to the cache


def uninstall(site: Site, name: str = "misbehaving") -> None:
    """Remove a plugin."""
    folder = site.folder / "plugins"
    for each in folder.glob(f"{name}*"):
        shutil.rmtree(each) if each.is_dir() else each.unlink()


def receive(site: Site, **documents: str) -> None:
    """A file for each, named so, with a headline, a quote, the place "Here", and these words."""
    folder = site.folder / f"documents-{next(NUMBERS)}"
    folder.mkdir()
    for name, words in documents.items():
        text = f"Mayor to resign\n\n“I am tired of it,” said Mayor Ada Lind of {name}. Here it ends.\n\n{words}\n"
        (folder / f"{name}.txt").write_text(text)
    site.manage("receive", str(folder))


def stories(site: Site, documents: int) -> None:
    """Receive so many documents that nobody has received before."""
    receive(site, **{f"story-{next(NUMBERS)}": "" for _ in range(documents)})


def lose_messages(site: Site) -> None:
    """Empty the broker, and wait until no document counts as spoken of by what was in it.

    The sweep then sends whole batches of what waits, where a message came for each document before, and does not begin with
    those whose message is old while that of others is not.
    """
    for message in (site.folder / "data" / "queue").glob("*"):
        message.unlink()
    if url := site.environment.get("NEWSDESK_REDIS_URL"):
        with redis.Redis.from_url(url) as server:
            server.flushall()
    time.sleep(float(site.environment["NEWSDESK_NUDGE_SECONDS"]))


FOUND = """
import json
from newsdesk.corpus.models import Snapshot
from newsdesk.processing.queries import current_artifacts
print(json.dumps([
    [snapshot.name, each.run.processor, each.run.version, each.kind, each.data.get("name")]
    for snapshot in Snapshot.objects.order_by("pk") for each in current_artifacts(snapshot.pk)
]))
"""


class Found(NamedTuple):
    """A finding that holds: in which document, by which version of which processor; `name` is what a place is called."""

    document: str
    processor: str
    version: str
    kind: str
    name: str | None


def findings(site: Site) -> list[Found]:
    """All that holds, as the product itself reads it."""
    return [Found(*each) for each in site.query(FOUND)]


def tally(site: Site) -> dict[str, int]:
    """How many documents are lost, how many runs were stored twice, and how many documents have not what the others have."""
    [(lost,)] = site.rows("SELECT count(*) FROM processing_job WHERE state <> 'done'")
    [(doubled,)] = site.rows(
        "SELECT count(*) FROM (SELECT 1 FROM processing_run WHERE outcome = 'done'"
        " GROUP BY snapshot_id, processor, version HAVING count(*) > 1) AS doubled"
    )
    amounts = Counter(Counter(each.document for each in findings(site)).values())
    [(_, usual)] = amounts.most_common(1)
    return {"lost": lost, "doubled": doubled, "uneven": amounts.total() - usual}


NOTHING_LOST = {"lost": 0, "doubled": 0, "uneven": 0}


def holds(site: Site) -> bool:
    """Whether all invariants hold."""
    return site.manage("check_integrity").stdout.strip() == "everything holds"


def post(address: str, key: str, content: str, *, seconds: float = 20) -> tuple[int, dict[str, str], bytes]:
    """Submit a document by the API: status, headers and body of the answer. Raises OSError where there is none."""
    body = json.dumps({"content": content}).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    return fetch(f"{address}/api/v1/snapshots", body, headers, seconds)


def fetch(
    address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, seconds: float = 20
) -> tuple[int, dict[str, str], bytes]:
    """Ask a web server, and give its answer whatever the status."""
    request = urllib.request.Request(address, body, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, dict(answer.headers), answer.read()
