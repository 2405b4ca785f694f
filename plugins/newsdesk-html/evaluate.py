"""Measure web-page on labelled pages, beside plain trafilatura in the same run: `python evaluate.py DATA_FOLDER [PAGES]`.

`PAGES` limits each set to its first so many. The truths differ, so the text that is compared differs: for `aeb` the
body, for the `fundus` sets with the standfirst, for `wcxb` with headline and standfirst.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import trafilatura
from newsdesk_html import WebPage

from newsdesk.sdk import BODY_ROLES, HTML, Document

EXTRA_ROLES = {
    "aeb": frozenset(),
    "fundus80": frozenset({"standfirst"}),
    "fundus_tests": frozenset({"standfirst"}),
    "wcxb": frozenset({"standfirst", "headline"}),
}
_TOKEN = re.compile(r"\w+")


class Page(NamedTuple):
    truth: str
    content: bytes


def pages(folder: Path, limit: int | None) -> Iterator[Page]:
    truths = json.loads((folder / "truth.json").read_text("utf-8"))
    for name in sorted(truths)[:limit]:
        yield Page(truths[name]["text"], gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()))


def ours(page: Page, roles: frozenset[str]) -> str:
    found = tuple(WebPage().process(Document(media_type=HTML, content=page.content)))
    text = found[0].data["text"]
    wanted = [a.spans[0] for a in found if a.kind == "paragraph" and a.data["role"] in BODY_ROLES | roles]
    return "\n\n".join(span.of(text) for span in wanted)


def plain_trafilatura(page: Page, roles: frozenset[str]) -> str:
    decoded = Document(media_type=HTML, content=page.content).decoded.text
    found = trafilatura.bare_extraction(decoded, include_comments=False, with_metadata=True)
    return found.text or "" if found else ""


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def shingle_f1(pairs: list[tuple[str, str]]) -> float:
    """Harmonic mean of the pages' mean precision and mean recall over four-word shingles."""
    counts = [(shingles(truth), shingles(text)) for truth, text in pairs]
    precision = mean((a & b).total() / b.total() for a, b in counts if b)
    recall = mean((a & b).total() / a.total() for a, b in counts if a)
    return 2 * precision * recall / (precision + recall)


def word_f1(pairs: list[tuple[str, str]]) -> float:
    """Mean of the pages' F1 over words, without their order."""
    found = []
    for truth, text in pairs:
        a, b = Counter(_TOKEN.findall(truth.lower())), Counter(_TOKEN.findall(text.lower()))
        found.append(2 * (a & b).total() / ((a.total() + b.total()) or 1))
    return mean(found)


def main(folder: Path, limit: int | None) -> None:
    print("| set | pages | system | F1 | pages exactly right | ms, median | ms, 99 % |\n|---|---|---|---|---|---|---|")
    for name, roles in EXTRA_ROLES.items():
        all_pages = list(pages(folder / name, limit))
        for system in (plain_trafilatura, ours):
            pairs, times = [], []
            for page in all_pages:
                began = time.process_time()
                text = system(page, roles)
                times.append(1000 * (time.process_time() - began))
                pairs.append((page.truth, text))
            f1 = word_f1(pairs) if name == "wcxb" else shingle_f1(pairs)
            right = mean(_TOKEN.findall(truth) == _TOKEN.findall(text) for truth, text in pairs)
            slow = sorted(times)[int(0.99 * (len(times) - 1))]
            print(f"| {name} | {len(pairs)} | {system.__name__} | {f1:.3f} | {right:.2f} | {median(times):.1f} | {slow:.0f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
