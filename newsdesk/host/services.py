"""Turn processors and whole plugins on and off, and set options."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from newsdesk.access.policy import Actor, Operation, require
from newsdesk.host.models import PluginSwitch, ProcessorSecret, ProcessorSetting
from newsdesk.host.registry import Plans, make_plans, registry
from newsdesk.host.saved import Saved, latest_settings, saved
from newsdesk.pipeline import discovery
from newsdesk.sdk import OptionError, Processor
from newsdesk.sdk.options import made_values, options_schema, secret_names
from newsdesk.sdk.processor import configured

MAX_CHARS = 100_000
"""So much JSON may the options of a processor be."""

_SOURCE = re.compile(r"[-a-zA-Z0-9_]{0,50}")


def enable(*, processor: str, enabled: bool, actor: Actor) -> ProcessorSetting:
    """Turn a processor on or off; its options stay."""
    require(actor, Operation.CONFIGURE_PLUGINS)
    installed = _installed(processor)
    before = latest_settings().get((processor, "")) or ProcessorSetting(options={})
    if enabled:  # what takes its options no longer can still be turned off
        _check(installed, saved(), "")
    return ProcessorSetting.objects.create(
        processor=processor,
        enabled=enabled,
        options=before.options,
        version=before.version,
        schema=before.schema,
        saved_by=actor.user,
    )


def switch(*, plugin: str, enabled: bool, actor: Actor) -> PluginSwitch:
    """Turn a whole plugin on or off: its processors and exporters, everywhere from now on, without a restart.

    One that is broken can be turned off too: nothing is said of it any more, and no process that begins tries to import it.
    """
    require(actor, Operation.CONFIGURE_PLUGINS)
    known = sorted({each.name for each in (*registry().plugins, *discovery.installed())})
    if plugin not in known:
        raise ValidationError(f"no plugin {plugin!r:.120} is installed; there are {', '.join(known) or 'none'}")
    return PluginSwitch.objects.create(plugin=plugin, enabled=enabled, saved_by=actor.user)


def set_options(
    *, processor: str, options: Mapping[str, Any], actor: Actor, source: str = "", seen: int | None = None
) -> ProcessorSetting:
    """Give a processor these options, and defaults for the rest; with a `source`, by its short name, there alone.

    What is not given for a source is there as it is everywhere. A secret that is not given, or empty, stays; one that is
    None is removed. `seen` is the number of the setting that the caller knew, 0 for none: it is an error if another holds.
    Raises PermissionDenied, or ValidationError with option, value and remedy.
    """
    require(actor, Operation.CONFIGURE_PLUGINS)
    plain, secrets = checked(processor, options, source)
    installed = _installed(processor)
    with transaction.atomic():
        list(ProcessorSetting.objects.select_for_update().filter(processor=processor, source=source).values("pk"))
        rows = latest_settings()  # after the lock: of two who save at once, one sees what the other saved
        before, general = rows.get((processor, source)), rows.get((processor, ""))
        if seen is not None and seen != (before.pk if before else 0):
            who = f" by {before.saved_by}" if before and before.saved_by else ""
            raise ValidationError(f"{processor}: other settings were saved{who} meanwhile; look at them, and save yours again")
        for name, value in secrets.items():
            _keep((processor, source), name, value, actor)
        return ProcessorSetting.objects.create(
            processor=processor,
            source=source,
            enabled=general.enabled if general else True,
            options=plain,
            secrets=sorted(secrets),
            version=installed.version,
            schema=options_schema(installed),
            saved_by=actor.user,
        )


def restore(*, setting_id: int, actor: Actor) -> ProcessorSetting:
    """Save again the options of an earlier setting, for the same sources; secrets and on or off stay as they are now.

    Raises ProcessorSetting.DoesNotExist, and what `set_options` raises.
    """
    require(actor, Operation.CONFIGURE_PLUGINS)
    earlier = ProcessorSetting.objects.get(pk=setting_id)
    return set_options(processor=earlier.processor, options=earlier.options, source=earlier.source, actor=actor)


def would_be(*, processor: str, options: Mapping[str, Any], source: str = "", actor: Actor) -> Plans:
    """The plans that would hold if `set_options` were called so. Nothing is saved; raises what `set_options` raises."""
    require(actor, Operation.CONFIGURE_PLUGINS)
    plain, secrets = checked(processor, options, source)
    return make_plans(saved().saving((processor, source), plain, secrets))


def checked(processor: str, options: Mapping[str, Any], source: str = "") -> tuple[dict[str, Any], dict[str, str | None]]:
    """The options without the secrets, and the secrets that change. Raises ValidationError as `set_options` does."""
    installed = _installed(processor)
    if not _SOURCE.fullmatch(source):
        raise ValidationError(f"there is no source {source!r:.60}; give its short name, or none for all sources")
    hidden = secret_names(installed)
    plain = {name: value for name, value in options.items() if name not in hidden}
    secrets = {name: value for name, value in options.items() if name in hidden and value != ""}
    given = {**plain, **{name: value for name, value in secrets.items() if value is not None}}
    try:
        made_values(installed, given)
    except OptionError as error:
        raise ValidationError(str(error)) from error
    _check_storable(processor, given)
    _check(installed, saved().saving((processor, source), plain, secrets), source)
    return plain, secrets


def check_options(name: str, options: Mapping[str, Any]) -> None:
    """Raise ValidationError unless the processor is installed, takes these options, and a database can keep them."""
    try:
        configured(_installed(name), options)
    except OptionError as error:
        raise ValidationError(str(error)) from error
    _check_storable(name, options)


def _check_storable(name: str, options: Mapping[str, Any]) -> None:
    written = json.dumps(dict(options))
    if len(written) > MAX_CHARS:
        raise ValidationError(f"{name}: options have {len(written):,} characters; {MAX_CHARS:,} are taken, so say less")
    if "\\u0000" in written.replace("\\\\", ""):
        raise ValidationError(f"{name}: options have a NUL character in them, which no database keeps; leave it out")


def check_tried(name: str, options: Mapping[str, Any]) -> None:
    """As `check_options`, and without secrets: what a shadow run was asked for is kept, and everybody may read it."""
    check_options(name, options)
    if hidden := secret_names(_installed(name)).intersection(options):
        raise ValidationError(f"{name}: option {min(hidden)!r} is a secret, which is not tried; save it among the settings")


def _check(processor: Processor, said: Saved, source: str) -> None:
    """All that would hold together: a processor may check one option against another."""
    try:
        configured(processor, said.of(processor.name, source))
    except OptionError as error:
        raise ValidationError(str(error)) from error


def _keep(place: tuple[str, str], name: str, value: str | None, actor: Actor) -> None:
    """Of secrets only the one that holds is kept."""
    processor, source = place
    if value is None:
        ProcessorSecret.objects.filter(processor=processor, source=source, option=name).delete()
    else:
        ProcessorSecret.objects.update_or_create(
            processor=processor, source=source, option=name, defaults={"value": value, "saved_by": actor.user}
        )


def _installed(name: str) -> Processor:
    try:
        return registry().processors[name]
    except KeyError:
        known = ", ".join(registry().processors) or "none"
        raise ValidationError(f"no processor {name!r} is installed; there are {known}") from None
