"""A web page to the text that a reader sees, what each line of it is to the article, and what the page says of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsdesk.sdk import Artifact, Document, Span, UnreadableContent, canonical
from newsdesk_html.article import MAX_CHARS, MAX_DEPTH, MAX_LINES, article_lines
from newsdesk_html.lines import Line, read_lines
from newsdesk_html.metadata import Value, page_values, title_of
from newsdesk_html.places import find, folded
from newsdesk_html.reasons import reason_for
from newsdesk_html.roles import body_role, opening
from newsdesk_html.selection import against, passed_over
from newsdesk_html.tree import depth, parse
from newsdesk_html.visible import Seen, less_said, times_of, visible_values
from newsdesk_html.wording import Reason

_OUTSIDE = frozenset({"nav", "footer", "aside", "form", "comments", "legal", "promotion"})


@dataclass(frozen=True)
class WebPage:
    name = "web-page"
    version = "1"
    accepts = ("text/html", "application/xhtml+xml")
    requires = ("content",)
    provides = ("text", "paragraph", "boilerplate", "metadata")

    def process(self, document: Document) -> Iterator[Artifact]:
        root = parse(document.decoded.text)
        lines = [] if root is None else read_lines(root)
        if root is None or not lines:
            raise UnreadableContent(f"{document.name} has no text; send the page as a reader sees it, with its article")
        values = page_values(root, document.url)
        title, times = title_of(root), {i: found for i, line in enumerate(lines) if (found := times_of(line))}
        judged = judge(lines, article(root, lines), values)
        text, spans = layout(lines)
        yield Artifact("text", {"text": text})
        for span, one in zip(spans, judged, strict=True):
            yield Artifact("paragraph", {"role": one.role}, (span,), one.confidence)
            if one.why:
                yield Artifact("boilerplate", {"reason": one.why.reason, "rule": one.why.rule}, (span,), one.confidence)
        seen = list(visible_values(lines, [one.role for one in judged], times, title))
        yield from metadata(lines, judged, spans, values, seen)


@dataclass(frozen=True, slots=True)
class Judged:
    """A line's role, how sure that is, and the reason if it is not article."""

    role: str
    confidence: float
    why: Reason | None = None


def article(root, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that make the article: by trafilatura, or where it cannot, by size and links alone."""
    small = (
        len(lines) <= MAX_LINES and sum(len(line.text) for line in lines) <= MAX_CHARS and depth(root, MAX_DEPTH) < MAX_DEPTH
    )
    found = article_lines(root, lines) if small else None
    if found:
        return found
    prose = [i for i, line in enumerate(lines) if len(line.text) >= 80 and line.linked < 0.3 and not line.zones & _OUTSIDE]
    return frozenset(prose or range(len(lines)))


def judge(lines: Sequence[Line], found: frozenset[int], values: Sequence[Value]) -> list[Judged]:
    """The role of each line."""
    kept = [i in found for i in range(len(lines))]
    roles = opening(lines, kept, values)
    headline = next((folded(lines[i].text) for i, role in roles.items() if role == "headline"), "")
    against_it = {i: reason for i in found if (reason := against(lines[i], headline))}
    added = set(passed_over(lines, [keep and i not in against_it for i, keep in enumerate(kept)])) - found
    return [
        Judged(roles[i], 0.8)
        if i in roles
        else _dropped(against_it[i], 0.75)
        if i in against_it
        else Judged(body_role(line), 0.9 if kept[i] else 0.6)
        if kept[i] or i in added
        else _dropped(reason_for(line), 0.85)
        for i, line in enumerate(lines)
    ]


def _dropped(why: Reason, confidence: float) -> Judged:
    return Judged("caption" if why.reason == "caption" else "boilerplate", confidence, why)


def layout(lines: Sequence[Line]) -> tuple[str, list[Span]]:
    """The lines as one canonical text, and the span of each."""
    parts: list[str] = []
    spans, length = [], 0
    for line in lines:
        gap = "" if not parts else "\n" if line.tight else "\n\n"
        parts += [gap, line.text]
        spans.append(Span(length + len(gap), length + len(gap) + len(line.text), "block"))
        length = spans[-1].end
    text = "".join(parts)
    assert canonical(text).text == text, "each line is canonical, so the text is"
    return text, spans


def metadata(
    lines: Sequence[Line], judged: Sequence[Judged], spans: Sequence[Span], values: Sequence[Value], seen: Sequence[Seen]
) -> Iterator[Artifact]:
    """The values, with the place where each stands in the text, if it does; and those that only the lines give."""
    first = {one.value.name: one.value for one in reversed(seen)}
    believed = [value for value in values if not less_said(value, first)]
    for value in believed:
        yield _stated(value, lines, judged, spans)
    given = {value.name for value in believed}
    for value, i, place in dict.fromkeys(seen):
        if value.name not in given and (value.name == "byline" or value == first[value.name]):
            data = {"name": value.name, "value": value.value, "evidence": value.evidence}
            start, end = place or (0, len(lines[i].text))
            yield Artifact("metadata", data, (Span(spans[i].start + start, spans[i].start + end, "mention"),), value.confidence)


def _stated(value: Value, lines: Sequence[Line], judged: Sequence[Judged], spans: Sequence[Span]) -> Artifact:
    data = {"name": value.name, "value": value.value, "evidence": value.evidence}
    wanted = {"headline": ("headline",), "standfirst": ("standfirst", "body"), "byline": ("byline",)}.get(value.name, ())
    for i, one in enumerate(judged):
        if one.role in wanted and (place := find(value.value, lines[i].text)):
            span = Span(spans[i].start + place[0], spans[i].start + place[1], "mention")
            return Artifact("metadata", data, (span,), value.confidence)
    return Artifact("metadata", data, (), value.confidence)
