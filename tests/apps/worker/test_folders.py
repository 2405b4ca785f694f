"""Messages in a folder: what is only half there when it is read."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from newsdesk.worker.celery import app
from newsdesk.worker.folders import Transport


@pytest.fixture
def queue(tmp_path: Path):
    options = {name: str(tmp_path) for name in ("data_folder_in", "data_folder_out", "control_folder")}
    with Connection("filesystem://localhost", transport_options=options) as connection:
        yield connection.SimpleQueue(tmp_path.name)  # Kombu remembers a queue by its name, whatever the folder


def test_worker_reads_messages_in_this_way():
    assert isinstance(app.connection_for_read("filesystem://localhost").transport, Transport)


@pytest.mark.parametrize("written", [b"", b'{"body": "', b"\xff"])
def test_message_of_which_there_is_only_half_is_passed_over(queue, tmp_path, written):
    queue.put("one")
    [message] = tmp_path.glob("*.msg")
    message.write_bytes(written)
    with pytest.raises(Empty):
        queue.get(block=False)
    queue.put("two")
    assert queue.get(timeout=5).payload == "two"
