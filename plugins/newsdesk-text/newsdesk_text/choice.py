"""Which lines are kept as article: the weights' judgement, with two rules that they cannot learn from long pages alone.

Running text just below kept running text stays unless furniture was announced: a paragraph lost costs an editor more
than a paragraph too many. A short line that says plainly what it is goes, however much text stands around it.
"""

from collections.abc import Sequence

from newsdesk_text.chain import Weights, probabilities
from newsdesk_text.features import ends_sentence, features, headings, is_prose
from newsdesk_text.wording import wordings

PLAIN_WORDS = frozenset({
    "advertisement", "comments", "cookies", "copyright", "credit", "list heading", "newsletter", "read also",
})  # fmt: skip
SHORT, PROSE, NEAR_PROSE, SUBHEAD = 0.5, 0.35, 0.1, 0.2
"""The least probability at which a short line, running text, running text below running text, and a subhead are kept."""
NEAR = 3


def chances(lines: Sequence[str], learned: Weights) -> list[float]:
    """For each line the probability of being article; a text of which nothing would remain is kept whole."""
    found = probabilities([learned.of(names) for names in features(lines)], learned.steps)
    return found if any(chance >= SHORT for chance in found) else [SHORT] * len(found)


def kept(lines: Sequence[str], chances: Sequence[float]) -> list[bool]:
    """For each line whether it is kept."""
    found: list[bool] = []
    last_prose = -len(lines) - NEAR
    for i, (line, chance, heading) in enumerate(zip(lines, chances, headings(lines), strict=True)):
        said = wordings(line)
        if is_prose(line):
            follows = i - last_prose <= NEAR and not said and not heading and ends_sentence(line)
            keep = chance >= (NEAR_PROSE if follows else PROSE)
            last_prose = i if keep else last_prose
        else:
            says_so = any(wording.rule in PLAIN_WORDS for wording in said) and not ends_sentence(line)
            keep = chance >= SHORT and not says_so
        found.append(keep)
    return [keep or _is_subhead(lines, chances, found, i) for i, keep in enumerate(found)]


def _is_subhead(lines: Sequence[str], chances: Sequence[float], found: Sequence[bool], i: int) -> bool:
    """Whether a short line between two kept paragraphs may head the second: it is likely enough, and says no furniture."""
    between = 0 < i < len(lines) - 1 and found[i - 1] and found[i + 1] and is_prose(lines[i - 1]) and is_prose(lines[i + 1])
    return between and chances[i] >= SUBHEAD and not is_prose(lines[i]) and not wordings(lines[i])
