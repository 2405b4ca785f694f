"""Articles that change, with the truth about where each character of them went.

An edited text is a list of characters, each with the place it had before (None: newly written). So a test can say of any
stretch of the new text what it was, whatever was done to it: copies are as good as what they were copied from.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from newsdesk.sdk import Span

NAMES = ("Odela Marn", "Tevin Roske", "Ilka Brandow", "Sorel Pahl", "Yanni Quist", "Bertil Amsel", "Nuria Holt", "Dag Verlo")
TITLES = ("Councillor", "Harbour master", "Professor", "Spokeswoman", "Mayor", "Head teacher")
THINGS = ("harbour", "school roof", "ferry line", "library", "town orchestra", "night bus", "old mill", "market hall")
VERBS = ("rebuild", "close", "paint", "sell", "measure", "finish", "postpone", "insure", "heat", "move")
TIMES = ("before the winter", "by the end of March", "within two years", "after the election", "on Tuesday", "next autumn")
WORDS = (
    "reason", "water", "letter", "morning", "price", "island", "window", "paper", "answer", "season", "number", "engine",
    "garden", "corner", "ladder", "kettle", "ticket", "bridge", "carpet", "pencil", "mirror", "basket", "saddle", "lantern",
)  # fmt: skip


@dataclass(frozen=True)
class Article:
    """A text, and the spans of each quote in it: content, cue, source."""

    text: str
    quotes: tuple[tuple[Span, ...], ...]


def article(quotes: int, seed: int = 1, *, template: bool = False, terse: bool = False) -> Article:
    """So many quotes, each in a paragraph of its own between other sentences, after one if it is to be `terse`.

    Sentences of a template differ in a few letters.
    """
    chance = random.Random(seed)
    lines, spans, at = [], [], 0
    for number in range(quotes):
        opening, quote, source = _template(chance, number) if template else _free(chance)
        line = f"{opening}“{quote}” said {source}.{'' if terse else ' ' + _prose(chance)}"
        start = at + len(opening) + 1
        cue = start + len(quote) + 2
        spans.append(
            (
                Span(start, start + len(quote), "content"),
                Span(cue, cue + 4, "cue"),
                Span(cue + 5, cue + 5 + len(source), "source"),
            )
        )
        lines.append(line)
        at += len(line) + 1
    return Article("\n".join(lines), tuple(spans))


def _free(chance: random.Random) -> tuple[str, str, str]:
    quote = f"We will {chance.choice(VERBS)} the {chance.choice(THINGS)} {chance.choice(TIMES)}, whatever the {_few(chance)},"
    return f"{_prose(chance)} ", quote, f"{chance.choice(TITLES)} {chance.choice(NAMES)}"


def joined(one: Article, other: Article) -> Article:
    """Both, one after the other."""
    by = len(one.text) + 1
    shifted = tuple(tuple(Span(span.start + by, span.end + by, span.role) for span in quote) for quote in other.quotes)
    return Article(f"{one.text}\n{other.text}", one.quotes + shifted)


def _template(chance: random.Random, number: int) -> tuple[str, str, str]:
    return "", f"The budget of district {number} will rise by {chance.randint(2, 9)} per cent,", "Councillor Odela Marn"


def _prose(chance: random.Random) -> str:
    return f"The {_few(chance)} of the {_few(chance)} went to the {chance.choice(THINGS)} {chance.choice(TIMES)}."


def _few(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=3))


class Edited:
    """An article in the making: characters and where each was."""

    def __init__(self, text: str) -> None:
        self.before = text
        self.characters: list[tuple[str, int | None]] = [(char, at) for at, char in enumerate(text)]

    @property
    def text(self) -> str:
        """What a reader sees now."""
        return "".join(char for char, _ in self.characters)

    def paragraphs(self) -> list[list[tuple[str, int | None]]]:
        """The characters, line by line."""
        lines: list[list[tuple[str, int | None]]] = [[]]
        for char in self.characters:
            if char[0] == "\n":
                lines.append([])
            else:
                lines[-1].append(char)
        return lines

    def arrange(self, paragraphs: Sequence[list[tuple[str, int | None]]]) -> "Edited":
        """Let the text have these lines."""
        self.characters = [char for line in paragraphs for char in [*line, ("\n", None)]][:-1]
        return self

    def write(self, at: int, words: str) -> "Edited":
        """Put new words in."""
        self.characters[at:at] = [(char, None) for char in words]
        return self

    def cut(self, start: int, end: int) -> "Edited":
        """Take characters out."""
        del self.characters[start:end]
        return self

    def mistype(self, places: Sequence[int]) -> "Edited":
        """Replace letters by others; each still is the letter that it was."""
        for at in places:
            char, origin = self.characters[at]
            if char.isalpha():
                self.characters[at] = ("q" if char != "q" else "z", origin)
        return self

    def replace(self, old: str, new: str) -> "Edited":
        """Replace one character by others everywhere."""
        self.characters = [(each, at) for char, at in self.characters for each in (new if char == old else char)]
        return self

    def survives(self, span: Span) -> bool:
        """Whether all of the span is still there."""
        return set(range(span.start, span.end)) <= {at for _, at in self.characters}

    def is_right(self, old: Span, new: Span) -> bool:
        """Whether the new span is what became of the old one.

        Its letters were the old one's, but for two at its borders. Or, where a cut joined two sentences that end alike, it
        says the same and stands in what was the old one's sentence: no reader could tell the ends apart.
        """
        origins = self._origins(new.start, new.end)
        own = sum(old.start - 2 <= at < old.end + 2 for at in origins)
        around = self._origins(max(0, new.start - 40), new.end + 40)
        near = sum(old.start - 42 <= at < old.end + 42 for at in around)
        return own >= 0.6 * max(1, len(origins)) or (near >= len(around) / 2 and self._said(old, new))

    def _origins(self, start: int, end: int) -> list[int]:
        return [at for _, at in self.characters[start:end] if at is not None]

    def _said(self, old: Span, new: Span) -> bool:
        return new.of(self.text) == old.of(self.before)


def rearranged(text: str, chance: random.Random, steps: int) -> Edited:
    """After so many steps of an editor's: lines and sentences written, deleted, copied or moved, words cut, letters wrong."""
    edited = Edited(text)
    for _ in range(steps):
        chance.choice((_delete, _copy, _move, _write, _cut, _misspell))(edited, chance)
    return edited


def _delete(edited: Edited, chance: random.Random) -> None:
    lines = edited.paragraphs()
    lines.pop(chance.randrange(len(lines)))
    edited.arrange(lines or [[]])


def _copy(edited: Edited, chance: random.Random) -> None:
    lines = edited.paragraphs()
    lines.insert(chance.randrange(len(lines) + 1), lines[chance.randrange(len(lines))])
    edited.arrange(lines)


def _move(edited: Edited, chance: random.Random) -> None:
    lines = edited.paragraphs()
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    edited.arrange(lines)


def _write(edited: Edited, chance: random.Random) -> None:
    lines = edited.paragraphs()
    words = chance.choice(("", _free(chance)[1])) + " Nobody had expected the answer to come so soon."
    lines.insert(chance.randrange(len(lines) + 1), [(char, None) for char in words])
    edited.arrange(lines)


def _cut(edited: Edited, chance: random.Random) -> None:
    lines = edited.paragraphs()
    line = chance.choice(lines)
    start = chance.randrange(len(line) + 1)
    del line[start : start + chance.randint(1, 60)]
    edited.arrange(lines)


def _misspell(edited: Edited, chance: random.Random) -> None:
    count = len(edited.characters)
    edited.mistype(chance.sample(range(count), chance.randint(0, count // 40)))


def shuffled(text: str, seed: int = 2) -> Edited:
    """The paragraphs in another order."""
    edited = Edited(text)
    lines = edited.paragraphs()
    random.Random(seed).shuffle(lines)
    return edited.arrange(lines)


def misspelt(text: str, letters: int, seed: int = 3) -> Edited:
    """With so many letters wrong."""
    return Edited(text).mistype(random.Random(seed).sample(range(len(text)), letters))


def thinned(text: str, every: int) -> Edited:
    """Without every so manieth paragraph."""
    edited = Edited(text)
    return edited.arrange([line for number, line in enumerate(edited.paragraphs()) if number % every])


def doubled(text: str) -> Edited:
    """Twice."""
    edited = Edited(text)
    return edited.arrange(edited.paragraphs() * 2)


def updated(text: str) -> Edited:
    """With a line on top."""
    return Edited(text).write(0, "Update, 14:20: the mayor has answered.\n")


def respaced(text: str) -> Edited:
    """With other blanks and line ends."""
    return Edited(text).replace(" ", "\u00a0").replace("\n", "\n\n")
