"""Which plan is for which document: that of its source, where one has other options than all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from newsdesk.corpus.models import Source
from newsdesk.host.registry import Plans, plans
from newsdesk.pipeline import Plan


@dataclass(frozen=True)
class Planning:
    """The plan for all sources, and by number of the source those of sources that have their own."""

    general: Plan
    own: Mapping[int, Plan] = field(default_factory=dict)

    def of(self, source_id: int) -> Plan:
        """The plan for documents of this source."""
        return self.own.get(source_id, self.general)

    @property
    def apart(self) -> dict[int, Plan]:
        """Of those of sources, the ones under which something else may be found than under the general one."""
        return {number: plan for number, plan in self.own.items() if plan.digest != self.general.digest}


def planning(made: Plans | None = None) -> Planning:
    """The plans that hold now, or these. One short query, and a second where a source has its own."""
    made = made or plans()
    return Planning(made.general, {number: made.by_source[slug] for number, slug in _numbers(made.by_source)})


def _numbers(slugs: Iterable[str]) -> list[tuple[int, str]]:
    wanted = list(slugs)
    return list(Source.objects.filter(slug__in=wanted).values_list("pk", "slug")) if wanted else []
