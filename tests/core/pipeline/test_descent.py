import os
import subprocess
import sys

import pytest

from newsdesk.pipeline import descent
from newsdesk.pipeline.descent import Usage, bearing, children, proportional_memory, usage

NOBODY = 2**22 + 1
"""More than Linux gives to any process."""


@pytest.fixture
def family(monkeypatch):
    """A process with a child and two threads, and what marks it."""
    monkeypatch.setenv("NEWSDESK_TEST_MARK", mark := f"family-of-{os.getpid()}")
    code = (
        "import subprocess, threading, time; child = subprocess.Popen(['sleep', '60']);"
        "threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); print(child.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        child = int(parent.stdout.readline())
        yield parent.pid, child, mark
        os.kill(child, 9)
        parent.kill()


def test_process_that_is_gone_started_nothing():
    assert (children(NOBODY), usage(NOBODY, 10), proportional_memory(NOBODY)) == ([], Usage(), 0)


def test_what_a_process_started_is_counted_at_any_depth_with_its_threads(family):
    parent, child, _ = family
    found = usage(os.getpid(), 10_000)
    assert (children(parent), child in descent.descent(os.getpid()), found.tasks >= 3) == ([child], True, True)


def test_memory_and_cpu_time_are_counted(family):
    found = usage(os.getpid(), 10_000)
    assert (found.memory > 2**20, found.cpu >= 0, 0 < proportional_memory(os.getpid()) <= found.memory) == (True, True, True)


def test_counting_ends_soon_after_what_is_allowed(family):
    assert (usage(family[0], 0).tasks, usage(family[0], 1).tasks) == (1, 1)


def test_kernel_that_does_not_list_children_is_searched(family):
    parent, child, _ = family
    assert descent._children_by_search(parent) == [child]


def test_process_is_found_by_its_environment(family):
    parent, child, mark = family
    assert bearing(mark) == sorted([parent, child])
