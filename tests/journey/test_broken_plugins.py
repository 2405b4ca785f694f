"""Plugins that are broken at import (F24): everything starts, the others work, and each is named with the reason."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.installation import ROOT, Site, wait_until

BROKEN = {
    "aaa-ends": ("import os; os._exit(3)", "importing it ended its process (exit status 3)"),
    "aab-endless": (
        "while True:\n  try:\n    while True: pass\n  except BaseException: pass",
        "importing it did not end within 2 s",
    ),
    "aac-leaves": ("raise SystemExit('bye')", "SystemExit: bye"),
    "aad-misses": ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
}
STORY = "Mayor to resign\n\n“I am tired of it,” said Mayor Ada Lind.\n"
REMEDY = "; mend or uninstall it"
PAGE = """
import json
from django.contrib.auth import get_user_model
from django.test import Client
client = Client()
client.force_login(get_user_model().objects.create_superuser("ada"))
print(json.dumps(client.get("/host/processorsetting/", headers={"host": "localhost"}).content.decode()))
"""


@pytest.fixture
def broken(site: Site) -> Site:
    """An installation with four broken plugins beside ours."""
    folder = site.folder / "plugins"
    folder.mkdir()
    for name, (code, _) in BROKEN.items():
        module = name.replace("-", "_")
        (folder / f"{module}.py").write_text(code)
        metadata = folder / f"{module}-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[newsdesk]\n{name} = {module}\n")
    site.environment |= {
        "PYTHONPATH": str(folder),
        "NEWSDESK_PLUGIN_IMPORT_SECONDS": "2",
        "HOME": str(site.folder),
        "COLUMNS": "200",
    }
    return site


def named(said: str) -> list[bool]:
    """Of each broken plugin, whether what was said names it, the reason and the remedy."""
    words = " ".join(said.replace("&#x27;", "'").split())
    return [f"{reason}{REMEDY}" in words and name in words for name, (_, reason) in BROKEN.items()]


def test_worker_and_sweep_start_and_the_other_plugins_do_their_work(broken: Site, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    broken.manage("receive", str(tmp_path / "story.txt"))
    broken.start_sweep()
    broken.start_worker()
    broken.wait_until_done(1)


def test_commands_and_the_page_name_each_with_reason_and_remedy(broken: Site) -> None:
    check = broken.manage("check")
    said = [check.stderr + check.stdout, broken.manage("plugins").stdout, broken.query(PAGE)]
    assert [named(each) for each in said] == [[True] * 4] * 3


def test_web_starts(broken: Site) -> None:
    server = broken.start(sys.executable, "-m", "gunicorn", "newsdesk.config.wsgi", "--bind=127.0.0.1:0")
    wait_until(lambda: "Listening at: " in broken.log(), 40, broken.log)
    address = broken.log().partition("Listening at: ")[2].split()[0]
    with urllib.request.urlopen(f"{address}/live", timeout=20) as answer:
        assert (answer.status, server.poll()) == (200, None)


def test_plain_command_reads_on(broken: Site, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY)
    command = [sys.executable, "-m", "newsdesk.pipeline", "--import-seconds=2", str(tmp_path / "story.txt")]
    environment = broken.environment | {"PYTHONPATH": f"{broken.environment['PYTHONPATH']}:{ROOT}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=100)
    kinds = {each["kind"] for each in json.loads(done.stdout)["artifacts"]}
    assert (done.returncode, "quote" in kinds, done.stderr.count("warning: ")) == (0, True, 4)
