"""What a processor may take of the machine, what is left of it afterwards, and what its neighbours notice: nothing."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

import newsdesk.sdk
from newsdesk.pipeline import Dossier, Plan, run
from newsdesk.pipeline.descent import Usage
from newsdesk.pipeline.runner import Limits, ProcessorCrashed, ProcessorFailed, ProcessorTimedOut, Runner
from newsdesk.sdk import Transient
from newsdesk.sdk.testing import make_document
from tests.core.pipeline.processes import content_of, is_gone, marked

PLUGIN = """
import ctypes, hashlib, os, resource, signal, subprocess, sys, threading, time
from dataclasses import dataclass
from pathlib import Path
import newsdesk.pipeline.room, newsdesk.sdk
from newsdesk.sdk import Artifact, Span, Transient, hookimpl

Path("furniture").write_text("made while this was loaded")
LEAK = []

class Overloaded(Transient):
    pass

def fork(does):
    pid = os.fork()
    if pid == 0:
        try:
            does()
        finally:
            os._exit(0)
    return pid

def sleep():
    time.sleep(60)

def burn():
    while True:
        hashlib.pbkdf2_hmac("sha256", b"x", b"y", 10_000)

def threads(count, does):
    for _ in range(count):
        threading.Thread(target=does, daemon=True).start()

def daemon():
    # Twice forked, with a session and an environment of its own, and every file still open
    read, write = os.pipe()
    def middle():
        os.setsid()
        pid = os.fork()
        if pid == 0:
            time.sleep(60)
            os._exit(0)
        os.write(write, str(pid).encode())
    os.waitpid(fork(middle), 0)
    return int(os.read(read, 20))

def hold(megabytes):
    held = b"x" * (megabytes * 1024 ** 2)
    sleep()

def fill(count, size):
    for number in range(count):
        Path(f"file-{number}").write_bytes(b"x" * size)

def note(path, value):
    Path(path).write_text(str(value))

def soft(limit):
    return resource.getrlimit(limit)[0]

def find(word, rest):
    match word:
        case "burn": burn()
        case "burn-threads": threads(4, burn); sleep()
        case "burn-below": [fork(burn) for _ in range(3)]; sleep()
        case "burn-deaf":
            signal.signal(signal.SIGXCPU, signal.SIG_IGN)
            burn()
        case "forks": [fork(sleep) for _ in range(200)]; sleep()
        case "threads": threads(40, sleep); sleep()
        case "few-threads": threads(5, lambda: time.sleep(0.3)); time.sleep(0.4)
        case "hold-below": [fork(lambda: hold(120)) for _ in range(4)]; sleep()
        case "daemon": return daemon()
        case "daemon-and-die": note(*rest, daemon()); os.abort()
        case "daemon-and-hang": note(*rest, daemon()); sleep()
        case "leave-process": return subprocess.Popen(["sleep", "60"]).pid
        case "leave-zombie": os.waitid(os.P_PID, os.spawnlp(os.P_NOWAIT, "true", "true"), os.WEXITED | os.WNOWAIT)
        case "leave-thread": threads(1, sleep)
        case "leave-environment":
            os.environ["HOME"] = os.environ["LEFT"] = "/"
            os.chdir("/")
        case "leave-alarm": signal.setitimer(signal.ITIMER_REAL, 0.2)
        case "leave-handlers": [signal.signal(each, signal.SIG_IGN) for each in (signal.SIGTERM, signal.SIGCHLD)]
        case "leave-files": fill(2, 100); os.makedirs("a/b"); os.symlink("/", "a/root"); note("a/b/c", "left")
        case "leave-folder-locked": os.rename(os.getcwd(), os.getcwd() + "-gone")
        case "leave-open": return [LEAK.append(open("/dev/null")) for _ in range(20)].__len__()
        case "leak": LEAK.append(b"x" * (50 * 1024 ** 2))
        case "listing": return sorted(os.listdir("."))
        case "environment": return [os.environ.get("LEFT"), os.environ["HOME"] == os.getcwd()]
        case "wait": time.sleep(0.5)
        case "large-file": Path("large").write_bytes(b"x" * 3 * 1024 ** 2)
        case "large-file-below": return subprocess.run(["dd", "if=/dev/zero", "of=large", "bs=1M", "count=3"]).returncode
        case "large-file-fatal":
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            Path("large").write_bytes(b"x" * 3 * 1024 ** 2)
        case "many-files": fill(30, 100_000); sleep()
        case "kill-parent": os.kill(os.getppid(), signal.SIGKILL); sleep()
        case "daemon-and-kill-parent": note(*rest, daemon()); os.kill(os.getppid(), signal.SIGKILL); sleep()
        case "stop-parent": os.kill(os.getppid(), signal.SIGSTOP); sleep()
        case "end-parent-and-self": [os.kill(each, signal.SIGTERM) for each in (os.getppid(), os.getpid())]
        case "end-below":
            started = subprocess.Popen(["sleep", "60"])
            started.terminate()
            forked = fork(sleep)
            time.sleep(0.1)
            os.kill(forked, signal.SIGTERM)
            return [started.wait(), os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1])]
        case "patch": newsdesk.sdk.Artifact = newsdesk.sdk.canonical = None
        case "transient": raise Transient("the model is being loaded elsewhere")
        case "overloaded": raise Overloaded("429")
        case "rlimits": return [soft(resource.RLIMIT_AS) // 1024 ** 2, soft(resource.RLIMIT_FSIZE)]
        case "pid": return os.getpid()
        case "count-to-five": newsdesk.pipeline.room.MAX_CALLS = 5
        case "abort-after-rubbish": os.abort()
    return word

@dataclass(frozen=True)
class Wild:
    name, version, requires, provides = "wild", "1", ("text",), ("metadata",)

    def process(self, document):
        word, *rest = document.text.split()
        yield Artifact("metadata", {"name": "section", "value": str(find(word, rest)), "evidence": "x"})

@dataclass(frozen=True)
class Tame(Wild):
    name = "tame"

@dataclass(frozen=True)
class Rubbish:
    name, version, requires, provides = "rubbish", "1", ("text",), ("person", "quote")

    def process(self, document):
        person = lambda *spans, **data: Artifact("person", {"name": "x", **data}, spans)
        cycle = {}
        cycle["itself"] = cycle
        misquotation = {"type": "direct", "quotation": "no", "speaker": None}
        match document.text.split()[0]:
            case "negative": yield person(Span(-1, 3))
            case "behind": yield person(Span(0, 10_000))
            case "backwards": yield person(Span(3, 1))
            case "float": yield person(Span(0.0, 1.5))
            case "nan": yield person(Span(0, 1), score=float("nan"))
            case "string": yield person(Span("0", "1"))
            case "cyclic": yield person(Span(0, 1), loop=cycle)
            case "nul": yield person(Span(0, 1), role="a" + chr(0))
            case "million": yield person(*[Span(0, 1)] * 1_000_001)
            case "huge": yield person(Span(0, 1), note="x" * 20_000_000)
            case "misquoted": yield Artifact("quote", misquotation, (Span(0, 5, "content"),))
            case "abort-after-rubbish": yield person(Span(0, 5))
            case "late":
                for number in range(500):
                    yield person(Span(0, 1), number=number)
                raise ValueError("at item 500")

@hookimpl
def register_processors():
    return [Rubbish(), Tame(), Wild()]
"""


@dataclass(frozen=True)
class Wild:
    """The declaration alone: the code is over there."""

    name, version, requires, provides = "wild", "1", ("text",), ("metadata",)

    def process(self, document):
        raise NotImplementedError


@dataclass(frozen=True)
class Tame(Wild):
    name = "tame"


@dataclass(frozen=True)
class Rubbish(Wild):
    name, provides = "rubbish", ("person", "quote")


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory, write_plugin):
    """The folder of the plugin: it is in the environment of every process that the plugin starts, and marks it."""
    folder = write_plugin(tmp_path_factory.mktemp("wild-plugins"), "wild", PLUGIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        yield str(folder)


@pytest.fixture(scope="module")
def warm(installed):
    limits = Limits(seconds=20, cpu_seconds=1, memory=1024**3, processes=20, disk=1024**2)
    with Runner(limits, plugins=["wild"]) as runner:
        yield runner


@pytest.fixture
def runner(warm):
    """The one runner of this file, of which each test asks after itself whether it still answers."""
    yield warm
    assert said(warm, "hello") == "hello"


@pytest.fixture
def mark(installed, tmp_path, monkeypatch):
    """What marks the processes of this test alone."""
    monkeypatch.setenv("PYTHONPATH", f"{installed}{os.pathsep}{tmp_path}")
    return str(tmp_path)


@pytest.fixture
def make_runner(mark):
    """A function that makes a runner with other limits."""
    made = []

    def make(special=None, **limits):
        made.append(Runner(Limits(**limits), special, ["wild"]))
        return made[-1]

    yield make
    [each.close() for each in made]


def said(runner, words, processor=None):
    (artifact,) = runner(processor or Wild(), Dossier.open(make_document(words))).artifacts
    return artifact.data["value"]


# More time than allowed


@pytest.mark.parametrize("word", ["burn", "burn-threads", "burn-below", "burn-deaf"])
def test_cpu_time_of_all_threads_and_processes_together_is_limited(runner, word):
    with pytest.raises(
        ProcessorTimedOut, match=r"^wild used more than 1 s of CPU time and was stopped; raise the limit"
    ) as stopped:
        said(runner, word)
    assert stopped.value.cause == "cpu"


def test_kernel_holds_to_the_cpu_time_where_nobody_can_look(runner, monkeypatch):
    monkeypatch.setattr("newsdesk.pipeline.watch.usage", lambda *_: Usage())
    with pytest.raises(ProcessorTimedOut, match="wild used more than 1 s of CPU time"):
        said(runner, "burn")


def test_cpu_time_is_each_calls_own(make_runner):
    runner = make_runner(seconds=20, cpu_seconds=1)
    said(runner, "hello")
    assert [said(runner, "wait") for _ in range(3)] == ["wait"] * 3


def test_cpu_time_is_that_of_the_wall_where_nothing_else_is_said():
    assert (Limits(seconds=7).cpu, Limits(seconds=7, cpu_seconds=2).cpu) == (7, 2)


# More processes and threads than allowed


@pytest.mark.parametrize("word", ["forks", "threads"])
def test_processor_that_multiplies_is_stopped_and_nothing_of_it_survives(runner, installed, word):
    with pytest.raises(
        ProcessorCrashed, match=r"^wild ran more than 20 processes and threads and was stopped; raise"
    ) as stopped:
        said(runner, word)
    assert (stopped.value.cause, marked(installed)) == ("processes", [])


def test_few_threads_are_nobodys_business(runner):
    assert said(runner, "few-threads") == "few-threads"


# More memory than allowed


def test_processes_that_hold_too_much_memory_together_are_stopped(make_runner, mark):
    with pytest.raises(ProcessorCrashed, match="wild held more than 400 MB of memory, with the proc") as stopped:
        said(make_runner(memory=400 * 1024**2), "hold-below")
    assert (stopped.value.cause, marked(mark)) == ("memory", [])


def test_leak_does_not_accumulate(make_runner):
    runner = make_runner(memory=1024**3)
    pids = [said(runner, word) for _ in range(100) for word in ("leak", "pid")][1::2]
    longest = max(pids.count(pid) for pid in pids)
    assert (len(pids), longest * 50 < 1024) == (100, True)


def test_process_that_holds_what_it_needs_is_not_replaced(make_runner):
    runner = make_runner(memory=1024**3)
    [said(runner, "leak") for _ in range(4)]
    assert len({said(runner, "pid") for _ in range(50)}) == 1


def test_process_is_replaced_after_many_calls(make_runner):
    runner = make_runner()
    said(runner, "count-to-five")
    assert len({said(runner, "pid") for _ in range(9)}) == 2


def test_files_that_are_never_closed_do_not_add_up_to_a_failure(make_runner):
    runner = make_runner()
    assert [said(runner, "leave-open") for _ in range(30)] == ["20"] * 30


# More output than allowed: all or nothing


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("negative", "artifact 0 (person): span 0: start -1, end 3; must be 0 <= start < end"),
        ("behind", "artifact 0 (person): span 0: end 10000 > length"),
        ("backwards", "artifact 0 (person): span 0: start 3, end 1; must be 0 <= start < end"),
        ("float", "artifact 0 (person): span 0: start and end must be int, not 0.0 and 1.5"),
        ("nan", "artifact 0 (person): data.score is nan; numbers must be finite"),
        ("string", "artifact 0 (person): span 0: start and end must be int, not '0' and '1'"),
        ("cyclic", "is nested deeper than 16 levels, or contains itself"),
        ("nul", "artifact 0 (person): data.role is not canonical text (NUL"),
        ("million", "artifact 0 (person): 1,000,001 spans; the limit is 1,000"),
        ("huge", "artifact 0 (person): data has more than 1,000,000 characters, which is the limit"),
        ("misquoted", "artifact 0 (quote): data.quotation says 'no', but its content spans say 'misqu'"),
        ("late", "ValueError: at item 500"),
    ],
)
def test_rubbish_is_refused_with_the_reason_and_nothing_of_it_is_taken(runner, word, message):
    (refused,) = run(Plan((Rubbish(),)), make_document(f"{word} text"), call=runner).runs
    assert (refused.outcome, refused.artifacts, message in refused.error) == ("failed", (), True)


# More on the disk than allowed


@pytest.mark.parametrize("word", ["large-file", "large-file-fatal", "many-files"])
def test_disk_is_not_filled(runner, word):
    with pytest.raises(
        ProcessorFailed, match=r"^wild wrote more than 1 MB to files and was stopped; raise the limit"
    ) as stopped:
        said(runner, word)
    assert stopped.value.cause == "disk"


def test_disk_is_not_filled_by_a_process_that_a_processor_starts(runner):
    assert said(runner, "large-file-below") == str(-signal.SIGXFSZ)


# What hides


@pytest.mark.parametrize(("word", "cause"), [("daemon-and-die", "SIGABRT"), ("daemon-and-hang", "timeout")])
def test_process_in_a_session_of_its_own_is_killed_with_the_processor(make_runner, tmp_path, word, cause):
    runner = make_runner(seconds=3)
    with pytest.raises(ProcessorFailed) as ended:
        said(runner, f"{word} {tmp_path / 'pid'}")
    assert (ended.value.cause, is_gone((tmp_path / "pid").read_text())) == (cause, True)


@pytest.mark.parametrize("word", ["daemon", "leave-process"])
def test_process_that_a_call_leaves_is_killed_when_the_call_has_ended(runner, word):
    assert is_gone(said(runner, word))


def test_worker_that_is_killed_takes_all_that_plugins_started_along(mark, tmp_path):
    asks = "from tests.core.pipeline.test_isolation import Runner, Wild, said; said(Runner(), 'daemon-and-hang pid')"
    asks = asks.replace("hang pid", f"hang {tmp_path / 'pid'}")
    with subprocess.Popen([sys.executable, "-c", asks], cwd=Path(__file__).parents[3]) as worker:
        pid = content_of(tmp_path / "pid")
        worker.kill()
    assert (is_gone(pid), marked(mark)) == (True, [])


# What a call leaves to the next


def test_what_a_call_left_in_the_folder_is_gone_and_what_loading_left_is_there(runner):
    said(runner, "leave-files")
    assert said(runner, "listing") == "['furniture']"


def test_folder_that_was_moved_away_costs_the_process_and_no_document(runner):
    pid = said(runner, "pid")
    said(runner, "leave-folder-locked")
    assert (said(runner, "listing"), said(runner, "pid") != pid) == ("['furniture']", True)


def test_environment_and_working_folder_are_put_back(runner):
    said(runner, "leave-environment")
    assert said(runner, "environment") == "[None, True]"


def test_alarm_that_a_call_set_does_not_ring_in_the_next(runner):
    pid = said(runner, "pid")
    said(runner, "leave-alarm")
    said(runner, "wait")
    assert said(runner, "pid") == pid


def test_signals_that_a_call_ignores_do_not_make_the_process_immortal(make_runner):
    runner = make_runner()
    said(runner, "leave-handlers")
    pid = said(runner, "pid")
    runner.close()
    assert is_gone(pid)


def test_thread_that_a_call_left_does_not_run_beside_the_next(runner):
    pid = said(runner, "pid")
    said(runner, "leave-thread")
    assert said(runner, "pid") != pid


def test_process_that_has_ended_by_itself_is_nothing_left(runner):
    pid = said(runner, "pid")
    said(runner, "leave-zombie")
    assert said(runner, "pid") == pid


# The worker


def test_processor_that_kills_its_parent_does_not_reach_the_worker(runner):
    with pytest.raises(ProcessorCrashed, match=r"^wild crashed: SIGKILL$"):
        said(runner, "kill-parent")


def test_process_that_hides_while_its_keeper_is_killed_is_found_by_its_environment(runner, tmp_path):
    with pytest.raises(ProcessorCrashed, match=r"^wild crashed: SIGKILL$"):
        said(runner, f"daemon-and-kill-parent {tmp_path / 'pid'}")
    assert is_gone((tmp_path / "pid").read_text())


def test_processor_that_stops_its_parent_is_stopped_at_its_limit(make_runner, mark):
    with pytest.raises(ProcessorTimedOut):
        said(make_runner(seconds=0.5), "stop-parent")
    assert marked(mark) == []


def test_workers_own_code_is_out_of_reach(runner):
    before = newsdesk.sdk.Artifact, newsdesk.sdk.canonical, os.environ.copy(), os.getcwd(), signal.getsignal(signal.SIGTERM)
    [said(runner, word) for word in ("patch", "leave-environment", "leave-handlers")]
    runner.close()
    now = newsdesk.sdk.Artifact, newsdesk.sdk.canonical, os.environ.copy(), os.getcwd(), signal.getsignal(signal.SIGTERM)
    assert now == before


def test_signal_to_end_that_all_processes_of_a_worker_get_spares_the_document_in_hand(runner):
    pid = said(runner, "pid")
    said(runner, "end-parent-and-self")
    assert said(runner, "pid") == pid


def test_processes_of_a_plugin_end_when_they_are_told_to(runner):
    assert said(runner, "end-below") == str([-signal.SIGTERM, -signal.SIGTERM])


def test_line_to_the_process_may_be_asked_from_any_thread(runner):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(said(runner, "wait")))
    thread.start()
    thread.join()
    assert answers == ["wait"]


# Limits of each processor


def test_each_processor_has_its_own_limits(make_runner):
    runner = make_runner({"tame": Limits(seconds=0.3)}, seconds=20)
    with pytest.raises(ProcessorTimedOut, match=r"^tame took longer than 0\.3 s"):
        said(runner, "wait", Tame())
    assert said(runner, "wait") == "wait"


def test_memory_and_files_are_limited_for_each_call_anew(make_runner):
    special = {"tame": Limits(memory=2 * 1024**3, disk=7_000)}
    runner = make_runner(special, memory=1024**3, disk=5_000)
    limits = [said(runner, "rlimits", each) for each in (Tame(), Wild(), Tame())]
    assert (limits[0], limits[2], limits[1].endswith(", 5000]"), int(limits[1][1:5]) in range(1024, 2048)) == (
        "[2048, 7000]",
        "[2048, 7000]",
        True,
        True,
    )


# Not now


@pytest.mark.parametrize(("word", "message"), [("transient", "the model is being loaded elsewhere"), ("overloaded", "429")])
def test_processor_may_say_that_it_is_to_be_tried_again(runner, word, message):
    with pytest.raises(Transient, match=f"^{message}$"):
        said(runner, word)


def test_run_that_is_to_be_tried_again_says_so_in_its_cause(runner):
    (postponed,) = run(Plan((Wild(),)), make_document("overloaded"), call=runner).runs
    assert (postponed.outcome, postponed.cause, postponed.error) == ("failed", "transient", "429")


# What others found


def test_what_one_processor_found_before_another_crashed_is_kept_and_not_computed_again(runner):
    plan, document = Plan((Rubbish(), Wild())), make_document("abort-after-rubbish")
    first = run(plan, document, call=runner)
    second = run(plan, document, {each.fingerprint: each.findings for each in first.runs if each.artifacts}, runner)
    assert [[(each.outcome, each.cause, len(each.artifacts)) for each in result.runs] for result in (first, second)] == [
        [("done", None, 1), ("failed", "SIGABRT", 0)],
        [("kept", None, 1), ("failed", "SIGABRT", 0)],
    ]
