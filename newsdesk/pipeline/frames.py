"""Messages over a pipe: a JSON head and raw bytes, each behind its length. JSON, since what a plugin's process says is
hostile input to the process that reads it; unpickling would run its code."""

import json
import os
import selectors
import struct
import time
from typing import Any

_LENGTHS = struct.Struct("!II")


class FrameTooLarge(Exception):
    """The other side wants to send more than the reader takes."""


def write_frame(fd: int, head: dict[str, Any], payload: bytes = b"") -> None:
    """Send one message. Blocks until the other side has taken it; raises BrokenPipeError where it is gone."""
    text = json.dumps(head, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    data = memoryview(_LENGTHS.pack(len(text), len(payload)) + text + payload)
    while data:
        data = data[os.write(fd, data) :]


def read_frame(fd: int, limit: int, deadline: float | None = None) -> tuple[dict[str, Any], bytes]:
    """Receive one message of at most `limit` bytes, before `deadline` (in seconds of `time.monotonic`).

    Raises EOFError where the other side closed, TimeoutError, FrameTooLarge, or ValueError for what is no message.
    """
    head_length, payload_length = _LENGTHS.unpack(_read(fd, _LENGTHS.size, deadline))
    if head_length + payload_length > limit:
        raise FrameTooLarge(f"{head_length + payload_length:,} bytes; the limit is {limit:,}")
    data = _read(fd, head_length + payload_length, deadline)
    head = json.loads(data[:head_length])
    if not isinstance(head, dict):
        raise ValueError("the head of a message must be an object")
    return head, data[head_length:]


def _read(fd: int, length: int, deadline: float | None) -> bytes:
    data = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        while len(data) < length:
            remaining = None if deadline is None else deadline - time.monotonic()
            if remaining is not None and (remaining <= 0 or not selector.select(remaining)):
                raise TimeoutError
            piece = os.read(fd, min(length - len(data), 1 << 20))
            if not piece:
                raise EOFError
            data += piece
    return bytes(data)
