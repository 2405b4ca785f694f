"""What was said of the processors' options, and what of it holds: for all sources, for one, and above all by the operator."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Max

from newsdesk.host.conf import conf
from newsdesk.host.models import PluginSwitch, ProcessorSecret, ProcessorSetting

Place = tuple[str, str]
"""A processor and a source; no source means all of them."""

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Saved:
    """Options as they were given, by processor and source; what is not given has its default.

    For one source its own values lie over those for all sources, and the operator's over both. `tried` lies over
    everything, for what is only tried. Of `plugins_off` nothing runs but what is tried.
    """

    options: Mapping[Place, Values] = field(default_factory=dict)
    secrets: Mapping[Place, Mapping[str, str]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    plugins_off: frozenset[str] = frozenset()
    operator: Mapping[str, Values] = field(default_factory=dict)
    tried: Mapping[str, Values] = field(default_factory=dict)

    @property
    def sources(self) -> list[str]:
        """The sources of which something else is said than of all."""
        return sorted(
            {source for given in (self.options, self.secrets) for (_, source), values in given.items() if source and values}
        )

    def of(self, processor: str, source: str = "") -> dict[str, Any]:
        """What holds for a processor, secrets among it."""
        found: dict[str, Any] = {}
        for place in dict.fromkeys([(processor, ""), (processor, source)]):
            found |= {**self.options.get(place, {}), **self.secrets.get(place, {})}
        return {**found, **self.operator.get(processor, {}), **self.tried.get(processor, {})}

    def saving(self, place: Place, options: Values, secrets: Mapping[str, str | None]) -> "Saved":
        """How it would be if these were saved: a secret that is None is removed, one that is not named stays."""
        kept = {**self.secrets.get(place, {}), **secrets}
        left = {name: value for name, value in kept.items() if value is not None}
        return replace(self, options={**self.options, place: options}, secrets={**self.secrets, place: left})

    def trying(self, processor: str, options: Values) -> "Saved":
        """How it would be if this processor were on, with these options whatever else is said."""
        return replace(self, off=self.off - {processor}, tried={**self.tried, processor: options})


def saved() -> Saved:
    """What holds now; three queries."""
    rows = latest_settings()
    secrets: dict[Place, dict[str, str]] = {}
    for each in ProcessorSecret.objects.all():
        secrets.setdefault((each.processor, each.source), {})[each.option] = each.value
    return Saved(
        options={place: row.options for place, row in rows.items()},
        secrets=secrets,
        off=frozenset(processor for (processor, source), row in rows.items() if not source and not row.enabled),
        plugins_off=switched_off(),
        operator=conf().options,
    )


def latest_settings() -> dict[Place, ProcessorSetting]:
    """The row that holds for each processor and source that anybody saved one for."""
    latest = ProcessorSetting.objects.order_by().values("processor", "source").annotate(latest=Max("id")).values("latest")
    rows = ProcessorSetting.objects.filter(id__in=latest).select_related("saved_by")
    return {(row.processor, row.source): row for row in rows}


def switched_off() -> frozenset[str]:
    """The plugins that somebody turned off as a whole."""
    latest = PluginSwitch.objects.values("plugin").annotate(latest=Max("id")).values("latest")
    return frozenset(PluginSwitch.objects.filter(id__in=latest, enabled=False).values_list("plugin", flat=True))
