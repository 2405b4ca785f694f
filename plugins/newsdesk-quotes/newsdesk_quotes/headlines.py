"""Headlines that quote the article: ‘It came up through the floor’: town mops up."""

import re
from itertools import islice

from newsdesk_quotes.findings import Finding, Paragraph
from newsdesk_quotes.marks import quoted

MOST = 8
"""Quotations. No headline holds more, and each is looked for in all that was said."""


def with_headlines(text: str, paragraphs: list[Paragraph], found: list[Finding]) -> list[Finding]:
    """The findings and, for quotations in the headline that the article repeats, one each with the source from there."""
    places = [
        (number, quotation)
        for number, paragraph in enumerate(paragraphs)
        if paragraph.role == "headline"
        for quotation in islice(quoted(text, paragraph.start, paragraph.end), MOST)
    ][:MOST]
    if not places:
        return found
    taken = [place for each in found for place in each.contents]
    said = [
        (each, _bare(text[each.contents[0][0] : each.contents[-1][1]])) for each in found if each.source and each.quotations
    ]
    headed = []
    for number, quotation in places:
        words = _bare(text[quotation.start : quotation.end])
        free = " " in words and not any(start < quotation.end and quotation.start < end for start, end in taken)
        repeated = next((each for each, bare in said if words in bare), None) if free else None
        if repeated:
            content = (quotation.start, quotation.end)
            headed.append(Finding([content], repeated.source, None, "headline", number, [quotation]))
    return sorted([*found, *headed], key=lambda each: each.contents[0])


def _bare(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))
