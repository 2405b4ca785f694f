"""How a name of the SDK goes: it works for a release more, and using it says what comes instead, and when it goes."""

import functools
import importlib
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Moved:
    """Where a name went: `successor` as "package.module:name", and the release in which the old one goes, as "0.3"."""

    successor: str
    gone_in: str


def moved_names(module: str, names: Mapping[str, Moved]) -> Callable[[str], Any]:
    """A module's `__getattr__` that gives what a name became, with a DeprecationWarning where the old name is used.

    `__getattr__ = moved_names(__name__, {"Quotation": Moved("newsdesk.sdk:Quote", "0.3")})`. Raises AttributeError for any
    other name, as every module does.
    """

    def moved(name: str) -> Any:
        if name not in names:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found = names[name]
        _warn(f"{module}.{name}", found.successor.replace(":", "."), found.gone_in)
        where, _, called = found.successor.partition(":")
        return getattr(importlib.import_module(where), called)

    return moved


def deprecated(successor: str, gone_in: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A decorator for a function that goes: each call warns (DeprecationWarning) and names the successor and the release."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def warned(*args: P.args, **kwargs: P.kwargs) -> R:
            _warn(f"{function.__module__}.{function.__qualname__}", successor, gone_in)
            return function(*args, **kwargs)

        return warned

    return decorate


def _warn(old: str, successor: str, gone_in: str) -> None:
    warnings.warn(f"{old} goes in Newsdesk {gone_in}; use {successor}", DeprecationWarning, stacklevel=3)
