import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsdesk.pipeline import Dossier, Plan, run
from newsdesk.pipeline.runner import Limits, ProcessorCrashed, ProcessorFailed, ProcessorTimedOut, Runner
from newsdesk.sdk import Artifact, ContractError, Document, Span
from newsdesk.sdk.testing import make_document
from tests.core.pipeline.processes import is_gone

PLUGIN = """
import ctypes, json, os, signal, struct, sys, time
from dataclasses import dataclass
from newsdesk.sdk import Artifact, Span, hookimpl

LEAK = []

def pipes():
    return [int(fd) for fd in sys.argv[1:3]]

def answer(head):
    data = json.dumps(head).encode() if not isinstance(head, bytes) else head
    os.write(pipes()[1], struct.pack("!II", len(data), 0) + data)

def lie_next(found):
    child = sys.modules["newsdesk.pipeline.child"]
    honest = child.gather
    def lie(*_):
        child.gather = honest
        return found
    child.gather = lie

def swallow():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

def note(value):
    return {"name": str(value)}

def find(word, document):
    match word:
        case "segfault": ctypes.string_at(0)
        case "abort": os.abort()
        case "vanish": os._exit(0)
        case "status": os._exit(7)
        case "exit": sys.exit("I quit")
        case "raise": raise LookupError("no such word")
        case "swallow": swallow()
        case "sleep": ctypes.PyDLL(None).sleep(600)
        case "stop": os.kill(os.getpid(), signal.SIGSTOP)
        case "hog": return [note(len(bytearray(3 * 1024 ** 3)))]
        case "leak": LEAK.append(bytearray(100 * 1024 ** 2))
        case "flood": return [{"name": f"{number:09} " + "x" * 900} for number in range(3_000)]
        case "print": print("noise" * 10_000); os.write(1, b"noise"); os.system("echo noise")
        case "garbage": os.write(pipes()[1], b"\\0\\0\\0\\5\\0\\0\\0\\0rubbish"); time.sleep(5)
        case "forge": answer({"found": []})
        case "cheat": lie_next(Cheat())
        case "nul": return [note("a\\0")]
        case "cheat-shape": lie_next(Shapeless())
        case "forge-depth": answer(b'{"found": ' + b"[" * 200_000)
        case "close-in": os.close(pipes()[0])
        case "close-out": os.close(pipes()[1]); time.sleep(5)
        case "spawn-and-die": os.system("sleep 600 &"); os.abort()
        case "environment": return [note(" ".join(sorted(os.environ)))]
        case "secret": return [note(any("hunter2" in value for value in os.environ.values()))]
        case "fds": return [note([fd for fd in os.listdir("/proc/self/fd") if int(fd) > 2].__len__())]
        case "folder": return [note(os.getcwd())]
        case "write": open("kept", "w").write("a"); return [note(os.path.abspath("kept"))]
        case "pid": return [note(os.getpid())]
        case "seen": return [note(f"{document.name} {document.url} {len(document.content)} {document.charset}")]
    return [note(word)]

class Shapeless:
    def pack(self):
        return {"kind": "metadata"}, b""

class Cheat:
    def pack(self):
        entries = b'[[{"name":"section","value":"a\\u0000","evidence":"none"},[],null]]'
        return [["metadata", 1, len(entries)]], entries

@dataclass(frozen=True)
class Odd:
    name = "odd"
    version = "1"
    requires = ("text",)
    provides = ("metadata",)

    least: int = 1
    words: tuple[str, ...] = ()

    def process(self, document):
        for each in find(document.text.split()[0], document):
            yield Artifact("metadata", {"name": "section", "value": each["name"], "evidence": f"{self.least} {self.words}"})

@dataclass(frozen=True)
class Nosy(Odd):
    name = "nosy"
    requires = ("content", "text")

@dataclass(frozen=True)
class Reader:
    name = "reader"
    version = "1"
    requires = ("content",)
    provides = ("text",)

    def process(self, document):
        yield Artifact("text", {"text": document.decoded.text})

@dataclass(frozen=True)
class Spans:
    name = "spans"
    version = "1"
    requires = ("text",)
    provides = ("person",)

    def process(self, document):
        yield Artifact("person", {"name": "Zo\\xeb"}, (Span(4, 7),), 0.25)

@hookimpl
def register_processors():
    return [Odd(), Nosy(), Reader(), Spans()]
"""


@dataclass(frozen=True)
class Odd:
    """What this process knows of the plugin's processor: its declaration, as its code is over there."""

    name = "odd"
    version = "1"
    requires = ("text",)
    provides = ("metadata",)

    least: int = 1
    words: tuple[str, ...] = ()

    def process(self, document):
        raise NotImplementedError


class Newer(Odd):
    version = "2"


class Gone(Odd):
    name = "gone"


class Nosy(Odd):
    name = "nosy"
    requires = ("content", "text")


class Reader:
    name, version, requires, provides = "reader", "1", ("content",), ("text",)


class Spans:
    name, version, requires, provides = "spans", "1", ("text",), ("person",)


@pytest.fixture(scope="module")
def plugin_path(tmp_path_factory, write_plugin):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(write_plugin(tmp_path_factory.mktemp("plugins"), "odd", PLUGIN)))
        patch.setenv("NEWSDESK_SECRET_KEY", "hunter2")
        yield


@pytest.fixture(scope="module")
def warm(plugin_path):
    with Runner(Limits(seconds=1.5, memory=1024**3, output=1024**2)) as runner:
        yield runner


@pytest.fixture
def runner(warm):
    """The one runner of this file, of which each test asks after itself whether it still answers."""
    yield warm
    assert said(warm, "hello") == ["hello"]


def said(runner, word, processor=None):
    return [each.data["value"] for each in runner(processor or Odd(), Dossier.open(make_document(word))).artifacts]


# Processes that die


@pytest.mark.parametrize(
    ("word", "cause"),
    [("segfault", "SIGSEGV"), ("abort", "SIGABRT"), ("vanish", "exit status 0"), ("status", "exit status 7")],
)
def test_processor_that_takes_its_process_down_has_crashed_and_the_cause_says_how(runner, word, cause):
    with pytest.raises(ProcessorCrashed, match=f"^odd crashed: {cause}$") as caught:
        said(runner, word)
    assert caught.value.cause == cause


def test_process_killed_from_outside_between_two_documents_is_replaced(runner):
    pid = int(said(runner, "pid")[0])
    os.kill(pid, signal.SIGKILL)
    is_gone(pid)
    assert said(runner, "pid") != [str(pid)]


def test_process_that_dies_leaves_nothing_behind_that_holds_the_line(runner):
    started = time.monotonic()
    with pytest.raises(ProcessorCrashed, match="odd crashed: SIGABRT"):
        said(runner, "spawn-and-die")
    assert time.monotonic() - started < 1.5


# Processes that do not end


@pytest.mark.parametrize("word", ["swallow", "sleep", "stop"])
def test_processor_that_does_not_end_is_stopped_at_its_limit(runner, word):
    with pytest.raises(ProcessorTimedOut, match=r"^odd took longer than 1\.5 s and was stopped; raise the limit, or mend it$"):
        said(runner, word)


def test_process_that_does_not_read_is_stopped_at_the_limit_too(runner):
    os.kill(int(said(runner, "pid")[0]), signal.SIGSTOP)
    with pytest.raises(ProcessorTimedOut, match="took longer"):
        runner(Odd(), Dossier.open(make_document("a " + "long " * 200_000)))


# Processors that take, say or print too much


def test_processor_that_takes_too_much_memory_is_told(runner):
    with pytest.raises(ProcessorFailed, match="ran out of memory; raise the memory limit") as caught:
        said(runner, "hog")
    assert caught.value.cause == "MemoryError"


def test_leak_of_many_documents_is_not_the_last_ones_fault(plugin_path):
    with Runner(Limits(memory=640 * 1024**2)) as leaking:
        assert [said(leaking, "leak") for _ in range(8)] == [["leak"]] * 8


def test_output_over_the_limit_is_refused_before_it_is_read(runner):
    with pytest.raises(ContractError, match=r"^odd found too much: [0-9,]+ bytes; the limit is 1,048,576$"):
        said(runner, "flood")


def test_printing_harms_nothing(runner):
    assert said(runner, "print") == ["print"]


# Processors that fail in an orderly way


def test_processor_that_raises_is_failed_with_its_words(runner):
    with pytest.raises(ProcessorFailed, match=r"^LookupError: no such word$") as caught:
        said(runner, "raise")
    assert caught.value.cause == "LookupError"


def test_processor_that_exits_is_failed_and_its_process_stays(runner):
    pid = said(runner, "pid")
    with pytest.raises(ProcessorFailed, match=r"^SystemExit: I quit$"):
        said(runner, "exit")
    assert said(runner, "pid") == pid


def test_failure_becomes_a_run_with_its_cause(runner):
    (failed,) = run(Plan((Odd(),)), make_document("segfault"), call=runner).runs
    assert (failed.outcome, failed.cause, failed.error) == ("failed", "SIGSEGV", "odd crashed: SIGSEGV")


def test_version_that_is_not_the_planned_one_says_to_restart(runner):
    with pytest.raises(ProcessorFailed, match=r"^odd is 1 on disk, but 2 is planned; restart the workers$"):
        said(runner, "hello", Newer())


def test_processor_that_is_not_installed_there_is_told(runner):
    with pytest.raises(ProcessorFailed, match=r"^gone is not installed here; install its plugin, or disable it$"):
        said(runner, "hello", Gone())


# Processes that lie


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("garbage", "odd broke the line to its process"),
        ("forge-depth", "odd broke the line to its process"),
        ("forge", "odd broke the line to its process: an answer to no question"),
    ],
)
def test_process_that_talks_rubbish_is_not_listened_to(runner, word, message):
    with pytest.raises(ContractError, match=message):
        said(runner, word)


def test_answer_in_another_shape_is_not_listened_to(runner):
    said(runner, "cheat-shape")
    with pytest.raises(ContractError, match="odd answered with what are no artifacts"):
        said(runner, "hello")


def test_answer_is_checked_here_again(runner):
    said(runner, "cheat")
    (failed,) = run(Plan((Odd(),)), make_document("nul"), call=runner).runs
    assert failed.error.startswith("artifact 0 (metadata): data.value is not canonical text")


def test_process_that_hangs_up_has_crashed(runner):
    with pytest.raises(ProcessorCrashed, match="odd crashed: its process ended"):
        said(runner, "close-out")


def test_process_that_stops_listening_is_replaced(runner):
    pid = said(runner, "pid")
    said(runner, "close-in")
    assert said(runner, "pid") != pid


def test_process_whose_keeper_has_not_noticed_that_it_is_gone_is_replaced(runner):
    pid = int(said(runner, "pid")[0])
    keeper = runner._process.root
    os.kill(keeper, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    is_gone(pid)
    assert said(runner, "pid") != [str(pid)]


# What a plugin sees


def test_secret_of_ours_is_not_in_the_environment(runner):
    assert said(runner, "secret") == ["False"]


def test_environment_has_nothing_but_what_is_needed(runner):
    allowed = {"PATH", "LANG", "LC_ALL", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"}
    allowed |= {"HOME", "TMPDIR", "PYTHONHASHSEED"}
    allowed |= {"OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "RAYON_NUM_THREADS", "MALLOC_ARENA_MAX", "LC_CTYPE"}
    assert set(said(runner, "environment")[0].split()) <= allowed


def test_no_file_of_ours_is_open_there(runner):
    assert said(runner, "fds") == ["3"]  # two pipes, and the folder that is being listed


def test_working_folder_is_private(runner):
    folder = Path(said(runner, "folder")[0])
    assert (folder.name.startswith("newsdesk-runner-"), folder.stat().st_mode & 0o077) == (True, 0)


def test_options_arrive(runner):
    (artifact,) = runner(Odd(least=3, words=("said", "told")), Dossier.open(make_document("hello"))).artifacts
    assert artifact.data["evidence"] == "3 ('said', 'told')"


def test_document_arrives_as_far_as_it_is_shown(runner):
    document = Document("Zoë.txt", "https://example.org/", "text/plain", b"abc", "utf-8")
    document = document.with_artifacts([Artifact("text", {"text": "seen"})])
    found = [runner(each, Dossier.open(document)).artifacts[0].data["value"] for each in (Odd(), Nosy())]
    assert found == ["document None 0 None", "document https://example.org/ 3 utf-8"]


def test_bytes_arrive_as_they_are(runner):
    document = Document(content=bytes(range(32, 256)), charset="latin1")
    assert [each.data["text"] for each in runner(Reader(), Dossier.open(document)).artifacts] == [document.decoded.text]


def test_spans_and_confidence_come_back(runner):
    found = runner(Spans(), Dossier.open(make_document("👍🏽 “Zoë"))).artifacts
    assert found == (Artifact("person", {"name": "Zoë"}, (Span(4, 7),), 0.25),)


# The process itself


def test_one_process_serves_many_documents(runner):
    assert len({said(runner, "pid")[0] for _ in range(5)}) == 1


def test_after_closing_neither_process_nor_folder_nor_line_is_left(plugin_path):
    before = set(os.listdir("/proc/self/fd"))
    with Runner() as runner:
        file, pid = said(runner, "write")[0], said(runner, "pid")[0]
    left = Path(file).parent.exists(), Path(f"/proc/{pid}").exists(), set(os.listdir("/proc/self/fd")) - before
    assert left == (False, False, set())


def test_closing_twice_is_harmless(plugin_path):
    runner = Runner()
    runner.start()
    runner.close()
    assert runner.close() is None


def test_closed_runner_starts_again_when_it_is_asked(plugin_path):
    with Runner() as runner:
        runner.start()
    with runner:
        assert said(runner, "hello") == ["hello"]


def test_interrupted_question_does_not_leave_its_answer_to_the_next(runner, monkeypatch):
    def interrupt(*_):
        raise InterruptedError("the worker is told to stop")

    monkeypatch.setattr("newsdesk.pipeline.runner.read_frame", interrupt)
    with pytest.raises(InterruptedError):
        said(runner, "one")
    monkeypatch.undo()
    assert said(runner, "two") == ["two"]


def test_runner_answers_after_the_thread_that_started_it_has_ended(plugin_path):
    with Runner() as runner:
        thread = threading.Thread(target=runner.start)
        thread.start()
        thread.join()
        time.sleep(0.1)
        assert said(runner, "hello") == ["hello"]


@pytest.mark.parametrize("place", ["tempfile.mkdtemp", "os.pipe", "subprocess.Popen"])
def test_machine_without_room_for_a_process_is_no_documents_fault(plugin_path, monkeypatch, place):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    before = set(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(place, refuse)
    with Runner() as runner, pytest.raises(ProcessorCrashed, match=r"process did not start: .*No space left") as crashed:
        said(runner, "hello")
    assert (crashed.value.cause, set(os.listdir("/proc/self/fd"))) == ("start", before)


def test_process_whose_parent_is_another_ends_at_once():
    command = [sys.executable, "-m", "newsdesk.pipeline.keeper", "0", "1", "1"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert (ended.returncode, ended.stderr) == (1, "the parent is gone\n")


def test_plugins_path_may_be_relative(tmp_path, monkeypatch, write_plugin):
    write_plugin(tmp_path, "odd", PLUGIN)
    monkeypatch.chdir(tmp_path.parent)
    monkeypatch.setenv("PYTHONPATH", tmp_path.name)
    with Runner() as runner:
        assert said(runner, "hello") == ["hello"]


def test_folders_of_runners_whose_process_was_killed_are_removed_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen(["true"])
    gone.wait()
    left, held = tmp_path / f"newsdesk-runner-{gone.pid}-a", tmp_path / f"newsdesk-runner-{os.getpid()}-b"
    left.mkdir()
    held.mkdir()
    with Runner() as runner:
        runner.start()
    assert [left.exists(), held.exists()] == [False, True]
