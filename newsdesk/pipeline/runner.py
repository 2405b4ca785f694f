"""Calls processors in a warm process that can be killed: fault isolation at a fraction of a millisecond a call.

The child is a fresh interpreter, not a fork, so it never had this process's database connections, memory or
environment. It cannot be trusted all the same: what it answers is checked again here, by the pipeline's own contract.
"""

import logging
import math
import os
import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from newsdesk.pipeline.discovery import LISTED
from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.frames import FrameTooLarge, read_frame, write_frame
from newsdesk.pipeline.limits import (
    Limits,
    ProcessorCrashed,
    ProcessorFailed,
    ProcessorTimedOut,
    overspent,
    spilled,
    timed_out,
)
from newsdesk.pipeline.loading import MEND
from newsdesk.pipeline.passing import Sender
from newsdesk.pipeline.trace import TRACED
from newsdesk.pipeline.warm import WarmProcess
from newsdesk.pipeline.watch import Watch
from newsdesk.sdk.errors import ContractError, Transient
from newsdesk.sdk.processor import Processor, options
from newsdesk.sdk.text import canonical

__all__ = ["Limits", "ProcessorCrashed", "ProcessorFailed", "ProcessorTimedOut", "Runner"]

START_SECONDS = 60.0
"""How long a bare process may take to be there, on a machine that is busy."""

DYING_SECONDS = 0.5
"""How long a process that hung up is waited for, to learn of what it died."""

logger = logging.getLogger(__name__)


class Runner:
    """One warm process for plugins. Use it as a context manager, and as the `call` of `newsdesk.pipeline.run`.

    `special` has limits for processors by name; `limits` hold for the others. `plugins` are loaded, or all installed;
    one that takes the process down while it is loaded is in `left_out` with the reason, and the others are there. One that
    runs here, but would keep another process from coming to an end, is in `unfit`.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        special: Mapping[str, Limits] | None = None,
        plugins: Collection[str] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.left_out: dict[str, str] = {}
        self.unfit: dict[str, str] = {}
        self._special = dict(special or {})
        every = (self.limits, *self._special.values())
        self._most = {"memory": max(each.memory for each in every), "disk": max(each.disk for each in every)}
        self._plugins = None if plugins is None else sorted(plugins)
        self._process: WarmProcess | None = None
        self._sender = Sender()
        self._asked = 0

    def __enter__(self) -> "Runner":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, processor: Processor, dossier: Dossier) -> Findings:
        """What the processor finds, not yet held to the contract.

        Raises ProcessorFailed with the reason, or the processor's Transient.
        """
        answer, payload = self._ask(processor, dossier)
        if answer.get("cause") == "MemoryError" and self._asked > 1:
            self.close()  # it may have been full of what other documents left there
            answer, payload = self._ask(processor, dossier)
        if "found" not in answer:
            raise self._failure(processor, answer)
        try:
            findings = Findings.unpack(answer["found"], payload)
        except ValueError as error:
            self.close()
            raise ContractError(f"{processor.name} answered with what are no artifacts: {error!r}") from error
        self._sender.keep(processor.name, findings)
        return findings

    def limits_of(self, processor: str) -> Limits:
        """What a call of this processor may take."""
        return self._special.get(processor, self.limits)

    def start(self) -> None:
        """Have the process ready. Called by itself at the first call, and after a kill."""
        if self._process is not None and self._process.alive:
            return
        self.close()
        while not self._start():
            pass

    def close(self) -> None:
        """End the process and all that it started, and remove its folder. May be called twice."""
        self._end()

    def _start(self) -> bool:
        """Start the process; False where a plugin took it down, which is left out from now on."""
        self._asked, self._sender, loading = 0, Sender(), ""
        try:
            process = self._process = WarmProcess()
        except OSError as error:
            raise ProcessorCrashed(f"the plugins' process did not start: {error}", "start") from error
        operator = {name: os.environ.get(name, "") for name in (LISTED, TRACED)}
        patience = self.limits.start_seconds / 3  # for threads to end, well before we lose ours
        begin = {"plugins": self._plugins, "left_out": self.left_out, "operator": operator, "patience": patience, **self._most}
        look = Watch("a plugin", replace(self.limits, cpu_seconds=math.inf), self._most["memory"], process)
        try:
            write_frame(process.to_child, begin)
            while True:
                patience = self.limits.start_seconds if loading else START_SECONDS
                told = read_frame(process.from_child, 65_536, time.monotonic() + patience, look)[0]
                if "ready" in told:
                    self.unfit = _unfit(told)
                    process.furnish()
                    return True
                loading = str(told["loading"])
        except (EOFError, BrokenPipeError, TimeoutError, FrameTooLarge, ValueError, KeyError, ProcessorFailed) as error:
            ended = self._end(DYING_SECONDS if isinstance(error, (EOFError, BrokenPipeError)) else 0)
            if not loading:
                raise ProcessorCrashed(f"the plugins' process did not start: {ended or 'no answer'}", "start") from error
            self.left_out[loading] = _how_it_failed_to_load(error, ended, self.limits)
            logger.error("plugin %s %s", loading, self.left_out[loading])
            return False
        except BaseException:
            self._end()
            raise

    def _ask(self, processor: Processor, dossier: Dossier) -> tuple[dict[str, Any], bytes]:
        self.start()
        assert self._process is not None
        process, limits = self._process, self.limits_of(processor.name)
        deadline = time.monotonic() + limits.seconds
        look = Watch(processor.name, limits, self._most["memory"], process)
        self._asked += 1
        document, payload = self._sender.pack(processor, dossier)
        head = {
            "number": self._asked,
            "processor": processor.name,
            "version": processor.version,
            "options": options(processor),
            "cpu": limits.cpu,
            "memory": limits.memory,
            "disk": limits.disk,
            "document": document,
        }
        try:
            write_frame(process.to_child, head, payload, deadline, look)
            answer, found = read_frame(process.from_child, limits.output, deadline, look)
            if answer.get("number") != self._asked:
                raise ValueError("an answer to no question")
        except TimeoutError as error:
            self._end()
            raise timed_out(processor.name, limits) from error
        except (EOFError, BrokenPipeError) as error:
            raise _crash(processor.name, limits, self._end(DYING_SECONDS)) from error
        except FrameTooLarge as error:
            self._end()
            raise ContractError(f"{processor.name} found too much: {error}") from error
        except ValueError as error:
            self._end()
            raise ContractError(f"{processor.name} broke the line to its process: {error}") from error
        except BaseException:  # a limit; or we are to stop, and this answer would be taken for that to the next question
            self._end()
            raise
        self._tidy(processor, answer)
        return answer, found

    def _tidy(self, processor: Processor, answer: dict[str, Any]) -> None:
        """What a call left does not meet the next document: in the worst case there is a new process."""
        assert self._process is not None
        spent = answer.get("spent")
        try:
            self._process.clear()
        except OSError as error:
            spent = f"left its folder in disorder: {error}"
        if spent is not None:
            logger.info("%s %.200s; its process is replaced", processor.name, spent)
            self._end()

    def _failure(self, processor: Processor, answer: dict[str, Any]) -> Exception:
        message, cause = str(answer.get("error")), str(answer.get("cause", "error"))
        if cause == Transient.cause:
            return Transient(message)
        if cause == "disk":
            return spilled(processor.name, self.limits_of(processor.name))
        return ProcessorFailed(message, cause)

    def _end(self, patience: float = 0) -> str | None:
        if self._process is None:
            return None
        process, self._process = self._process, None
        return process.end(patience)


def _crash(name: str, limits: Limits, ended: str | None) -> ProcessorFailed:
    """What it died of, in words."""
    if ended == "SIGXCPU":
        return overspent(name, limits)
    if ended == "SIGXFSZ":
        return spilled(name, limits)
    ended = ended or "its process ended"
    return ProcessorCrashed(f"{name} crashed: {ended}", ended)


def _unfit(told: dict[str, Any]) -> dict[str, str]:
    """What it says of plugins that would keep a process from ending. Raises ValueError where it says nonsense."""
    said = told.get("unfit")
    if not isinstance(said, dict):
        raise ValueError("ready, but for what?")
    return {name: canonical(f"cannot be loaded: {str(wrong)[:500]}; {MEND}").text for name, wrong in said.items()}


def _how_it_failed_to_load(error: Exception, ended: str | None, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        how = f"did not end within {limits.start_seconds:g} s"
    elif isinstance(error, ProcessorFailed):
        how = f"was stopped at its limit of {error.cause}"
    else:
        how = f"ended its process ({ended or 'it hung up'})"
    return f"cannot be loaded: importing it {how}; {MEND}"
