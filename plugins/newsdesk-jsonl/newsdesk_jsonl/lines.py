"""Records to JSON lines (jsonlines.org): one JSON object a line, UTF-8, `\\n` after each."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsdesk.sdk import Record


@dataclass(frozen=True)
class JsonLines:
    name = "jsonl"
    version = "1"
    media_type = "application/jsonl"
    suffix = ".jsonl"

    def export(self, records: Iterable[Record]) -> Iterator[bytes]:
        for record in records:
            yield line(record)


def line(record: Record) -> bytes:
    # json escapes every line end inside strings, so the only one in these bytes is the last
    return json.dumps(record.to_plain(), ensure_ascii=False, allow_nan=False).encode() + b"\n"
