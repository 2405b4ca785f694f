"""The process that plugins run in: it has their code, no database and no secrets, and may be killed at any time."""

import errno
import gc
import os
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any

from newsdesk.pipeline.discovery import discover
from newsdesk.pipeline.findings import gather
from newsdesk.pipeline.frames import read_frame, write_frame
from newsdesk.pipeline.kinds import hold_by_code
from newsdesk.pipeline.lingering import Lingering
from newsdesk.pipeline.loading import load
from newsdesk.pipeline.passing import Receiver
from newsdesk.pipeline.registry import Registry, build_registry
from newsdesk.pipeline.room import Room
from newsdesk.pipeline.run import explain
from newsdesk.sdk.errors import PlanError, Transient
from newsdesk.sdk.processor import Processor, configured

GARBAGE = 50_000
"""So many objects more, and the collector looks for cycles among the new ones; a document makes tens of thousands."""

REQUEST_LIMIT = 256 * 1024 * 1024


def main(read_fd: int, write_fd: int) -> None:
    """Load the plugins, then answer requests until the other side closes."""
    for fd in (read_fd, write_fd):
        os.set_inheritable(fd, False)  # or a process that a plugin starts would keep the line open when this one dies
    begin, _ = read_frame(read_fd, REQUEST_LIMIT)
    room = Room(begin["memory"], begin["disk"])

    lingering, told, unfit = Lingering(begin["patience"]), [""], dict[str, str]()

    def tell(plugin: str) -> None:
        if wrong := lingering.left():
            unfit.setdefault(told[-1], wrong)
        told.append(plugin)
        write_frame(write_fd, {"loading": plugin})  # whoever waits for us then knows at which one we died

    os.environ.update(begin["operator"])
    registry = build_registry(load(_chosen(begin["plugins"], begin["left_out"]), tell), tell)
    for name in begin["operator"]:
        os.environ.pop(name, None)  # a call sees nothing of ours
    if wrong := lingering.left():
        unfit.setdefault(told[-1], wrong)
    room.furnish()
    receiver = Receiver()
    gc.freeze()  # what was imported is here to stay, and need not be gone through again and again for what is not
    gc.set_threshold(GARBAGE)
    write_frame(write_fd, {"ready": True, "unfit": unfit})
    while True:
        try:
            head, content = read_frame(read_fd, REQUEST_LIMIT)
        except EOFError:
            os._exit(0)  # and wait for no thread of a plugin
        answer, found = _answer(registry, head, content, room, receiver, begin["left_out"])
        answer["number"] = head["number"]
        if spent := room.tidy():
            answer["spent"] = spent
        try:
            write_frame(write_fd, answer, found)
        except MemoryError:
            write_frame(write_fd, {"number": head["number"], **_OUT_OF_MEMORY})


_OUT_OF_MEMORY = {
    "error": "ran out of memory; raise the memory limit, or have the processor hold less",
    "cause": "MemoryError",
}


def _chosen(plugins: list[str] | None, left_out: dict[str, str]) -> Iterator[EntryPoint]:
    entries = discover().entries
    return (each for each in entries if each.name not in left_out and (plugins is None or each.name in plugins))


def _answer(
    registry: Registry, head: dict[str, Any], payload: bytes, room: Room, receiver: Receiver, left_out: dict[str, str]
) -> tuple[dict[str, Any], bytes]:
    try:
        room.allow(head["cpu"], head["memory"], head["disk"])
        processor = _processor(registry, head, left_out)
        document = receiver.unpack(head["document"], payload, processor)
        text = document.text if document.has_text else None
        found = gather(processor.process(document), processor, text)
        hold_by_code(found, processor, registry.kinds, text)
        receiver.keep(processor.name, found)
        index, packed = found.pack()
        return {"found": index}, packed
    except MemoryError:
        return dict(_OUT_OF_MEMORY), b""
    except KeyboardInterrupt:
        raise
    except Transient as error:
        return {"error": explain(error)[0], "cause": Transient.cause}, b""
    except BaseException as error:  # SystemExit too: the answer to a plugin that wants to leave is a failed run
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            return {"cause": "disk"}, b""
        message, cause = explain(error)
        return {"error": message, "cause": cause}, b""


def _processor(registry: Registry, head: dict[str, Any], left_out: dict[str, str]) -> Processor:
    name = head["processor"]
    processor: Processor | None = {**registry.readers, **registry.processors}.get(name)
    if processor is None:
        troubles = [*left_out.items(), *((each.plugin, each.message) for each in registry.problems)]
        broken = "".join(f"; plugin {name} {reason}" for name, reason in troubles)
        raise PlanError(f"{head['processor']} is not installed here; install its plugin, or disable it{broken}")
    if processor.version != head["version"]:
        raise PlanError(
            f"{processor.name} is {processor.version} on disk, but {head['version']} is planned; restart the workers"
        )
    return configured(processor, head["options"])
