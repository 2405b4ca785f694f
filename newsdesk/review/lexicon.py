"""Which words English has: what tells a slip of the pen from another word.

"lezal" is "legal" with a slip; "illegal" is another word, though it is as near. Of other languages nothing is known here, so
in a text that is not English no word is taken for another with a slip in it.
"""

from collections.abc import Collection
from functools import cache

ENGLISH = 0.5
"""So large a share of its words must be known for a text to be English: names and typing errors are not."""


def is_word(word: str) -> bool:
    """Whether English has this word, in small letters; the better known names are among its words."""
    return word in _words()


def is_english(words: Collection[str]) -> bool:
    """Whether these words, in small letters, are those of an English text."""
    return bool(words) and sum(map(is_word, words)) >= ENGLISH * len(words)


@cache
def _words() -> frozenset[str]:
    """Loaded where it is first asked for, a third of a second, since few texts that change have a slip in a quote."""
    from spellchecker import SpellChecker

    return frozenset(SpellChecker(language="en").word_frequency.dictionary)
