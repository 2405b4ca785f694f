"""The floor, the same processors in a bare loop over a folder of documents: `python -m tests.bench.bare FOLDER WARM`.

Prints CPU milliseconds and wall seconds a document, as JSON. The first WARM documents are not counted.
"""

import json
import sys
import time
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


def main(folder: Path, warm: int) -> None:
    """Measure."""
    contents = [path.read_bytes() for path in sorted(folder.iterdir())]
    plan = make_plan(build_registry().processors.values())
    for content in contents[:warm]:
        look(plan, content)
    cpu, wall = time.process_time(), time.perf_counter()
    found = sum(look(plan, content) for content in contents[warm:])
    cpu, wall, count = time.process_time() - cpu, time.perf_counter() - wall, len(contents) - warm
    print(json.dumps({"cpu_ms": 1000 * cpu / count, "wall": wall / count, "findings": found / count}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
