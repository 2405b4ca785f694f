"""The same work in a fresh interpreter, with another seed for hashes and another time zone; this file is also what runs there.

What differs there hangs on the machine, the moment, or the order of a set, and never shows within one process.
"""

import importlib
import importlib.util
import io
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from newsdesk.sdk.exporter import Record
from newsdesk.sdk.testing.plain import as_plain
from newsdesk.sdk.testing.samples import Sample
from newsdesk.sdk.testing.trial import attempt

_ZONES = {"1": "UTC", "2": "Pacific/Kiritimati"}


@dataclass(frozen=True)
class Answer:
    """`results`, one for each piece of work; `seconds` that the import took; bytes of memory, `peak` and `before` the work."""

    results: list[Any]
    seconds: float
    peak: int
    before: int


class NotLoaded(Exception):
    """The fresh interpreter could not load what it was sent, or ended; the message is what it said last."""


def fresh(subject: Any, works: Mapping[str, Sequence[Any]]) -> dict[str, Answer]:
    """The answers of fresh interpreters that work at the same time, by the seed for hashes that each has.

    Raises NotLoaded with the last words of one that cannot load the subject, or that ends.
    """
    path = os.pathsep.join(each or os.getcwd() for each in sys.path)
    with ExitStack() as stack:
        started = {}
        for seed, work in works.items():
            files = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
            files[0].write(pickle.dumps((_origin(subject), pickle.dumps(subject), pickle.dumps(tuple(work)))))
            files[0].seek(0)
            environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": _ZONES.get(seed, "UTC"), "PYTHONPATH": path}
            command = [sys.executable, "-P", "-W", "ignore", "-m", __name__]
            work_there = subprocess.Popen(command, stdin=files[0], stdout=files[1], stderr=files[2], env=environment)  # noqa: S603
            process = stack.enter_context(work_there)
            stack.callback(process.kill)
            started[seed] = process, files
        return {seed: _heard(*each) for seed, each in started.items()}


def _heard(process: "subprocess.Popen[bytes]", files: Sequence[IO[bytes]]) -> Answer:
    status = process.wait()
    for each in files:
        each.seek(0)
    out, err = files[1].read(), files[2].read()
    if status:
        said = [line for line in err.decode("utf-8", "replace").splitlines() if line.strip(" ^~")]
        raise NotLoaded("\n".join(said[-4:]) or f"exit status {status}")
    return Answer(**json.loads(out))


def _origin(subject: Any) -> tuple[str, str]:
    """The name and the file of the module that a processor's class is in: a test's own module has no importable name."""
    name = type(subject).__module__
    return name, getattr(sys.modules.get(name), "__file__", None) or ""


def work(subject: Any, piece: Sample | Record) -> Any:
    """What the subject makes of one piece, as plain JSON: artifacts, or a file in hexadecimal digits, or "-" and an error."""
    if isinstance(piece, Sample):
        return as_plain(attempt(subject, piece))
    try:
        return b"".join(each if isinstance(each, bytes) else repr(each).encode() for each in subject.export([piece])).hex()
    except (Exception, SystemExit) as error:
        return f"-{type(error).__name__}"


def _load(name: str, path: str) -> None:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if not path or not f"{name}.".startswith(f"{error.name}."):
            raise
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise
        for dot in (place for place, char in enumerate(name) if char == "."):
            sys.modules.setdefault(name[:dot], ModuleType(name[:dot]))  # pytest, too, makes up packages for a test's module
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)


def peak() -> int:
    """The most memory that this process had at once, in bytes; 0 where the system does not say."""
    status = Path("/proc/self/status")  # getrusage would count the parent's memory in, from before this program began
    if status.exists():
        return next((int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM")), 0)
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _answer(payload: bytes) -> dict[str, Any]:
    origin, subject, pieces = pickle.loads(payload)  # noqa: S301 - from the test that started this process
    started = time.perf_counter()
    _load(*origin)
    loaded = pickle.loads(subject)  # noqa: S301
    seconds, before = time.perf_counter() - started, peak()
    todo: Iterable[Any] = pickle.loads(pieces)  # noqa: S301
    results = [work(loaded, each) for each in todo]
    return {"results": results, "seconds": seconds, "peak": peak(), "before": before}


def _main() -> None:
    answers = io.FileIO(os.dup(1), "w")
    os.dup2(2, 1)  # what a plugin prints is no answer
    answers.write(json.dumps(_answer(sys.stdin.buffer.read())).encode())


if __name__ == "__main__":
    _main()
