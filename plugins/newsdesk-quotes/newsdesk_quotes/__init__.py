"""Who said what: attributed quotes for Newsdesk."""

from newsdesk.sdk import Processor, hookimpl
from newsdesk_quotes.quotes import QuoteAttributor

__all__ = ["QuoteAttributor", "register_processors"]


@hookimpl
def register_processors() -> list[Processor]:
    """The processors of this plugin, with default options."""
    return [QuoteAttributor()]
