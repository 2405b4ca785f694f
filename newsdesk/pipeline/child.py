"""The process that plugins run in: it has their code and nothing else, no database, no secrets, and may be killed at any time.

Started by `newsdesk.pipeline.runner` as `python -m newsdesk.pipeline.child READ_FD WRITE_FD MEMORY_BYTES PARENT_PID`.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys
import time
from typing import Any

from newsdesk.pipeline.frames import read_frame, write_frame
from newsdesk.pipeline.registry import Registry, build_registry
from newsdesk.pipeline.run import explain
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import check_artifacts
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import PlanError
from newsdesk.sdk.processor import Processor, configured

REQUEST_LIMIT = 256 * 1024 * 1024
MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_OPEN_FILES = 256
_PR_SET_PDEATHSIG = 1


def main(read_fd: int, write_fd: int, memory: int, parent: int) -> None:
    """Answer requests until the other side closes."""
    _limit(memory, parent)
    for fd in (read_fd, write_fd):
        os.set_inheritable(fd, False)  # or a process that a plugin starts would keep the line open when this one dies
    registry = build_registry()
    write_frame(write_fd, {"ready": True})
    while True:
        try:
            head, content = read_frame(read_fd, REQUEST_LIMIT)
        except EOFError:
            return
        write_frame(write_fd, {"number": head["number"], **_answer(registry, head, content)})


def _answer(registry: Registry, head: dict[str, Any], content: bytes) -> dict[str, Any]:
    started = time.perf_counter()
    try:
        processor = _processor(registry, head)
        document = _document(head["document"], content)
        text = document.text if document.has_text else None
        found = check_artifacts(processor.process(document), processor, text)
        return {"artifacts": [artifact.to_plain() for artifact in found], "seconds": time.perf_counter() - started}
    except MemoryError:
        return {"error": "ran out of memory; raise the memory limit, or have the processor hold less", "cause": "MemoryError"}
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: the answer to a plugin that wants to leave is a failed run
        message, cause = explain(error)
        return {"error": message, "cause": cause}


def _processor(registry: Registry, head: dict[str, Any]) -> Processor:
    processor = registry.processors.get(head["processor"])
    if processor is None:
        raise PlanError(f"{head['processor']} is not installed here; install its plugin, or disable it")
    if processor.version != head["version"]:
        raise PlanError(
            f"{processor.name} is {processor.version} on disk, but {head['version']} is planned; restart the workers"
        )
    return configured(processor, head["options"])


def _document(plain: dict[str, Any], content: bytes) -> Document:
    artifacts = tuple(Artifact.from_plain(each) for each in plain.pop("artifacts"))
    return Document(**plain, content=content, artifacts=artifacts)


def _limit(memory: int, parent: int) -> None:
    """Bound what this process and its children may take; die with the parent."""
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the closed pipe ends this process
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if os.getppid() != parent:  # not "is 1": in a container the parent may well be that
        sys.exit("the parent is gone")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
