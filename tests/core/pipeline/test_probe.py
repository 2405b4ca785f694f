"""Plugins that are broken so that no `except` helps (F24): they are told, and the others are there."""

import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from newsdesk.pipeline import Dossier, build_registry, probe
from newsdesk.pipeline.discovery import Discovery, discover
from newsdesk.pipeline.limits import ProcessorCrashed
from newsdesk.pipeline.probe import load_safely
from newsdesk.pipeline.runner import Limits, ProcessorFailed, Runner
from newsdesk.sdk.testing import make_document

GOOD = """
from dataclasses import dataclass
from newsdesk.sdk import Artifact, hookimpl

@dataclass(frozen=True)
class Good:
    name, version, requires, provides = "good", "1", ("text",), ("metadata",)

    def process(self, document):
        return [Artifact("metadata", {"name": "section", "value": "good", "evidence": "x"})]

@hookimpl
def register_processors():
    return [Good()]
"""
ENDLESS = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
FORKS = """
import os, time
for _ in range(100):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
time.sleep(60)
"""
ENDS_WHEN_ASKED = """
import os
from newsdesk.sdk import hookimpl

@hookimpl
def register_processors():
    os._exit(4)
"""
BROKEN = {
    "ends": ("import os; os._exit(3)", "importing it ended its process (exit status 3)"),
    "ends-when-asked": (ENDS_WHEN_ASKED, "importing it ended its process (exit status 4)"),
    "endless": (ENDLESS, "importing it did not end within 1.5 s"),
    "forks": (FORKS, "importing it was stopped at its limit of processes"),
    "hangs-up": (
        "import os; os.closerange(3, 100); import time; time.sleep(60)",
        "importing it ended its process (it hung up)",
    ),
    "lingers": (
        f"{GOOD}\nimport threading, time\nthreading.Thread(target=time.sleep, args=(600,), name='poll').start()",
        "importing it leaves a thread running (poll), for which every command would wait; make it a daemon",
    ),
    "lingers-when-asked": (
        f"{GOOD}\n    import threading, time\n    threading.Thread(target=time.sleep, args=(600,)).start()\n".replace(
            "    return [Good()]", "    pass"
        ),
        "importing it leaves a thread running (Thread-",
    ),
    "killed": ("import os; os.kill(os.getpid(), 9)", "importing it ended its process (SIGKILL)"),
    "leaves": ("raise SystemExit('bye')", "SystemExit: bye"),
    "misses": ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "importing it ended its process (SIGSEGV)"),
    "sleeps": ("import ctypes; ctypes.PyDLL(None).sleep(600)", "importing it did not end within 1.5 s"),
}


@dataclass(frozen=True)
class Good:
    name, version, requires, provides = "good", "1", ("text",), ("metadata",)


class Gone(Good):
    name = "ends"


@pytest.fixture
def folder(tmp_path):
    """Where verdicts are remembered."""
    return tmp_path / "verdicts"


@pytest.fixture
def install(tmp_path, monkeypatch, write_plugin):
    """A function that installs plugins by their code, and has the others that are installed left alone."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    mine = set()

    def discover_mine():
        return Discovery(tuple(each for each in discover().entries if each.name in mine))

    monkeypatch.setattr(probe, "discover", discover_mine)

    def install(**codes):
        named = {name.replace("_", "-"): code for name, code in codes.items()}
        [write_plugin(site, name, code) for name, code in named.items()]
        mine.update(named)
        return site

    return install


@pytest.fixture
def probes(monkeypatch):
    """What was probed, in the order in which it was."""
    asked = []

    class Counting(Runner):
        def start(self):
            asked.append(self._plugins)
            super().start()

    monkeypatch.setattr(probe, "Runner", Counting)
    return asked


def loaded(folder, seconds=1.5, off=()):
    return load_safely(folder, Limits(start_seconds=seconds), off)


def test_however_a_plugin_is_broken_it_is_told_with_reason_and_remedy_and_the_others_are_in(install, folder):
    install(good=GOOD, **{name: code for name, (code, _) in BROKEN.items()})
    found = loaded(folder)
    told = {each.plugin: each.message for each in found.problems}
    assert [each.name for each in found.plugins] == ["good"]
    assert {
        name: (reason in told[name], told[name].endswith(" uninstall it")) for name, (_, reason) in BROKEN.items()
    } == dict.fromkeys(BROKEN, (True, True))


@pytest.mark.parametrize(
    "code",
    [
        "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()",
        "import threading, time\nthreading.Thread(target=time.sleep, args=(0.1,)).start()",
        "from concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)\npool.submit(int)",
    ],
    ids=["daemon", "short", "executor"],
)
def test_thread_that_keeps_nothing_from_coming_to_an_end_is_fine(install, folder, code):
    install(good=f"{GOOD}\n{code}")
    assert loaded(folder).problems == ()


@pytest.mark.parametrize("unfit", [1, None, ["good"]])
def test_process_that_talks_nonsense_when_it_is_ready_is_no_plugins_fault(install, folder, monkeypatch, unfit):
    install(good=GOOD)
    monkeypatch.setattr("newsdesk.pipeline.runner.read_frame", lambda *_: ({"ready": True, "unfit": unfit}, b""))
    assert [each.name for each in loaded(folder).plugins] == ["good"]


def test_plugin_that_was_broken_and_is_mended_is_in_at_once(install, folder):
    site = install(ends="import os; os._exit(3)")
    before = loaded(folder).problems
    (site / "newsdesk_test_ends.py").write_text(GOOD)
    assert (len(before), loaded(folder).problems) == (1, ())


def test_plugin_is_tried_again_after_a_while_although_nothing_of_it_changed(install, folder, probes, monkeypatch):
    install(ends="import os; os._exit(3)")
    loaded(folder), loaded(folder)
    monkeypatch.setattr(probe, "BROKEN_SECONDS", 0.0)
    loaded(folder)
    assert probes == [["ends"], ["ends"]]


def test_plugin_that_is_known_to_come_to_an_end_is_not_probed_again(install, folder, probes):
    install(good=GOOD)
    assert [loaded(folder).problems for _ in range(3)] == [()] * 3
    assert probes == [["good"]]


def test_plugin_that_changed_is_probed_again_and_only_that(install, folder, probes):
    site = install(good=GOOD, kind=GOOD.replace('"good"', '"kind"'))
    loaded(folder)
    (site / "newsdesk_test_kind.py").write_text(GOOD.replace('"good"', '"kinder"'))
    loaded(folder)
    assert probes == [["good", "kind"], ["kind"]]


def test_everything_is_probed_again_when_something_is_installed_beside_it(install, folder, probes):
    site = install(good=GOOD)
    loaded(folder)
    (site / "other-2.0.dist-info").mkdir()
    loaded(folder)
    assert probes == [["good"]] * 2


def test_plugin_that_is_off_and_not_known_to_be_sound_is_not_tried_and_nothing_is_said_of_it(install, folder, probes):
    install(good=GOOD, ends="import os; os._exit(3)", misses="import no_such_module")
    found = loaded(folder, off={"ends", "misses"})
    assert ([each.name for each in found.plugins], found.problems, probes) == (["good"], (), [["good"]])


def test_plugin_that_was_found_broken_is_not_tried_again_once_it_is_off(install, folder, probes, monkeypatch):
    monkeypatch.setattr(probe, "BROKEN_SECONDS", 0.0)
    install(ends="import os; os._exit(3)")
    loaded(folder)
    assert (loaded(folder, off={"ends"}).problems, probes) == ((), [["ends"]])


def test_plugin_that_is_off_and_known_to_be_sound_is_in_so_that_it_can_be_turned_on_again(install, folder, probes):
    install(good=GOOD)
    loaded(folder)
    assert ([each.name for each in loaded(folder, off={"good"}).plugins], probes) == (["good"], [["good"]])


def test_plugin_that_is_off_is_not_tried_where_no_process_can_be_started_either(install, folder, monkeypatch):
    class Never(Runner):
        def start(self):
            raise ProcessorCrashed("no room", "start")

    monkeypatch.setattr(probe, "Runner", Never)
    install(good=GOOD, misses="import no_such_module")
    assert ([each.name for each in loaded(folder, off={"misses"}).plugins]) == ["good"]


def test_import_that_never_ended_here_makes_the_next_start_distrust_what_it_remembers(install, folder, probes):
    install(good=GOOD)
    loaded(folder)
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (folder / f"importing-{gone.pid}").touch()
    loaded(folder), loaded(folder)
    assert (probes, [each.name for each in folder.iterdir()]) == ([["good"]] * 2, ["imports.json"])


def test_import_that_is_under_way_elsewhere_casts_no_doubt(install, folder, probes):
    install(good=GOOD)
    loaded(folder)
    (folder / "importing-1").touch()
    loaded(folder)
    assert probes == [["good"]]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"good": 7}', '{"good": {"stamp": 1}}', '{"good": null}', "\0"])
def test_what_is_remembered_may_be_rubbish(install, folder, content):
    install(good=GOOD)
    folder.mkdir()
    (folder / "imports.json").write_text(content)
    assert [each.name for each in loaded(folder).plugins] == ["good"]
    assert json.loads((folder / "imports.json").read_text())["good"]["broken"] == ""


def test_folder_that_cannot_be_written_to_costs_a_probe_at_every_start_and_nothing_else(install, tmp_path, probes):
    install(good=GOOD)
    (tmp_path / "file").touch()
    assert [loaded(tmp_path / "file" / "in-it").problems for _ in range(2)] == [(), ()]
    assert probes == [["good"]] * 2


def test_runner_leaves_out_what_takes_its_process_down_and_says_why_when_it_is_asked_for_it(install):
    install(good=GOOD, ends="import os; os._exit(3)", segfault="import ctypes; ctypes.string_at(0)")
    with Runner(plugins=["good", "ends", "segfault"]) as runner:
        (found,) = runner(Good(), Dossier.open(make_document("text"))).artifacts
        with pytest.raises(ProcessorFailed) as failed:
            runner(Gone(), Dossier.open(make_document("text")))
    assert (found.data["value"], sorted(runner.left_out)) == ("good", ["ends", "segfault"])
    assert str(failed.value).startswith("ends is not installed here; install its plugin, or disable it; plugin ends cannot be")


def test_runner_loads_the_plugins_that_are_named_and_no_other(install):
    install(good=GOOD, ends="import os; os._exit(3)")
    with Runner(plugins=["good"]) as runner:
        runner.start()
    assert runner.left_out == {}


def test_registry_has_what_is_sound_and_names_the_rest(install, folder):
    install(good=GOOD, ends="import os; os._exit(3)")
    found = build_registry(loaded(folder))
    assert (list(found.processors), [each.plugin for each in found.problems]) == (["good"], ["ends"])
