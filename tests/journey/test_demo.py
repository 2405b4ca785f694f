"""`make demo` as an operator meets it."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.installation import ROOT, SEEDS, Site, wait_until


def test_demo_prints_who_said_what_and_ends(site: Site) -> None:
    printed = site.manage("demo", str(SEEDS), "--no-serve").stdout
    assert re.search(r"Sergey Lavrov.*We very much hope", printed)


def test_second_start_keeps_the_data_and_repeats_nothing(site: Site) -> None:
    site.manage("demo", str(SEEDS), "--no-serve")
    again = site.manage("demo", str(SEEDS), "--no-serve").stdout
    assert (": 0 received" in again, "shown once" in again) == (True, False)


def test_a_document_that_cannot_be_processed_makes_the_exit_status_1(site: Site) -> None:
    seeds = site.folder / "seeds"
    seeds.mkdir()
    (seeds / "stub.html").write_text("<title>Only a title</title><p>&nbsp;</p><script>let words = 1</script>")
    assert site.manage("demo", str(seeds), "--no-serve", check=False).returncode == 1


def test_a_document_that_is_refused_is_named_and_the_others_are_processed(site: Site) -> None:
    seeds = site.folder / "seeds"
    seeds.mkdir()
    (seeds / "1.html").write_bytes(b"%PDF-1.7 ...")
    (seeds / "2.txt").write_text("Mayor to resign\n\n“I am tired of it,” said Mayor Ada Lind.\n")
    done = site.manage("demo", str(seeds), "--no-serve", check=False)
    assert (done.returncode, "1.html is a PDF document" in done.stdout, "Ada Lind" in done.stdout) == (1, True, True)


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"NEWSDESK_PORT": "abc"}, "NEWSDESK_PORT is 'abc'"),
        ({"NEWSDESK_DATABASE_URL": "postgresql://u@127.0.0.1:1/x"}, "NEWSDESK_DATABASE_URL: the database does not answer"),
        ({"NEWSDESK_REDIS_URL": "redis://127.0.0.1:1/0"}, "NEWSDESK_REDIS_URL: Redis does not answer"),
        ({"NEWSDESK_DATA": "/proc/newsdesk"}, "NEWSDESK_DATA is '/proc/newsdesk'"),
    ],
)
def test_setting_that_cannot_work_is_named_in_a_sentence(site: Site, setting: dict[str, str], says: str) -> None:
    site.environment |= setting
    failed = site.manage("demo", str(SEEDS), "--no-serve", check=False)
    assert (failed.returncode, says in failed.stderr, "Traceback" in failed.stderr) == (1, True, False)


def test_folder_without_documents_is_named(site: Site) -> None:
    assert "there are no documents in /nowhere" in site.manage("demo", "/nowhere", "--no-serve", check=False).stderr


def test_serving_answers_on_all_doors_and_ctrl_c_leaves_nothing_running(site: Site) -> None:
    with demo(site) as process:
        address = next(line.split()[1] for line in process.stdout if line.startswith("Desk"))
        wait_until(lambda: answers(f"{address}ready"), 20)
        doors = [answers(f"{address}{path}") for path in ("live", "login/", "ready")]
        process.send_signal(signal.SIGINT)
        process.wait(40)
    assert (doors, process.returncode, running_in(site.folder)) == ([True, True, True], 0, [])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopping_in_the_middle_leaves_nothing_running(site: Site, number: signal.Signals) -> None:
    with demo(site) as process:
        next(line for line in process.stdout if "documents" in line)
        process.send_signal(number)
        process.wait(40)
    assert running_in(site.folder) == []


def demo(site: Site) -> subprocess.Popen[str]:
    """The demo, serving until it is stopped."""
    command = [sys.executable, "manage.py", "demo", str(SEEDS)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    site.processes.append(process)
    return process


def answers(url: str) -> bool:
    """Whether a page is there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def running_in(folder: Path) -> list[str]:
    """The commands of processes whose environment names this folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            named = os.fsencode(folder) in (process / "environ").read_bytes()
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if named and command:
            found.append(command)
    return found
