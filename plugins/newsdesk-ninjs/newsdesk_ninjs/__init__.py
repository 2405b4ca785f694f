"""Newsdesk plugin: news items in JSON, as agencies send them (IPTC ninjs), to web pages."""

from newsdesk.sdk import Reader, hookimpl
from newsdesk_ninjs.reader import Ninjs


@hookimpl
def register_readers() -> list[Reader]:
    return [Ninjs()]
