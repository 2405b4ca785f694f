"""Messages over a pipe: a JSON head and raw bytes, each behind its length. JSON, since what a plugin's process says is
hostile input to the process that reads it; unpickling would run its code."""

import contextlib
import json
import math
import os
import select
import struct
import time
from collections.abc import Callable
from typing import Any

Look = Callable[[], None]
"""What is done now and then while the other side lets us wait; it may raise."""

FIRST_LOOK = 0.05
NEXT_LOOK = 0.1
"""Seconds of waiting: most answers come sooner, and looking costs them nothing."""

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_LENGTHS = struct.Struct("!II")


class FrameTooLarge(Exception):
    """The other side wants to send more than the reader takes."""


def write_frame(
    fd: int, head: dict[str, Any], payload: bytes = b"", deadline: float | None = None, look: Look | None = None
) -> None:
    """Send one message, and wait until the other side has taken it.

    Raises BrokenPipeError where it is gone, and TimeoutError where it has not taken all of it by `deadline`, for which
    `fd` must not block.
    """
    text = _encode(head).encode()
    data = memoryview(_LENGTHS.pack(len(text), len(payload)) + text + payload)
    while data:
        if deadline is not None:
            _wait(fd, select.POLLOUT, deadline, look)
        with contextlib.suppress(BlockingIOError):
            data = data[os.write(fd, data) :]


def _wait(fd: int, event: int, deadline: float, look: Look | None) -> None:
    """Wait until there is something to read, or room to write; meanwhile, look."""
    line = select.poll()
    line.register(fd, event)
    pause = FIRST_LOOK
    while (remaining := deadline - time.monotonic()) > 0:
        if line.poll(math.ceil(1000 * (remaining if look is None else min(remaining, pause)))):
            return
        if look is not None:
            look()
            pause = NEXT_LOOK
    raise TimeoutError


def read_frame(fd: int, limit: int, deadline: float | None = None, look: Look | None = None) -> tuple[dict[str, Any], bytes]:
    """Receive one message of at most `limit` bytes, before `deadline` (in seconds of `time.monotonic`).

    Raises EOFError where the other side closed, TimeoutError, FrameTooLarge, or ValueError for what is no message.
    """
    head_length, payload_length = _LENGTHS.unpack(_read(fd, _LENGTHS.size, deadline, look))
    if head_length + payload_length > limit:
        raise FrameTooLarge(f"{head_length + payload_length:,} bytes; the limit is {limit:,}")
    data = _read(fd, head_length + payload_length, deadline, look)
    try:
        head = json.loads(data[:head_length])
    except RecursionError as error:
        raise ValueError("the head of a message is nested too deeply") from error
    if not isinstance(head, dict):
        raise ValueError("the head of a message must be an object")
    return head, data[head_length:]


def _read(fd: int, length: int, deadline: float | None, look: Look | None) -> bytes:
    data = bytearray()
    while len(data) < length:
        if deadline is not None:
            _wait(fd, select.POLLIN, deadline, look)
        piece = os.read(fd, min(length - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)
