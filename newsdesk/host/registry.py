"""The installed plugins, loaded once a process, and the plans that the saved settings make of them."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from django.db import DatabaseError, connection, transaction

from newsdesk.host.conf import conf
from newsdesk.host.limits import for_import
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.saved import Saved, latest_settings, saved, switched_off
from newsdesk.pipeline import Plan, Problem, Registry, build_registry, make_plan
from newsdesk.pipeline.probe import load_safely
from newsdesk.sdk import Exporter, Kind, OptionError, PlanError, Processor
from newsdesk.sdk.media import Format
from newsdesk.sdk.processor import configured


@dataclass(frozen=True)
class Plans:
    """The plan for all sources, and by short name the plans of those whose options make another; `off` are the plugins of
    which nothing is in any of them, since somebody turned them off.

    Only where results may differ has a plan of a source a digest of its own, in which its name is: no two sources have
    one in common.
    """

    general: Plan
    by_source: Mapping[str, Plan] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    def of(self, source: str) -> Plan:
        """The plan for documents of this source."""
        return self.by_source.get(source, self.general)

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """What is wrong, in any of them, each said once."""
        return tuple(dict.fromkeys(each for plan in (self.general, *self.by_source.values()) for each in plan.left_out))


@cache
def registry() -> Registry:
    """What is installed. A process sees a new plugin, or a new version, when it starts again."""
    return build_registry(load_safely(conf().data / "cache", for_import(), _off_at_the_start()))


def _off_at_the_start() -> frozenset[str]:
    """The plugins that are off when this process begins: one that is broken is not even tried then.

    Before there is a database, and while it is down, nobody can say; so all are tried.
    """
    was_open = connection.connection is not None
    try:
        with contextlib.suppress(DatabaseError), transaction.atomic():
            return switched_off()
        return frozenset()
    finally:
        if not was_open:
            connection.close()  # processes that are forked from this one must not share it


def problems() -> tuple[Problem, ...]:
    """What is wrong with plugins and with the plans that hold now. Of a plugin that is off, nothing is said."""
    made = plans()
    return (*(each for each in registry().problems if each.plugin not in made.off), *made.left_out)


def kinds() -> Mapping[str, Kind]:
    """The kinds that ship and those that plugins declare, without code of plugins in them."""
    return registry().plain_kinds


def kind(name: str) -> Kind:
    """The kind of this name. One whose plugin is gone goes by its name: what was found of it is still shown and decided on."""
    return kinds().get(name) or Kind(name, name)


def formats() -> tuple[Format, ...]:
    """What documents may be beside HTML and plain text: what the installed readers announce."""
    return registry().formats


def plan() -> Plan:
    """The plan that holds now, where nothing else is said of a source. One short query, as of `plans`."""
    return plans().general


def plans() -> Plans:
    """The plans that hold now. One short query; they are made again only when a setting or switch was saved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM host_processorsetting), (SELECT max(id) FROM host_pluginswitch)")
        return _plan(*cursor.fetchone(), json.dumps(conf().options, sort_keys=True))


def settings() -> dict[str, ProcessorSetting]:
    """The setting that holds, for all sources, for each processor that anybody saved one for."""
    return {processor: row for (processor, source), row in latest_settings().items() if not source}


def plans_with(name: str, options: Mapping[str, Any]) -> Plans:
    """The plans that would hold if this processor were on, with these options laid over whatever it has now.

    Raises PlanError where the processor is not installed or finds no place, and OptionError for what it does not take.
    """
    installed = registry().processors
    if name not in installed:
        raise PlanError(f"no processor {name!r} is installed; there are {', '.join(installed) or 'none'}", name)
    trying = saved().trying(name, options)
    configured(installed[name], trying.of(name))
    made = make_plans(trying)
    for problem in made.general.left_out:
        if problem.plugin == name:
            raise PlanError(problem.message, name)
    return made


@lru_cache(maxsize=1)
def _plan(latest: int | None, switched: int | None, operator: str) -> Plans:
    return make_plans(saved() if latest or switched else Saved(operator=conf().options))


def make_plans(said: Saved) -> Plans:
    """The plans that would hold if this were what is said."""
    general = _made(said)
    own: dict[str, Plan] = {}
    for source in said.sources:
        other = _made(said, source)
        if other.processors != general.processors:
            scope = source if other.digest != general.digest else ""
            known = {each.plugin for each in general.left_out}
            left_out = tuple(each for each in other.left_out if each.plugin not in known)
            own[source] = replace(other, left_out=left_out, scope=scope)
    return Plans(general, own, said.plugins_off)


def _made(said: Saved, source: str = "") -> Plan:
    """The plan of the processors and readers that are on. Kinds stay, whoever is off: what was found is still shown."""
    chosen, problems = _chosen(said, source)
    installed = registry()
    readers = (each for each in installed.readers.values() if installed.owners.get(each.name) not in said.plugins_off)
    made = make_plan(chosen, installed.kinds, readers)
    return replace(made, left_out=(*problems, *made.left_out))


def _chosen(said: Saved, source: str) -> tuple[list[Processor], list[Problem]]:
    """The processors that are on, with their options, and what is wrong with those that their settings do not fit."""
    chosen, problems = [], []
    for processor in registry().processors.values():
        plugin_is_off = registry().owners.get(processor.name) in said.plugins_off and processor.name not in said.tried
        if processor.name in said.off or plugin_is_off:
            continue
        try:
            chosen.append(configured(processor, said.of(processor.name, source)))
        except OptionError as error:
            where = f" for source {source!r}" if source else ""
            problems.append(Problem(processor.name, f"{error}; review its settings{where} and save them again"))
    return chosen, problems


def disabled() -> set[str]:
    """The processors that somebody turned off, by themselves or with their plugin.

    One that is broken or gone is not among them: its results stay.
    """
    off, owners = switched_off(), registry().owners
    alone = {name for name, setting in settings().items() if not setting.enabled}
    return alone | {name for name in registry().processors if owners.get(name) in off}


def exporters() -> dict[str, Exporter]:
    """The exporters by name, less those of plugins that somebody turned off."""
    installed, off = registry(), switched_off()
    return {name: each for name, each in installed.exporters.items() if installed.owners.get(name) not in off}
