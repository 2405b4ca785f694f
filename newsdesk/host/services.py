"""Turn processors and whole plugins on and off, and set options."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.host.models import PluginSwitch, ProcessorSetting
from newsdesk.host.registry import registry, settings, with_options
from newsdesk.sdk import OptionError, Processor


def enable(*, processor: str, enabled: bool, actor: Actor) -> ProcessorSetting:
    """Turn a processor on or off; its options stay."""
    require(actor, Operation.CONFIGURE_PLUGINS)
    before = settings().get(processor)
    options = before.options if before else {}
    if enabled:  # what takes its options no longer can still be turned off
        check_options(processor, options)
    return ProcessorSetting.objects.create(
        processor=_installed(processor).name, enabled=enabled, options=options, saved_by=actor.user
    )


def switch(*, plugin: str, enabled: bool, actor: Actor) -> PluginSwitch:
    """Turn a whole plugin on or off: its processors and exporters, everywhere from now on, without a restart."""
    require(actor, Operation.CONFIGURE_PLUGINS)
    loaded = [each.name for each in registry().plugins]
    if plugin not in loaded:
        raise ValidationError(f"no plugin {plugin!r:.120} is loaded; there are {', '.join(loaded) or 'none'}")
    return PluginSwitch.objects.create(plugin=plugin, enabled=enabled, saved_by=actor.user)


def set_options(*, processor: str, options: Mapping[str, Any], actor: Actor) -> ProcessorSetting:
    """Give a processor these options, and defaults for the rest."""
    require(actor, Operation.CONFIGURE_PLUGINS)
    check_options(processor, options)
    before = settings().get(processor)
    enabled = before.enabled if before else True
    return ProcessorSetting.objects.create(processor=processor, enabled=enabled, options=dict(options), saved_by=actor.user)


def check_options(name: str, options: Mapping[str, Any]) -> None:
    """Raise ValidationError unless the processor is installed, takes these options, and a database can keep them."""
    try:
        with_options(_installed(name), options)
    except OptionError as error:
        raise ValidationError(str(error)) from error
    if "\\u0000" in json.dumps(dict(options)).replace("\\\\", ""):
        raise ValidationError(f"{name}: options have a NUL character in them, which no database keeps; leave it out")


def _installed(name: str) -> Processor:
    try:
        return registry().processors[name]
    except KeyError:
        known = ", ".join(registry().processors) or "none"
        raise ValidationError(f"no processor {name!r} is installed; there are {known}") from None
