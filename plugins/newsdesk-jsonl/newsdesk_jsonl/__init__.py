"""Newsdesk plugin: records as JSON lines, one article a line."""

from newsdesk.sdk import Exporter, hookimpl
from newsdesk_jsonl.lines import JsonLines


@hookimpl
def register_exporters() -> list[Exporter]:
    return [JsonLines()]
