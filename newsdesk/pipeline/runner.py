"""Calls processors in a warm process that can be killed: fault isolation at a fraction of a millisecond a call.

The child is a fresh interpreter, not a fork, so it never had this process's database connections, memory or
environment. It cannot be trusted all the same: what it answers is checked again here, by the pipeline's own contract.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.frames import FrameTooLarge, read_frame, write_frame
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError, NewsdeskError
from newsdesk.sdk.processor import Processor, options

DYING_SECONDS = 0.5
"""How long a process that hung up is waited for, to learn of what it died."""
FOLDER = "newsdesk-runner-"
PASSED_ON = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "VIRTUAL_ENV")
"""All of the environment that a plugin sees; no setting or secret of ours is among it."""


class ProcessorFailed(NewsdeskError):
    """The processor raised, or broke its contract; `cause` says which."""

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


class ProcessorCrashed(ProcessorFailed):
    """The processor took its process down; `cause` is the signal's name, or the exit status."""


class ProcessorTimedOut(ProcessorFailed):
    """The processor was killed at its time limit."""


@dataclass(frozen=True)
class Limits:
    """What one call may take: seconds of wall time, bytes of address space, bytes of output; and the start of the process."""

    seconds: float = 30.0
    memory: int = 2 * 1024**3
    output: int = 64 * 1024**2
    start_seconds: float = 60.0


class Runner:
    """One warm process for plugins. Use it as a context manager, and as the `call` of `newsdesk.pipeline.run`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._to_child = self._from_child = -1
        self._folder = ""
        self._asked = 0

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, processor: Processor, dossier: Dossier) -> Findings:
        """What the processor finds, not yet held to the contract. Raises ProcessorFailed, with the reason."""
        document = dossier.view(processor.requires)
        answer = self._ask(processor, document)
        if answer.get("cause") == "MemoryError":
            was_fresh = self._asked == 1
            self._kill()
            if not was_fresh:  # it may have been full of what other documents left there
                answer = self._ask(processor, document)
        if "error" in answer:
            raise ProcessorFailed(str(answer["error"]), str(answer.get("cause", "error")))
        try:
            return Findings.of([Artifact.from_plain(plain) for plain in answer["artifacts"]])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self._kill()
            raise ContractError(f"{processor.name} answered with what are no artifacts: {error!r}") from error

    def start(self) -> None:
        """Have the process ready. Called by itself at the first call, and after a kill."""
        if self._process is not None and self._process.poll() is None:
            return
        self.close()
        child_read, self._to_child = os.pipe()
        self._from_child, child_write = os.pipe()
        os.set_blocking(self._to_child, False)
        _remove_abandoned()
        self._folder = tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-")
        environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        paths = filter(None, environment.get("PYTHONPATH", "").split(os.pathsep))  # the child stands in another folder
        environment["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, paths))
        environment |= {"HOME": self._folder, "TMPDIR": self._folder, "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}
        environment |= {"OMP_NUM_THREADS": "1"}
        arguments = [str(child_read), str(child_write), str(self.limits.memory), str(os.getpid())]
        self._asked = 0
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
                [sys.executable, "-P", "-m", "newsdesk.pipeline.child", *arguments],
                pass_fds=(child_read, child_write),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # a plugin's print() goes nowhere
                cwd=self._folder,
                env=environment,
                start_new_session=True,
            )
        finally:
            os.close(child_read)
            os.close(child_write)
        try:
            read_frame(self._from_child, 4096, time.monotonic() + self.limits.start_seconds)
        except (EOFError, TimeoutError, FrameTooLarge, ValueError) as error:
            ended = self._kill(DYING_SECONDS if isinstance(error, EOFError) else 0)
            raise ProcessorCrashed(f"the plugins' process did not start: {ended or 'no answer'}", "start") from error
        except BaseException:
            self._kill()
            raise

    def close(self) -> None:
        """End the process and all that it started, and remove its folder. May be called twice."""
        self._kill()
        for fd in (self._to_child, self._from_child):
            with contextlib.suppress(OSError):
                os.close(fd)
        self._to_child = self._from_child = -1
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = ""

    def _ask(self, processor: Processor, document: Document) -> dict[str, Any]:
        self.start()
        deadline = time.monotonic() + self.limits.seconds
        self._asked += 1
        head = {
            "number": self._asked,
            "processor": processor.name,
            "version": processor.version,
            "options": options(processor),
            "document": {
                "name": document.name,
                "url": document.url,
                "media_type": document.media_type,
                "charset": document.charset,
                "artifacts": [artifact.to_plain() for artifact in document.artifacts],
            },
        }
        try:
            write_frame(self._to_child, head, document.content, deadline)
            answer = read_frame(self._from_child, self.limits.output, deadline)[0]
            if answer.get("number") != self._asked:
                raise ValueError("an answer to no question")
        except TimeoutError as error:
            self._kill()
            message = (
                f"{processor.name} took longer than {self.limits.seconds:g} s and was stopped; raise the limit, or mend it"
            )
            raise ProcessorTimedOut(message, "timeout") from error
        except (EOFError, BrokenPipeError) as error:
            ended = self._kill(DYING_SECONDS) or "its process ended"
            raise ProcessorCrashed(f"{processor.name} crashed: {ended}", ended) from error
        except FrameTooLarge as error:
            self._kill()
            raise ContractError(f"{processor.name} found too much: {error}") from error
        except ValueError as error:
            self._kill()
            raise ContractError(f"{processor.name} broke the line to its process: {error}") from error
        except BaseException:  # we are to stop: or the answer to this question would be taken for that to the next
            self._kill()
            raise
        return answer

    def _kill(self, patience: float = 0) -> str | None:
        """Kill the process group, if it is there; say how the process ended before that, if it did within `patience`."""
        if self._process is None:
            return None
        process, self._process = self._process, None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        ended = _how_it_ended(process.returncode)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return ended


def _how_it_ended(status: int | None) -> str | None:
    if status is None:
        return None
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _remove_abandoned() -> None:
    """Remove the folders of runners whose own process was killed, and could not."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}[0-9]*-*"):
        owner = int(folder.name.removeprefix(FOLDER).partition("-")[0])
        try:
            os.kill(owner, 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # somebody else's
