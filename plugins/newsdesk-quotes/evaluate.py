"""Run the quotes processor over annotated articles and write its findings in the scorer's form.

    python evaluate.py GOLD.jsonl [--out PRED.jsonl] [--score SCORE.py] [--calibrate]

Each line of GOLD is an article: {"id", "text", "quotes"}. Its lines are its paragraphs. With --score, the scorer is run
on the result; with --calibrate, the share of right findings is printed by rule and type, for `confidence.py`.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk import Artifact, Span
from newsdesk.sdk.testing import make_document


def predicted(artifact: Artifact) -> dict:
    """An artifact as the scorer wants it; quotation marks and case of the rest are the scorer's own business."""
    spans = {
        role: [[span.start, span.end] for span in artifact.spans_of(role)] or None for role in ("content", "source", "cue")
    }
    speaker = artifact.data["speaker"]
    return {
        "type": artifact.data["type"], **spans, "speaker": speaker and speaker["name"],
        "rule": artifact.data["rule"], "confidence": artifact.confidence,
    }  # fmt: skip


def lines(text: str) -> list[Artifact]:
    """Each line that is not blank as a paragraph, with its own offsets (the gold text is not made canonical)."""
    found, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Artifact("paragraph", {"role": "body"}, (Span(start, start + len(line), "block"),)))
        start += len(line) + 1
    return found


def document(text: str):
    return make_document(artifacts=[Artifact("text", {"text": text}), *lines(text)])


def right(found: dict, gold: list[dict]) -> bool:
    """Whether most of the content is quoted in the gold from a source that shares most of its characters with ours."""
    content, source = _places(found["content"]), _places(found["source"])
    covered: set[int] = set()
    for quote in gold:
        theirs = _places(quote["source"])
        if bool(theirs) == bool(source) and 2 * len(source & theirs) >= min(len(source), len(theirs)):
            covered |= content & _places(quote["content"])
    return len(covered) >= 0.8 * len(content)


def _places(spans: list[list[int]] | None) -> set[int]:
    return {place for start, end in spans or () for place in range(start, end)}


def print_calibration(judged: dict[tuple[str, str, float], list[bool]]) -> None:
    print(f"{'rule':<20}{'type':<10}{'said':>6}{'right':>7}{'n':>6}")
    for (rule, kind, said), cases in sorted(judged.items(), key=lambda item: -len(item[1])):
        print(f"{rule:<20}{kind:<10}{said:>6.2f}{sum(cases) / len(cases):>7.2f}{len(cases):>6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer's file; run as: python SCORE.py GOLD PRED")
    parser.add_argument("--boot", default="0", help="bootstrap samples for the scorer's intervals")
    parser.add_argument("--calibrate", action="store_true", help="print how often each rule is right")
    options = parser.parse_args()
    judged: dict[tuple[str, str, float], list[bool]] = defaultdict(list)
    out = options.out or Path(tempfile.mkstemp(suffix=".jsonl")[1])
    processor, seconds, articles = QuoteAttributor(), 0.0, 0
    with options.gold.open(encoding="utf-8") as gold, out.open("w", encoding="utf-8") as pred:
        for line in gold:
            article = json.loads(line)
            made = document(article["text"])
            began = time.perf_counter()
            found = list(processor.process(made))
            seconds += time.perf_counter() - began
            articles += 1
            record = {"id": article["id"], "quotes": [predicted(each) for each in found]}
            for each in record["quotes"]:
                judged[each["rule"], each["type"], each["confidence"]].append(right(each, article["quotes"]))
            pred.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{articles} articles, {1000 * seconds / max(1, articles):.1f} ms each; findings in {out}")
    if options.calibrate:
        print_calibration(judged)
    if options.score:
        subprocess.run(  # noqa: S603 - the scorer that the caller names
            [sys.executable, options.score, options.gold, out, "--boot", options.boot], check=True
        )


if __name__ == "__main__":
    main()
