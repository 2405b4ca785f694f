"""What tests ask of processes that a plugin started."""

import os
import time
from pathlib import Path


def is_gone(pid):
    """Whether the process has ended, or does within three seconds."""
    deadline = time.monotonic() + 3
    while (state := _read(Path(f"/proc/{pid}/stat"))) and b" Z " not in state:
        assert time.monotonic() < deadline, f"{pid} is still there"
        time.sleep(0.02)
    return True


def content_of(path):
    """What stands in a file, as soon as there is something in it."""
    deadline = time.monotonic() + 20
    while not path.exists() or not path.read_text():
        assert time.monotonic() < deadline, f"there is no {path}"
        time.sleep(0.02)
    return path.read_text()


def marked(mark):
    """The processes that have this in their environment, as all that a test's plugin starts have."""
    return [pid for pid in filter(str.isdecimal, os.listdir("/proc")) if mark.encode() in _read(Path(f"/proc/{pid}/environ"))]


def _read(path):
    """What the kernel says in a file of a process; nothing, if the process is gone, even while this was being read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
