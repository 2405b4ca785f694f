"""Numbers out of the environment, and what is said of one that cannot be used."""

from collections.abc import Mapping


class SettingError(Exception):
    """A variable of the environment has a value that cannot be used."""


def number(environ: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    """A number in its bounds; the default where the variable is unset or blank."""
    value = environ.get(name) or default
    try:
        found = float(value)
    except ValueError:
        found = least - 1
    if not least <= found <= most:
        raise SettingError(f"{name} is {value!r}; it must be a number from {least:g} to {most:g}")
    return found


def whole(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    """A whole number in its bounds; the default where the variable is unset or blank."""
    value = environ.get(name) or str(default)
    if not value.strip().isdecimal() or not least <= int(value[:20]) <= most:
        raise SettingError(f"{name} is {value!r:.80}; it must be a whole number from {least} to {most}")
    return int(value)
