"""Plugins that are broken (F24): everything starts, the others work, and every door names each with reason and remedy."""

import html
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import ROOT, Site, wait_until
from tests.journey.broken import BROKEN, Broken, install, write
from tests.journey.conftest import installation

STORY = "Mayor to resign\n\n“I am tired of it,” said Mayor Ada Lind.\n"
PAGES = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_superuser("ada"))
paths = ("/host/processorsetting/", "/api/v1/plugins")
print(json.dumps([client.get(path, headers={"host": "localhost"}).content.decode() for path in paths]))
"""
LOADED = """
import json
from newsdesk.host.registry import registry
print(json.dumps([each.name for each in registry().plugins]))
"""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation with all broken plugins beside ours."""
    folder = tmp_path_factory.mktemp("site")
    settings = {"NEWSDESK_PLUGIN_IMPORT_SECONDS": "5", "HOME": str(folder), "COLUMNS": "250", "PYTHONIOENCODING": "utf-8"}
    with installation(folder, PYTHONPATH=str(install(folder / "plugins")), **settings) as site:
        yield site


def plain(site: Site, path: Path, text: str = STORY) -> subprocess.CompletedProcess[str]:
    """Run the plain command over a story."""
    path.write_text(text)
    command = [sys.executable, "-m", "newsdesk.pipeline", "--import-seconds=5", str(path)]
    environment = site.environment | {"PYTHONPATH": f"{site.environment['PYTHONPATH']}:{ROOT}"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)


@pytest.fixture(scope="module")
def said(broken: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each door says of plugins, in words with one blank between them."""
    check = broken.manage("check")
    page, api = broken.query(PAGES)
    answers = {
        "check": check.stderr + check.stdout,
        "command": broken.manage("plugins").stdout,
        "page": html.unescape(page),
        "api": " ".join(f"{each['plugin']} {each['message']}" for each in json.loads(api)["problems"]),
        "plain": plain(broken, tmp_path_factory.mktemp("plain") / "story.txt").stderr,
    }
    return {door: " ".join(words.split()) for door, words in answers.items()}


@pytest.mark.parametrize("door", ["check", "command", "page", "api", "plain"])
@pytest.mark.parametrize("plugin", BROKEN)
def test_door_names_the_plugin_with_reason_and_remedy(said: dict[str, str], plugin: str, door: str) -> None:
    assert BROKEN[plugin].told in said[door], said[door]
    assert plugin in said[door]


def test_worker_starts_and_runs_what_the_plain_command_runs(broken: Site, tmp_path: Path) -> None:
    line = json.loads(plain(broken, tmp_path / "story.txt").stdout)
    broken.manage("receive", str(tmp_path / "story.txt"))
    broken.start_sweep()
    broken.start_worker()
    broken.wait_until_done(1)
    ran = dict(broken.rows("SELECT processor, outcome FROM processing_run"))
    assert (ran, ran["quotes"]) == ({each["processor"]: each["outcome"] for each in line["runs"]}, "done")


def test_web_starts(broken: Site) -> None:
    server = broken.start(sys.executable, "-m", "gunicorn", "newsdesk.config.wsgi", "--bind=127.0.0.1:0")
    wait_until(lambda: "Listening at: " in broken.log(), 40, broken.log)
    address = broken.log().partition("Listening at: ")[2].split()[0]
    with urllib.request.urlopen(f"{address}/live", timeout=20) as answer:
        assert (answer.status, server.poll()) == (200, None)


def test_trace_shows_imports_hooks_and_calls_in_worker_and_commands(site: Site, tmp_path: Path) -> None:
    site.environment |= {"NEWSDESK_TRACE_PLUGINS": "1", "HOME": str(tmp_path), "PYTHONPATH": str(tmp_path)}
    said = plain(site, tmp_path / "story.txt").stderr
    expected = ("import quotes from newsdesk_quotes: ", "hook quotes.register_processors(): ", "story.txt: ")
    assert [each in said for each in expected] == [True] * 3
    site.manage("receive", str(tmp_path / "story.txt"))
    assert "import quotes from newsdesk_quotes: " in site.manage("plugins").stderr
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(1)
    assert re.search(r"plugins [\d:.]+ pid \d+ call quotes \S+ on \S+: \d+\.\d{4} s, 1 found", site.whole_log())


def receive(site: Site, path: Path, text: str, count: int) -> None:
    """Receive a text, and wait until so many documents are processed."""
    path.write_text(text)
    site.manage("receive", str(path))
    site.wait_until_done(count)


def test_plugin_that_is_turned_off_runs_no_more_in_a_worker_that_was_there_before(site: Site, tmp_path: Path) -> None:
    site.start_sweep()
    site.start_worker()
    receive(site, tmp_path / "story.txt", STORY, 1)
    site.manage("plugins", "--off", "quotes")
    receive(site, tmp_path / "story.txt", STORY.replace("tired", "sick"), 2)
    assert site.rows("SELECT count(*) FROM processing_run WHERE processor = 'quotes' AND outcome = 'done'") == [(1,)]


def test_plugin_that_is_broken_and_turned_off_is_no_longer_tried(site: Site, tmp_path: Path) -> None:
    folder, mark = tmp_path / "plugins", tmp_path / "imported"
    folder.mkdir()
    write(folder, "zz-broken", Broken(f"open({str(mark)!r}, 'a').write('again '); raise ValueError('no')", ""))
    site.environment |= {"PYTHONPATH": str(folder), "HOME": str(tmp_path), "COLUMNS": "250"}
    before = site.manage("plugins").stdout
    site.manage("plugins", "--off", "zz-broken")
    tried = mark.read_text()
    after = site.manage("plugins").stdout + site.manage("check").stderr
    assert ("ValueError: no" in before, "ValueError: no" in after, mark.read_text()) == (True, False, tried)
    assert re.search(r"zz-broken +│ +off ", after)


def test_what_is_not_listed_is_shown_and_imported_nowhere(site: Site, tmp_path: Path) -> None:
    folder, mark = tmp_path / "plugins", tmp_path / "imported"
    folder.mkdir()
    write(folder, "zz-unlisted", Broken(f"open({str(mark)!r}, 'w')", ""))
    site.environment |= {
        "PYTHONPATH": str(folder), "HOME": str(tmp_path), "NEWSDESK_LOAD_PLUGINS": "text, newsdesk-quotes==0.1.0"
    }  # fmt: skip
    ran = [each["processor"] for each in json.loads(plain(site, tmp_path / "story.txt").stdout)["runs"]]
    site.manage("receive", str(tmp_path / "story.txt"))
    site.start_sweep()
    site.start_worker()
    site.wait_until_done(1)
    assert site.query(LOADED) == ["quotes", "text"]
    assert sorted(name for (name,) in site.rows("SELECT processor FROM processing_run")) == sorted(ran)
    assert "Not listed in NEWSDESK_LOAD_PLUGINS: html, jsonl, ninjs, notices, zz-unlisted" in site.manage("plugins").stdout
    assert not mark.exists()
