"""The range of Newsdesk that a plugin says it was made for: its requirement `newsdesk>=0.1,<0.2`, read strictly.

Installers hold a plugin to it only while they install; what is there after an upgrade of Newsdesk is found out here.
A release number is compared with release numbers: less than PEP 440 allows, and nothing is guessed.
"""

import re
from collections.abc import Iterable

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?([^();@]*)\)?\s*(?:;(.*))?")
_CLAUSE = re.compile(r"(~=|==|!=|<=|>=|<|>)\s*(\d{1,9}(?:\.\d{1,9}){0,9})(\.\*)?")
EXAMPLE = "newsdesk>=0.1,<0.2"


def normalized(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared_range(requirements: Iterable[str]) -> str:
    """What a distribution's requirements say of Newsdesk, as in ">=0.1,<0.2"; nothing where they say nothing.

    What only some extra or environment asks for is the installer's to judge.
    """
    found = (_REQUIREMENT.fullmatch(each) for each in requirements)
    ranges = (each[2] for each in found if each and normalized(each[1]) == "newsdesk" and not each[3])
    clauses = [each.strip() for one in ranges for each in one.split(",") if each.strip()]
    return ",".join(sorted(clauses, key=lambda each: each.startswith("<")))  # builders sort them otherwise than people do


def why_incompatible(declared: str, version: str) -> str | None:
    """What is wrong where the version is out of the range, or the range cannot be read."""
    clauses = [each.strip() for each in declared.split(",") if each.strip()]
    for clause in clauses:
        met = _is_met(clause, version)
        if met is None:
            return f"requires 'newsdesk{declared}', where {clause!r:.60} cannot be read; write it as in {EXAMPLE!r}"
        if not met:
            return f"is made for newsdesk{declared}, and this is Newsdesk {version}"
    return None


def _is_met(clause: str, version: str) -> bool | None:
    """Whether the version meets one clause; None for what is no clause."""
    read = _CLAUSE.fullmatch(clause)
    if read is None or (read[3] and read[1] not in ("==", "!=")) or (read[1] == "~=" and "." not in read[2]):
        return None
    operator, wanted = read[1], [int(part) for part in read[2].split(".")]
    here = [int(part) for part in version.split(".")]
    if operator == "~=":
        return _compared(here, wanted) >= 0 and _begins_with(here, wanted[:-1])
    if read[3]:
        return _begins_with(here, wanted) is (operator == "==")
    order = _compared(here, wanted)
    met = {"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0}
    return met[operator]


def _compared(one: list[int], other: list[int]) -> int:
    length = max(len(one), len(other))
    a, b = (each + [0] * (length - len(each)) for each in (one, other))
    return (a > b) - (a < b)


def _begins_with(version: list[int], prefix: list[int]) -> bool:
    return (version + [0] * len(prefix))[: len(prefix)] == prefix
