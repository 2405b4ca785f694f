"""Run the quotes processor over annotated articles and write its findings in the scorer's form.

    python evaluate.py GOLD.jsonl [--out PRED.jsonl] [--score SCORE.py]

Each line of GOLD is an article: {"id", "text", "quotes"}. Its lines are its paragraphs; the first is the headline
if --headline is given. With --score, the scorer is run on the result.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer's file; run as: python SCORE.py GOLD PRED")
    parser.add_argument("--boot", default="0", help="bootstrap samples for the scorer's intervals")
    options = parser.parse_args()
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
            pred.write(json.dumps(record, ensure_ascii=False) + "\n")
    print(f"{articles} articles, {1000 * seconds / max(1, articles):.1f} ms each; findings in {out}")
    if options.score:
        subprocess.run([sys.executable, options.score, options.gold, out, "--boot", options.boot], check=True)


if __name__ == "__main__":
    main()
