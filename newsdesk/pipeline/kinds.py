"""Kinds that plugins declare: which are taken, and what of them may be asked outside the plugins' process."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from newsdesk.pipeline.findings import Findings
from newsdesk.sdk.contract import check_artifact
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.processor import Processor

Kinds = Mapping[str, Kind]
"""Kinds by name: those that ship, and those that are declared."""


def declared(kinds: Kinds) -> dict[str, Kind]:
    """Those that do not ship."""
    return {name: kind for name, kind in kinds.items() if KINDS.get(name) is not kind}


def without_code(kinds: Kinds) -> Kinds:
    """The kinds without a plugin's code in them, which the desk must not run: its checks, and its regular expressions, which
    may take for ever."""
    return {**kinds, **{name: _plain(kind) for name, kind in declared(kinds).items() if has_code(kind)}}


def has_code(kind: Kind) -> bool:
    """Whether a kind says something that only the plugins' process may be asked."""
    return kind.check is not None or _without_patterns(kind.schema) != kind.schema


def _plain(kind: Kind) -> Kind:
    return replace(kind, check=None, schema=_without_patterns(kind.schema))


def _without_patterns(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema without `pattern`, at any depth. The names of an object's properties are no keywords."""
    plain = {keyword: value for keyword, value in schema.items() if keyword != "pattern"}
    if "properties" in plain:
        plain["properties"] = {name: _without_patterns(each) for name, each in plain["properties"].items()}
    if "anyOf" in plain:
        plain["anyOf"] = [_without_patterns(each) for each in plain["anyOf"]]
    for keyword in ("items", "additionalProperties"):
        if isinstance(plain.get(keyword), Mapping):
            plain[keyword] = _without_patterns(plain[keyword])
    return plain


def hold_by_code(findings: Findings, processor: Processor, kinds: Kinds, text: str | None) -> None:
    """Hold findings to what the code of declared kinds says, in the plugins' process. What is no artifact at all is left
    to the worker. Raises ContractError, and whatever a check raises."""
    given = declared(kinds)
    asked = [name for name in processor.provides if name in given and has_code(given[name])]
    if asked and text is None:
        text = next((str(data["text"]) for data, *_ in findings.entries("text")), None)
    for name in asked:
        for number, each in enumerate(findings.of_kinds([name])):
            check_artifact(each, text, kinds, f"artifact {number} ({name})")


def digests(kinds: Kinds, of: Iterable[str]) -> list[list[str]]:
    """The names and digests of those among these kinds that plugins declare. What ships changes with the release."""
    return [[name, kinds[name].digest] for name in sorted(set(of)) if name in kinds and KINDS.get(name) is not kinds[name]]
