"""What a processor may take of the machine for one document, and how it ended where it took more."""

from dataclasses import dataclass

from newsdesk.sdk.errors import NewsdeskError

MEGABYTE = 1024**2


class ProcessorFailed(NewsdeskError):
    """The processor raised, or broke its contract; `cause` says which."""

    def __init__(self, message: str, cause: str) -> None:
        super().__init__(message)
        self.cause = cause


class ProcessorCrashed(ProcessorFailed):
    """The processor took its process down, or was stopped; `cause` is the signal's name, the exit status, or the limit."""


class ProcessorTimedOut(ProcessorFailed):
    """The processor was killed at its limit of wall time or CPU time; `cause` is "timeout" or "cpu"."""


@dataclass(frozen=True)
class Limits:
    """What one call may take. The kernel holds to some exactly; the others are looked after while a call goes on.

    `seconds` of wall time; `cpu_seconds` of all threads and processes together, as many as `seconds` where it is None;
    bytes of `memory` and of `output`; `processes` and threads at once; bytes on `disk`. A plugin may take
    `start_seconds` to be imported.
    """

    seconds: float = 30.0
    cpu_seconds: float | None = None
    memory: int = 2048 * MEGABYTE
    output: int = 64 * MEGABYTE
    processes: int = 64
    disk: int = 256 * MEGABYTE
    start_seconds: float = 60.0

    @property
    def cpu(self) -> float:
        """Seconds of CPU time."""
        return self.seconds if self.cpu_seconds is None else self.cpu_seconds


def timed_out(name: str, limits: Limits) -> ProcessorTimedOut:
    """The processor took too long."""
    return ProcessorTimedOut(f"{name} took longer than {limits.seconds:g} s and {_REMEDY}", "timeout")


def overspent(name: str, limits: Limits) -> ProcessorTimedOut:
    """The processor used up its CPU time, perhaps in several threads at once."""
    return ProcessorTimedOut(f"{name} used more than {limits.cpu:g} s of CPU time and {_REMEDY}", "cpu")


def multiplied(name: str, limits: Limits) -> ProcessorCrashed:
    """The processor started too many processes or threads."""
    return ProcessorCrashed(f"{name} ran more than {limits.processes:,} processes and threads and {_REMEDY}", "processes")


def swollen(name: str, memory: int) -> ProcessorCrashed:
    """The processor and the processes that it started held too much memory together."""
    taken = f"{memory / MEGABYTE:,.0f} MB of memory"
    return ProcessorCrashed(f"{name} held more than {taken}, with the processes that it started, and {_REMEDY}", "memory")


def spilled(name: str, limits: Limits) -> ProcessorCrashed:
    """The processor filled the disk."""
    return ProcessorCrashed(f"{name} wrote more than {limits.disk / MEGABYTE:,.0f} MB to files and {_REMEDY}", "disk")


_REMEDY = "was stopped; raise the limit, or mend it"
