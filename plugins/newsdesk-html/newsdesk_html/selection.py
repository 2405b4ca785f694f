"""Which lines are the article: trafilatura's choice, set right where a line itself shows that the choice is wrong.

The rules are those that gained on the development pages: out go lines that say the headline again, that are all link,
or whose words are furniture; in come lines that trafilatura passed over between paragraphs of the same parent.
"""

import re
from collections import Counter
from collections.abc import Sequence

from newsdesk_html.lines import Line
from newsdesk_html.places import folded
from newsdesk_html.wording import Reason, said

_ENDS_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»”」)\]]*$")
_APART = frozenset({
    "related", "comments", "promotion", "nav", "footer", "aside", "figure", "caption", "share", "legal", "form", "bio",
    "gallery", "dialog", "button",
})  # fmt: skip
_INSIDE = frozenset({"article", "body", "main"})
ALL_LINK = 0.95
MOSTLY_LINK = 0.8
SAME_PARENT = 0.3
"""A parent with this share of the article's characters holds the article."""


def against(line: Line, headline: str) -> Reason | None:
    """Why a line that trafilatura took is not the article after all, if so. `headline` is folded."""
    if headline and folded(line.text) == headline:
        return Reason("repeated", "headline again")
    if line.linked > ALL_LINK and "quote" not in line.zones:
        return Reason("link-list", "all link")
    if line.linked > MOSTLY_LINK and len(line.text) < 150 and not _ENDS_SENTENCE.search(line.text):
        return Reason("link-list", "mostly link")
    return said(line.text)


def passed_over(lines: Sequence[Line], kept: Sequence[bool]) -> list[int]:
    """The lines outside trafilatura's choice that stand beside its paragraphs, and are no furniture."""
    sizes: Counter[int] = Counter()
    for line, keep in zip(lines, kept, strict=True):
        if keep:
            sizes[line.place.parent] += len(line.text)
    least = SAME_PARENT * sizes.total()
    return [
        i
        for i, line in enumerate(lines)
        if not kept[i] and sizes[line.place.parent] >= least > 0 and _could_be_article(line) and not said(line.text)
    ]


def _could_be_article(line: Line) -> bool:
    return len(line.text) >= 5 and line.linked <= 0.5 and not line.zones & _APART and not line.zones.isdisjoint(_INSIDE)
