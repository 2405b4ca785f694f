"""Read which options hold, where, and since when; what is secret is said to be there, and nothing else of it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from newsdesk.host.conf import conf
from newsdesk.host.models import ProcessorSecret, ProcessorSetting
from newsdesk.host.registry import Plans, registry
from newsdesk.host.saved import saved
from newsdesk.sdk import Processor
from newsdesk.sdk.options import secret_names
from newsdesk.sdk.processor import options


@dataclass(frozen=True)
class Standing:
    """The options that a processor has: for all sources, what is other for single ones, and what the operator fixed.

    `secrets` are those that are set for all sources, `secrets_of_sources` those of single ones, by name alone.
    """

    options: Mapping[str, Any]
    of_sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    secrets_of_sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: frozenset[str] = frozenset()


def standings(made: Plans) -> dict[str, Standing]:
    """What holds under these plans, for each processor that is installed; one query."""
    kept: dict[str, dict[str, list[str]]] = {}
    for name, source, secret in ProcessorSecret.objects.order_by("option").values_list("processor", "source", "option"):
        kept.setdefault(name, {}).setdefault(source, []).append(secret)
    return {name: _standing(each, made, kept.get(name, {})) for name, each in registry().processors.items()}


def _standing(installed: Processor, made: Plans, kept: Mapping[str, Iterable[str]]) -> Standing:
    name, hidden = installed.name, secret_names(installed)
    general = options(_in(made.general.processors, name) or installed)
    of_sources = {}
    for source, plan in made.by_source.items():
        there = _in(plan.processors, name)
        others = {key: value for key, value in options(there).items() if value != general.get(key)} if there else {}
        if others:
            of_sources[source] = others
    operator = frozenset(conf().options.get(name, {}))
    of_all = sorted({*kept.get("", ()), *operator} & hidden)
    its = {source: tuple(each for each in names if each in hidden) for source, names in kept.items() if source}
    return Standing(general, of_sources, tuple(of_all), its, operator)


@dataclass(frozen=True)
class Present:
    """What the form of a processor shows for all sources, or for one.

    `options` are the values that hold, as they were said even where they do not fit any more; `said` those that were
    saved for this place; `everywhere`, for one source, what holds for all. `secrets` has the rows of those that are set,
    or None where the operator did, without their values; `inherited` those of all sources that hold for this one.
    """

    options: Mapping[str, Any]
    said: Mapping[str, Any]
    everywhere: Mapping[str, Any] | None
    secrets: Mapping[str, ProcessorSecret | None]
    inherited: frozenset[str]
    fixed: frozenset[str]
    setting: ProcessorSetting | None
    other_sources: tuple[str, ...]


def present(installed: Processor, source: str = "") -> Present:
    """What holds for a processor, for all sources or one; three queries."""
    name, hidden, said = installed.name, secret_names(installed), saved()
    rows = ProcessorSecret.objects.filter(processor=name, source=source, option__in=hidden).select_related("saved_by")
    secrets: dict[str, ProcessorSecret | None] = {each.option: each for each in rows.defer("value")}
    operator = frozenset(conf().options.get(name, {}))
    secrets |= dict.fromkeys(operator & hidden)
    own = {key: value for key, value in said.options.get((name, source), {}).items() if key not in hidden}
    return Present(
        options=_without(said.of(name, source), installed, hidden),
        said=own,
        everywhere=_without(said.of(name), installed, hidden) if source else None,
        secrets=secrets,
        inherited=frozenset(said.secrets.get((name, ""), {})) - secrets.keys() if source else frozenset(),
        fixed=operator,
        setting=history(name).filter(source=source).first(),
        other_sources=tuple(
            sorted({place for (whose, place), values in said.options.items() if whose == name and place and values})
        ),
    )


def _without(values: Mapping[str, Any], installed: Processor, hidden: frozenset[str]) -> dict[str, Any]:
    shown = {key: value for key, value in {**options(installed), **values}.items() if key not in hidden}
    plain: dict[str, Any] = json.loads(json.dumps(shown))  # lists for tuples, as forms and rows have them
    return plain


def _in(processors: Iterable[Processor], name: str) -> Processor | None:
    return next((each for each in processors if each.name == name), None)


def history(processor: str) -> QuerySet[ProcessorSetting]:
    """All that was ever saved for a processor, newest first."""
    return ProcessorSetting.objects.filter(processor=processor).select_related("saved_by").order_by("-pk")
