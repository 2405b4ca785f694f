"""`make demo` as an operator meets it."""

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.journey.conftest import ROOT, SEEDS, Site, wait_until


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
    process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, text=True)
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
