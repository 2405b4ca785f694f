"""Messages over a pipe: a JSON head and raw bytes, each behind its length. JSON, since what a plugin's process says is
hostile input to the process that reads it; unpickling would run its code."""

import contextlib
import json
import os
import selectors
import struct
import time
from typing import Any

_LENGTHS = struct.Struct("!II")


class FrameTooLarge(Exception):
    """The other side wants to send more than the reader takes."""


def write_frame(fd: int, head: dict[str, Any], payload: bytes = b"", deadline: float | None = None) -> None:
    """Send one message, and wait until the other side has taken it.

    Raises BrokenPipeError where it is gone, and TimeoutError where it has not taken all of it by `deadline`, for which
    `fd` must not block.
    """
    text = json.dumps(head, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    data = memoryview(_LENGTHS.pack(len(text), len(payload)) + text + payload)
    while data:
        if deadline is not None:
            _wait(fd, selectors.EVENT_WRITE, deadline)
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(fd, data) :]


def _wait(fd: int, event: int, deadline: float) -> None:
    """Wait until there is something to read, or room to write."""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, event)
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not selector.select(remaining):
            raise TimeoutError


def read_frame(fd: int, limit: int, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Receive one message of at most `limit` bytes, before `deadline` (in seconds of `time.monotonic`).

    Raises EOFError where the other side closed, TimeoutError, FrameTooLarge, or ValueError for what is no message.
    """
    head_length, payload_length = _LENGTHS.unpack(_read(fd, _LENGTHS.size, deadline))
    if head_length + payload_length > limit:
        raise FrameTooLarge(f"{head_length + payload_length:,} bytes; the limit is {limit:,}")
    data = _read(fd, head_length + payload_length, deadline)
    try:
        head = json.loads(data[:head_length])
    except RecursionError as error:
        raise ValueError("the head of a message is nested too deeply") from error
    if not isinstance(head, dict):
        raise ValueError("the head of a message must be an object")
    return head, data[head_length:]


def _read(fd: int, length: int, deadline: float | None) -> bytes:
    data = bytearray()
    while len(data) < length:
        if deadline is not None:
            _wait(fd, selectors.EVENT_READ, deadline)
        piece = os.read(fd, min(length - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
