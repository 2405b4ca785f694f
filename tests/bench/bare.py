"""The floor, the same processors in a bare loop over a folder of documents: `python -m tests.bench.bare FOLDER`.

Each line that it reads is a number, of documents to take next; it answers with a line of JSON: the CPU seconds, wall
seconds and findings of them all.
"""

import json
import sys
import time
from itertools import islice
from pathlib import Path

from newsdesk.pipeline import Plan, build_registry, make_plan
from newsdesk.sdk import Document
from newsdesk.sdk.content import sniff
from newsdesk.sdk.processor import accepts


def look(plan: Plan, content: bytes) -> int:
    """Have each processor find what it finds, and do nothing with it."""
    document = Document(media_type=sniff(content), content=content)
    for processor in plan.processors:
        if accepts(processor, document.media_type) and (document.has_text or "text" not in processor.requires):
            document = document.with_artifacts(processor.process(document.view(processor.requires)))
    return len(document.artifacts)


def main(folder: Path) -> None:
    """Measure, as often as asked."""
    contents = iter([path.read_bytes() for path in sorted(folder.iterdir())])
    plan = make_plan(build_registry().processors.values())
    for line in sys.stdin:
        these = list(islice(contents, int(line)))
        cpu, wall = time.process_time(), time.perf_counter()
        found = sum(look(plan, content) for content in these)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        print(json.dumps({"cpu": cpu, "wall": wall, "findings": found}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
