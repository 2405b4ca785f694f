"""Newsdesk plugin: web pages to text, structure, boilerplate and metadata."""

from newsdesk.sdk import Processor, hookimpl
from newsdesk_html.page import WebPage


@hookimpl
def register_processors() -> list[Processor]:
    return [WebPage()]
