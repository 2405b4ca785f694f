"""The installed plugins, loaded once a process, and the plan that the saved settings make of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Max

from newsdesk.host.conf import conf
from newsdesk.host.limits import for_import
from newsdesk.host.models import PluginSwitch, ProcessorSetting
from newsdesk.pipeline import Plan, Problem, Registry, build_registry, make_plan
from newsdesk.pipeline.probe import load_safely
from newsdesk.sdk import Exporter, Kind, OptionError, PlanError, Processor
from newsdesk.sdk.media import Format
from newsdesk.sdk.processor import configured


@cache
def registry() -> Registry:
    """What is installed. A process sees a new plugin, or a new version, when it starts again."""
    return build_registry(load_safely(conf().data / "cache", for_import()))


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
    """The plan that holds now. One short query; the plan is made again only when a setting or switch was saved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM host_processorsetting), (SELECT max(id) FROM host_pluginswitch)")
        return _plan(*cursor.fetchone())


def settings() -> dict[str, ProcessorSetting]:
    """The setting that holds for each processor that anybody saved one for."""
    latest = ProcessorSetting.objects.values("processor").annotate(latest=Max("id")).values("latest")
    return {setting.processor: setting for setting in ProcessorSetting.objects.filter(id__in=latest)}


def plan_with(name: str, options: Mapping[str, Any]) -> Plan:
    """The plan that would hold if this processor were on, with these options laid over those that it has now.

    Raises PlanError where the processor is not installed or finds no place, and OptionError for what it does not take.
    """
    installed, saved = registry().processors, settings()
    if name not in installed:
        raise PlanError(f"no processor {name!r} is installed; there are {', '.join(installed) or 'none'}", name)
    before = saved[name].options if name in saved else {}
    off = switched_off()
    others = [each for each in _chosen(saved, off)[0] if each.name != name]
    made = _made([*others, with_options(installed[name], {**before, **options})], off)
    for problem in made.left_out:
        if problem.plugin == name:
            raise PlanError(problem.message, name)
    return made


@lru_cache(maxsize=1)
def _plan(latest: int | None, switched: int | None) -> Plan:
    off = switched_off() if switched else frozenset()
    chosen, problems = _chosen(settings() if latest else {}, off)
    made = _made(chosen, off)
    return replace(made, left_out=(*problems, *made.left_out))


def _made(processors: Iterable[Processor], off: Collection[str]) -> Plan:
    """The plan of these processors and of the readers whose plugins are not off. Kinds stay: what was found is still shown."""
    installed = registry()
    readers = (each for each in installed.readers.values() if installed.owners.get(each.name) not in off)
    return make_plan(processors, installed.kinds, readers)


def _chosen(saved: Mapping[str, ProcessorSetting], off: Collection[str]) -> tuple[list[Processor], list[Problem]]:
    """The processors that are on, with their options, and what is wrong with those that their settings do not fit."""
    chosen, problems = [], []
    for processor in registry().processors.values():
        setting = saved.get(processor.name)
        if registry().owners.get(processor.name) in off:
            continue
        if setting is None:
            chosen.append(processor)
        elif setting.enabled:
            try:
                chosen.append(with_options(processor, setting.options))
            except OptionError as error:
                problems.append(Problem(processor.name, f"{error}; review its settings and save them again"))
    return chosen, problems


def with_options(processor: Processor, options: Mapping[str, Any]) -> Processor:
    """The processor with these options. Raises OptionError, whatever a plugin's own check of them may raise."""
    try:
        return configured(processor, options)
    except OptionError:
        raise
    except Exception as error:  # a plugin's own check of its options
        raise OptionError(f"{processor.name} does not take {dict(options)!r:.200}: {error}") from error


def disabled() -> set[str]:
    """The processors that somebody turned off, by themselves or with their plugin.

    One that is broken or gone is not among them: its results stay.
    """
    off, owners = switched_off(), registry().owners
    alone = {name for name, setting in settings().items() if not setting.enabled}
    return alone | {name for name in registry().processors if owners.get(name) in off}


def switched_off() -> frozenset[str]:
    """The plugins that somebody turned off as a whole."""
    latest = PluginSwitch.objects.values("plugin").annotate(latest=Max("id")).values("latest")
    return frozenset(PluginSwitch.objects.filter(id__in=latest, enabled=False).values_list("plugin", flat=True))


def exporters() -> dict[str, Exporter]:
    """The exporters by name, less those of plugins that somebody turned off."""
    installed, off = registry(), switched_off()
    return {name: each for name, each in installed.exporters.items() if installed.owners.get(name) not in off}
