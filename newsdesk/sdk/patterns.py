"""Whether a regular expression can be held against a text of some length without hanging: by its worst case, on paper.

Python's own engine tries all ways in which a pattern may match, and nothing can stop it while it does. So a pattern in
which that number may explode is refused when it is given, rather than run and regretted. What is refused is a little more
than what is dangerous; the reason says how to write it otherwise.
"""

import re

MAX_STEPS = 10_000_000
"""So many steps may a match take at worst: a fraction of a second."""

_REPEAT = re.compile(r"\{(\d*)(,?)(\d*)\}")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


def trouble_with(pattern: str, longest: int = 200) -> str | None:
    """Why this pattern shall not be held against texts of up to `longest` characters; None where it may be."""
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        return f"{_shown(pattern)} is no regular expression: {error}"
    try:
        steps = _Reader(pattern, longest).steps()
    except _Refused as refused:
        return str(refused)
    except RecursionError:
        return f"{_shown(pattern)} has groups in groups beyond measure; flatten it"
    if steps > MAX_STEPS:
        return f"{_shown(pattern)} has too many repetitions; a text could keep it busy for ever: use fewer * + ? and {{}}"
    return None


class _Refused(Exception):
    """A construct that is not taken, whatever it costs."""


class _Reader:
    """Reads a pattern that compiles, and multiplies in how many ways each part of it may match."""

    def __init__(self, pattern: str, longest: int) -> None:
        self._pattern = pattern
        self._longest = max(longest, 1)
        self._at = 0

    def steps(self) -> int:
        anchored = self._pattern.startswith(("^", r"\A")) and not self._has_branches_outside_groups()
        return self._branches() * (1 if anchored else self._longest)

    def _has_branches_outside_groups(self) -> bool:
        reader = _Reader(self._pattern, self._longest)
        reader._branch()
        return reader._at < len(self._pattern)

    def _branches(self) -> int:
        """The ways of `a|b|c`: those of the widest where the first characters tell which it is, else all together."""
        ways, firsts = [], []
        while True:
            start = self._at
            ways.append(self._branch())
            firsts.append(self._pattern[start : start + 1])
            if self._pattern[self._at : self._at + 1] != "|":
                break
            self._at += 1
        told_apart = len(set(firsts)) == len(firsts) and all(first.isalnum() for first in firsts)
        return max(ways) if told_apart else sum(ways)

    def _branch(self) -> int:
        ways = 1
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            start = self._at
            inner = self._atom()
            ways = min(ways * self._repeated(inner, start), MAX_STEPS + 1)
        return ways

    def _atom(self) -> int:
        char = self._pattern[self._at]
        if char == "\\":
            if self._pattern[self._at + 1] in "123456789":
                raise _Refused(f"{_shown(self._pattern)} refers back to a group, which may take for ever; spell it out")
            self._at += 2
        elif char == "[":
            end = self._at + 2 if self._pattern[self._at + 1] == "^" else self._at + 1
            end += self._pattern[end] == "]"
            while self._pattern[end] != "]":
                end += 2 if self._pattern[end] == "\\" else 1
            self._at = end + 1
        elif char == "(":
            return self._group()
        else:
            self._at += 1
        return 1

    def _group(self) -> int:
        named = _NAMED_GROUP.match(self._pattern, self._at)
        if named:
            self._at = named.end()
        elif self._pattern.startswith("(?:", self._at):
            self._at += 3
        elif self._pattern.startswith("(?", self._at):
            raise _Refused(
                f"{_shown(self._pattern)} has {self._pattern[self._at : self._at + 4]!r}; of these only (?: is taken"
            )
        else:
            self._at += 1
        ways = self._branches()
        self._at += 1
        return ways

    def _repeated(self, inner: int, start: int) -> int:
        least, most = self._quantifier()
        if most == 1 and least == 1:
            return inner
        if inner > 1 and most > 1:
            part = self._pattern[start : self._at]
            raise _Refused(
                f"{_shown(self._pattern)} has nested repetition, {_shown(part)}, which may take for ever; flatten it"
            )
        return inner * (most - least + 1)

    def _quantifier(self) -> tuple[int, int]:
        char = self._pattern[self._at : self._at + 1]
        bounds = _REPEAT.match(self._pattern, self._at) if char == "{" else None
        if char and char in "*+?":
            least, most = {"*": (0, self._longest), "+": (1, self._longest), "?": (0, 1)}[char]
            self._at += 1
        elif bounds and (bounds[1] or bounds[3]):
            least = int(bounds[1] or 0)
            most = max(least, min(int(bounds[3]), self._longest) if bounds[3] else self._longest) if bounds[2] else least
            self._at = bounds.end()
        else:
            return 1, 1
        if self._pattern[self._at : self._at + 1] in ("?", "+"):  # lazy, or possessive: no more ways than without
            self._at += 1
        return least, most


def _shown(pattern: str) -> str:
    return f"“{pattern[:57]}…”" if len(pattern) > 60 else f"“{pattern}”"
