"""Turn processors on and off, and set their options."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.registry import registry, settings
from newsdesk.sdk import OptionError, Processor
from newsdesk.sdk.processor import configured


def enable(*, processor: str, enabled: bool, actor: Actor) -> ProcessorSetting:
    """Turn a processor on or off; its options stay."""
    before = settings().get(processor)
    return _save(processor, enabled, before.options if before else {}, actor)


def set_options(*, processor: str, options: Mapping[str, Any], actor: Actor) -> ProcessorSetting:
    """Give a processor these options, and defaults for the rest."""
    before = settings().get(processor)
    return _save(processor, before.enabled if before else True, options, actor)


def _save(name: str, enabled: bool, options: Mapping[str, Any], actor: Actor) -> ProcessorSetting:
    require(actor, Operation.CONFIGURE_PLUGINS)
    try:
        configured(_installed(name), options)
    except OptionError as error:
        raise ValidationError(str(error)) from error
    return ProcessorSetting.objects.create(processor=name, enabled=enabled, options=dict(options), saved_by=actor.user)


def _installed(name: str) -> Processor:
    try:
        return registry().processors[name]
    except KeyError:
        known = ", ".join(registry().processors) or "none"
        raise ValidationError(f"no processor {name!r} is installed; there are {known}") from None
