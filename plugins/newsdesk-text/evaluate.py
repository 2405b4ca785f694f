"""Measure plain-structure on labelled lines: `python evaluate.py DATA_FOLDER`, beside two rules that anyone would try.

The weights were trained on the same lines, so two rows tell: the weights that ship, and weights trained in five folds
without the document's site, which is what to expect of pages never seen.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median

from newsdesk_text.chain import Weights
from newsdesk_text.structure import structure
from train import read, train

Labels = list[int]
FOLDS = 5
KEPT = {"headline", "standfirst", "body", "subhead", "list-item"}


def ours(lines: Sequence[str], learned: Weights | None = None) -> Labels:
    text = "\n".join(lines)
    starts = {line.block.start: int(line.role in KEPT) for line in structure(text, learned)}
    found, start, label = [], 0, 0
    for line in lines:
        label = starts.get(start + len(line) - len(line.lstrip()), label)
        found.append(label)
        start += len(line) + 1
    return found


SYSTEMS: dict[str, Callable[[Sequence[str]], Labels]] = {
    "keep all": lambda lines: [1] * len(lines),
    "keep long lines": lambda lines: [int(len(line) >= 100) for line in lines],
    "plain-structure": ours,
}


def shingles(lines: Sequence[str]) -> Counter[tuple[str, ...]]:
    words = " ".join(lines).split()
    return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def unseen(data: Path) -> Callable[[Sequence[str]], Labels]:
    """The same processor with weights that never saw the document's site."""
    documents = read(data)
    sites = sorted({document.group for document in documents})
    fold = {site: number % FOLDS for number, site in enumerate(sites)}
    learned = [train([d for d in documents if fold[d.group] != number]) for number in range(FOLDS)]
    site_of = {tuple(document.lines): document.group for document in documents}
    return lambda lines: ours(lines, learned[fold[site_of[tuple(lines)]]])


def measure(rows: Sequence[dict], system: Callable[[Sequence[str]], Labels]) -> tuple[float, float, float, float]:
    """Boilerplate lines F1 and kept text F1 (means over documents), documents all right, milliseconds at the median."""
    lines_f1, text_f1, right, times = [], [], [], []
    for row in rows:
        began = time.process_time()
        labels = system(row["lines"])
        times.append(1000 * (time.process_time() - began))
        judged = [i for i in range(len(labels)) if i not in row["neutral"]]
        hits = sum(labels[i] == row["labels"][i] == 0 for i in judged)
        lines_f1.append(f1(hits, sum(not labels[i] for i in judged), sum(not row["labels"][i] for i in judged)))
        kept = shingles([row["lines"][i] for i in judged if labels[i]])
        wanted = shingles([row["lines"][i] for i in judged if row["labels"][i]])
        text_f1.append(f1((kept & wanted).total(), kept.total(), wanted.total()))
        right.append(all(labels[i] == row["labels"][i] for i in judged))
    return mean(lines_f1), mean(text_f1), mean(right), median(times)


if __name__ == "__main__":
    data = Path(sys.argv[1], "plaintext", "pasted.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in data.splitlines()]
    print(f"| {len(rows)} documents | boilerplate lines F1 | kept text F1 | all lines right | ms |\n|---|---|---|---|---|")
    SYSTEMS["plain-structure, site unseen"] = unseen(Path(sys.argv[1]))
    for name, system in SYSTEMS.items():
        print("| {} | {:.3f} | {:.3f} | {:.2f} | {:.1f} |".format(name, *measure(rows, system)))
