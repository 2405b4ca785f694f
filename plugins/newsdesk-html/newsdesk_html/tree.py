"""Characters to a tree, with nothing lost: lxml's defaults drop long text nodes and all that stands behind deep nesting."""

import re

from lxml.etree import ParserError
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newsdesk.sdk import UnreadableContent

_TOO_DEEP = "Excessive depth"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def parse(page: str) -> HtmlElement | None:
    """The page's root element, or None if there is not one element in it.

    Raises UnreadableContent where the elements are nested deeper than libxml2 follows (2,048 levels).
    """
    # huge_tree: without it a text node above 10 MB, or a branch nested 255 deep, is silently gone
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False)
    try:
        root = document_fromstring(_DECLARATION.sub("", page).encode(), parser=parser)
    except ParserError:
        return None
    if any(_TOO_DEEP in error.message for error in parser.error_log):
        raise UnreadableContent("the page's elements are nested deeper than 2,048 levels; send its text")
    return root


def depth(root: HtmlElement, limit: int) -> int:
    """How deep the tree is nested, counted no further than `limit`."""
    level, elements = 0, [root]
    while elements and level < limit:
        level += 1
        elements = [child for element in elements for child in element]
    return level
