"""Newsdesk plugin: what a newsroom says of its own article: corrections, clarifications, notes, updates, retractions."""

from newsdesk.sdk import Kind, Processor, hookimpl
from newsdesk_notices.kind import NOTICE
from newsdesk_notices.notices import Notices


@hookimpl
def register_kinds() -> list[Kind]:
    return [NOTICE]


@hookimpl
def register_processors() -> list[Processor]:
    return [Notices()]
