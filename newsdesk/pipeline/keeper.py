"""The process between a worker and its plugins: it ends all that they started, wherever it hid, when they or the worker end.

`newsdesk.pipeline.warm` starts it as `python -m newsdesk.pipeline.keeper READ_FD WRITE_FD PARENT_PID`. It forks the
process that loads the plugins, and waits. The kernel hands it whatever loses its parent below it, so that no process
gets away by a session of its own or by a double fork; and a plugin that kills its parent kills this, not the worker.
It leaves as the plugins' process left: by the same signal, or with the same status.
"""

import contextlib
import ctypes
import os
import resource
import signal
import sys

from newsdesk.pipeline.child import main as serve
from newsdesk.pipeline.descent import children

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_AWAITED = {signal.SIGCHLD, signal.SIGUSR1, signal.SIGHUP}


def main(read_fd: int, write_fd: int, parent: int) -> None:
    """Start the process for plugins and outlast it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # or the kernel would collect, and the status be lost
    for number in (signal.SIGINT, signal.SIGTERM):  # the worker's to handle, which has a document to finish
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, _AWAITED)
    _die_with(parent, signal.SIGHUP)
    keeper = os.getpid()
    child = os.fork()
    if child == 0:
        os.setsid()
        _die_with(keeper, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _AWAITED)
        _outlive_sigterm()
        serve(read_fd, write_fd)
        return
    os.close(read_fd)
    os.close(write_fd)
    status = _wait(child, parent)
    _end_all(child)
    _leave(status)


def _outlive_sigterm() -> None:
    """A service manager tells all processes of a worker to end, though the worker may finish what it has in hand. What a
    plugin starts is told by the plugin: there the signal does what it does everywhere."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))


def _die_with(parent: int, number: signal.Signals) -> None:
    """Be told when the parent is gone, and be left what loses its parent below. Linux only; elsewhere the pipes tell."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_PDEATHSIG, number)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)
    if os.getppid() != parent:  # not "is 1": in a container the parent may well be that
        sys.exit("the parent is gone")


def _wait(child: int, parent: int) -> int | None:
    """How the child ended, or None where we are to end."""
    while True:
        told = signal.sigwait(_AWAITED)
        if told == signal.SIGUSR1 or (told == signal.SIGHUP and os.getppid() != parent):
            return None
        if told == signal.SIGCHLD and (status := _collect(child)) is not None:
            return status


def _collect(child: int) -> int | None:
    ended = None
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            ended = found[1] if found[0] == child else ended
    return ended


def _end_all(group: int) -> None:
    """Kill what is left until nothing is: what a killed process started falls to us before we can collect it."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)  # at one blow, whatever it may be forking
    with contextlib.suppress(ChildProcessError):
        while True:
            for pid in children(os.getpid()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            os.waitpid(-1, 0)


def _leave(status: int | None) -> None:
    if status is not None and os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        with contextlib.suppress(OSError):  # some have no handler to be reset
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, set())
        os.kill(os.getpid(), number)
    os._exit(0 if status is None else os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
