import fcntl
import os
import struct
import time

import pytest

from newsdesk.pipeline.frames import FrameTooLarge, read_frame, write_frame


@pytest.fixture
def pipe():
    read, write = os.pipe()
    with os.fdopen(read, "rb", closefd=True) as reader, os.fdopen(write, "wb", buffering=0) as writer:
        yield reader, writer


def frame(head, payload=b""):
    return struct.pack("!II", len(head), len(payload)) + head + payload


def received(pipe, data, limit=1_000):
    reader, writer = pipe
    fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 1 << 20)
    writer.write(data)
    writer.close()
    return read_frame(reader.fileno(), limit, time.monotonic() + 5)


@pytest.mark.parametrize("data", [b"", b"\x00", frame(b"{}")[:-1], frame(b"{}", b"abc")[:-1]])
def test_end_in_the_middle_is_an_end(pipe, data):
    with pytest.raises(EOFError):
        received(pipe, data)


@pytest.mark.parametrize("data", [frame(b"{}", b"x" * 999), b"\xff" * 8, b"print goes here", frame(b"x" * 1_001)])
def test_message_over_the_limit_is_not_read(pipe, data):
    with pytest.raises(FrameTooLarge, match="bytes; the limit is 1,000"):
        received(pipe, data)


@pytest.mark.parametrize("head", [b"", b"no json", b"{", b"\xff", b"[]", b'"text"', b"null", b"1" * 900, b"[" * 200_000])
def test_head_that_is_no_object_is_no_message(pipe, head):
    with pytest.raises(ValueError, match=r".+"):
        received(pipe, frame(head), 300_000)


def test_silence_ends_at_the_deadline(pipe):
    with pytest.raises(TimeoutError):
        read_frame(pipe[0].fileno(), 1_000, time.monotonic() + 0.05)


def test_half_a_message_ends_at_the_deadline(pipe):
    pipe[1].write(frame(b"{}")[:5])
    with pytest.raises(TimeoutError):
        read_frame(pipe[0].fileno(), 1_000, time.monotonic() + 0.05)


def test_what_is_seen_in_a_look_while_nothing_comes_ends_the_waiting(pipe):
    def look():
        raise LookupError("too many processes")

    with pytest.raises(LookupError, match="too many processes"):
        read_frame(pipe[0].fileno(), 1_000, time.monotonic() + 60, look)


def test_nobody_looks_while_messages_come_at_once(pipe):
    looks = []
    pipe[1].write(frame(b"{}") * 3)
    for_each = [read_frame(pipe[0].fileno(), 1_000, time.monotonic() + 60, lambda: looks.append(1)) for _ in range(3)]
    assert (for_each, looks) == ([({}, b"")] * 3, [])


def test_looks_do_not_move_the_deadline(pipe):
    looks = []
    with pytest.raises(TimeoutError):
        read_frame(pipe[0].fileno(), 1_000, time.monotonic() + 0.3, lambda: looks.append(1))
    assert 1 <= len(looks) <= 4


def test_side_that_does_not_read_ends_at_the_deadline(pipe):
    os.set_blocking(pipe[1].fileno(), False)
    with pytest.raises(TimeoutError):
        write_frame(pipe[1].fileno(), {}, b"x" * 1_000_000, time.monotonic() + 0.05)


def test_nobody_to_read_is_a_broken_pipe(pipe):
    pipe[0].close()
    with pytest.raises(BrokenPipeError):
        write_frame(pipe[1].fileno(), {})


def test_nan_is_not_sent(pipe):
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_frame(pipe[1].fileno(), {"a": float("nan")})


def test_head_and_payload_come_as_they_were_sent(pipe):
    write_frame(pipe[1].fileno(), {"name": "Zoë 🦊"}, b"\x00\xff")
    assert read_frame(pipe[0].fileno(), 1_000) == ({"name": "Zoë 🦊"}, b"\x00\xff")


def test_two_messages_do_not_mix(pipe):
    write_frame(pipe[1].fileno(), {"number": 1}, b"one")
    write_frame(pipe[1].fileno(), {"number": 2})
    assert [read_frame(pipe[0].fileno(), 1_000)[0]["number"] for _ in range(2)] == [1, 2]


def test_message_of_the_size_of_the_limit_is_taken(pipe):
    assert received(pipe, frame(b"{}", b"x" * 998)) == ({}, b"x" * 998)
