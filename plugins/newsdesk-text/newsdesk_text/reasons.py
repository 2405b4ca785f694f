"""Why a line is not the article, in words that an editor can check: by what it says, or by where it stands."""

from collections.abc import Sequence

from newsdesk_text.features import is_prose, width
from newsdesk_text.wording import Wording, wordings

_OPENS_SECTION = ("list heading", "comments", "newsletter", "read also")


def reasons(lines: Sequence[str], dropped: Sequence[bool]) -> list[Wording | None]:
    """For each dropped line its reason and rule; None for the others."""
    found: list[Wording | None] = []
    section: Wording | None = None
    last_kept = max((i for i, gone in enumerate(dropped) if not gone), default=-1)
    for i, line in enumerate(lines):
        if not dropped[i]:
            section = None
            found.append(None)
            continue
        said = wordings(line)
        if said and said[0].rule in _OPENS_SECTION and width(line) < 80:
            section = said[0]
        found.append(said[0] if said else _by_place(lines, i, section, i > last_kept))
    return found


def _by_place(lines: Sequence[str], i: int, section: Wording | None, closing: bool) -> Wording:
    if section:
        return Wording(section.reason, f"under {section.rule}")
    where = "after the article" if closing else "between paragraphs"
    if is_prose(lines[i]):
        return Wording("other", f"text {where}")
    if width(lines[i]) < 25:
        return Wording("navigation", f"short line {where}")
    return Wording("link-list", f"headline {where}")
