"""Write `newsdesk_text/weights.json` from labelled lines: `python train.py DATA_FOLDER`.

Stochastic gradient (AdaGrad) on the log likelihood of a linear chain, with an L2 penalty; deterministic. Features seen
in fewer than `LEAST_DOCUMENTS` documents are left out, so that no weight stands for one page.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from newsdesk_text.chain import Weights, probabilities, sums
from newsdesk_text.features import features

LEAST_DOCUMENTS = 10
ROUNDS = 8
RATE = 0.15
PENALTY = 0.05
USUAL_LINES = 40
"""Each document counts as much as one of so many lines: a long list is not worth more than an article."""
PART = 0.25
"""What a part of a document counts."""
TARGET = Path(__file__).parent / "newsdesk_text" / "weights.json"


class Labelled(NamedTuple):
    """Lines of a document; `weight` is how much it counts in training."""

    group: str
    lines: list[str]
    labels: list[int]
    neutral: frozenset[int]
    weight: float = 1.0


def read(folder: Path) -> list[Labelled]:
    rows = map(json.loads, (folder / "plaintext" / "pasted.jsonl").read_text("utf-8").splitlines())
    return [Labelled(row["group"], row["lines"], row["labels"], frozenset(row["neutral"])) for row in rows]


def varied(document: Labelled) -> list[Labelled]:
    """The document, and what it would have been had the article been shorter or pasted without what surrounds it."""
    article = [i for i, label in enumerate(document.labels) if label or i in document.neutral]
    furniture = [i for i, label in enumerate(document.labels) if not label and i not in document.neutral]
    few = 3 + len(document.lines) % 4
    return [
        document,
        _part(document, article),
        _part(document, article[:few]),
        _part(document, sorted(article[:few] + furniture)),
    ]


def _part(document: Labelled, chosen: Sequence[int]) -> Labelled:
    neutral = frozenset(new for new, old in enumerate(chosen) if old in document.neutral)
    return Labelled(document.group, [document.lines[i] for i in chosen], [document.labels[i] for i in chosen], neutral, PART)


def train(documents: Sequence[Labelled], rounds: int = ROUNDS) -> Weights:
    documents = [part for document in documents for part in varied(document) if part.lines]
    seen = [features(document.lines) for document in documents]
    spread = Counter(name for names in seen for name in {name for line in names for name in line})
    known = {name for name, count in spread.items() if count >= LEAST_DOCUMENTS}
    examples = [([[n for n in line if n in known] for line in names], d) for names, d in zip(seen, documents, strict=True)]
    weights: dict[str, float] = dict.fromkeys(known, 0.0)
    steps = [0.0] * 4
    squares: Counter[str] = Counter()
    step_squares = [0.0] * 4
    order = random.Random(0)  # noqa: S311 - for a repeatable order, not for a secret
    for _ in range(rounds):
        order.shuffle(examples)
        for names, document in examples:
            share = document.weight * USUAL_LINES / max(len(names), USUAL_LINES // 4)
            scores = [sum(weights[name] for name in line) for line in names]
            given = probabilities(scores, tuple(steps))
            slopes: Counter[str] = Counter()
            for i, line in enumerate(names):
                if i not in document.neutral:
                    for name in line:
                        slopes[name] += share * (document.labels[i] - given[i])
            for name, slope in slopes.items():
                slope -= PENALTY * weights[name]
                squares[name] += slope * slope
                weights[name] += RATE * slope / math.sqrt(squares[name] + 1e-8)
            for i, slope in enumerate(_step_slopes(scores, steps, document)):
                slope = share * slope - PENALTY * steps[i]
                step_squares[i] += slope * slope
                steps[i] += RATE * slope / math.sqrt(step_squares[i] + 1e-8)
    return Weights({name: round(weight, 3) for name, weight in sorted(weights.items())}, tuple(round(s, 3) for s in steps))


def _step_slopes(scores: Sequence[float], steps: Sequence[float], document: Labelled) -> list[float]:
    """Steps as they are in the document, less as the weights expect them."""
    slopes = [0.0] * 4
    ahead, behind = sums(scores, tuple(steps))
    for i in range(1, len(scores)):
        if i in document.neutral or i - 1 in document.neutral:
            continue
        parts = [steps[0], steps[1] + behind[i], ahead[i - 1] + steps[2], ahead[i - 1] + steps[3] + behind[i]]
        most = max(parts)
        expected = [math.exp(part - most) for part in parts]
        for k in range(4):
            slopes[k] -= expected[k] / sum(expected)
        slopes[2 * document.labels[i - 1] + document.labels[i]] += 1
    return slopes


if __name__ == "__main__":
    learned = train(read(Path(sys.argv[1])))
    TARGET.write_text(
        json.dumps({"steps": learned.steps, "features": learned.features}, indent=0, ensure_ascii=False) + "\n", "utf-8"
    )
    print(f"{len(learned.features)} weights in {TARGET.name}")
