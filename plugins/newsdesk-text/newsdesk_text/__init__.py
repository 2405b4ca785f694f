"""Newsdesk plugin: plain text, its structure, and what in it is not the article."""

from newsdesk.sdk import Processor, hookimpl
from newsdesk_text.plain import PlainText
from newsdesk_text.structure import PlainStructure


@hookimpl
def register_processors() -> list[Processor]:
    return [PlainText(), PlainStructure()]
