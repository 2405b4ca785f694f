"""A file that the sweep touches each time it comes round, so that others on the machine can tell that it lives."""

from pathlib import Path

from newsdesk.host.conf import conf


def beat() -> None:
    """The sweep came round."""
    _file().touch()


def age(now: float) -> float:
    """Seconds since the sweep last came round, at the time `now`; infinite if it never did."""
    try:
        return now - _file().stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _file() -> Path:
    return conf().data / "sweep.pulse"
