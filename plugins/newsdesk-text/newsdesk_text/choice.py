"""Which lines are kept as article: the weights' judgement, with four rules that they cannot learn from long pages alone.

Running text just below kept running text stays unless furniture was announced: a paragraph lost costs an editor more
than a paragraph too many. So does a bulleted list that a kept line introduces, and every sentence of a text
in which nothing says that it is furniture. A short line that says plainly what it is goes, however much text stands
around it.
"""

from collections.abc import Sequence

from newsdesk_text.chain import Weights, probabilities
from newsdesk_text.features import ends_sentence, features, headings, is_bulleted, is_prose
from newsdesk_text.wording import wordings

PLAIN_WORDS = frozenset({
    "advertisement", "comments", "cookies", "copyright", "credit", "list heading", "newsletter", "read also",
})  # fmt: skip
FURNITURE = (PLAIN_WORDS - {"credit"}) | {"share", "menu", "terms", "reprint", "follow", "support"}
"""The rules for lines that come with a page, and not with an article alone, as a credit or the time of publication may."""
SHORT, PROSE, NEAR_PROSE, SUBHEAD = 0.5, 0.35, 0.1, 0.2
"""The least probability at which a short line, running text, running text below running text, and a subhead are kept."""
NEAR = 3
LOOSE = 0.25
"""The greatest share of lines that are no sentence, such as subheads and a signature, in an article alone."""


def chances(lines: Sequence[str], learned: Weights) -> list[float]:
    """For each line the probability of being article; a text of which nothing would remain is kept whole."""
    found = probabilities([learned.of(names) for names in features(lines)], learned.steps)
    return found if any(chance >= SHORT for chance in found) else [SHORT] * len(found)


def kept(lines: Sequence[str], chances: Sequence[float]) -> list[bool]:
    """For each line whether it is kept."""
    if is_clean(lines):
        chances = [max(chance, SHORT) if ends_sentence(line) else chance for line, chance in zip(lines, chances, strict=True)]
    found: list[bool] = []
    last_prose = -len(lines) - NEAR
    for i, (line, chance, heading) in enumerate(zip(lines, chances, headings(lines), strict=True)):
        said = wordings(line)
        if is_prose(line):
            follows = i - last_prose <= NEAR and not said and not heading and ends_sentence(line)
            keep = chance >= (NEAR_PROSE if follows else PROSE)
            last_prose = i if keep else last_prose
        else:
            keep = chance >= SHORT and not says_furniture(line, PLAIN_WORDS)
        found.append(keep or _is_introduced(lines, found))
    return [keep or _is_subhead(lines, chances, found, i) for i, keep in enumerate(found)]


def is_clean(lines: Sequence[str]) -> bool:
    """Whether the text is most likely an article alone: no line says furniture, and most below the opening are sentences."""
    first = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    loose = sum(not ends_sentence(line) and not is_bulleted(line) for line in lines[first:])
    return loose <= max(1, LOOSE * (len(lines) - first)) and not any(map(says_furniture, lines))


def says_furniture(line: str, rules: frozenset[str] = FURNITURE) -> bool:
    """Whether a line says by one of these rules that it is furniture; a sentence may hold such words by chance."""
    return any(wording.rule in rules for wording in wordings(line)) and not ends_sentence(line)


def _is_subhead(lines: Sequence[str], chances: Sequence[float], found: Sequence[bool], i: int) -> bool:
    """Whether a short line between two kept paragraphs may head the second: it is likely enough, and says no furniture."""
    between = 0 < i < len(lines) - 1 and found[i - 1] and found[i + 1] and is_prose(lines[i - 1]) and is_prose(lines[i + 1])
    return between and chances[i] >= SUBHEAD and not is_prose(lines[i]) and not wordings(lines[i])


def _is_introduced(lines: Sequence[str], found: Sequence[bool]) -> bool:
    """Whether the next line is an item of a list that the article introduces: "The weekend includes:"."""
    i = len(found)
    if not is_bulleted(lines[i]) or wordings(lines[i]):
        return False
    above = next((j for j in range(i - 1, -1, -1) if not is_bulleted(lines[j])), None)
    if above is None or not all(found[above:]) or wordings(lines[above]):
        return False
    return lines[above].endswith((":", "：")) and len(lines[above].split()) >= 3
