"""What other options would make due, before they are saved: how many documents, which processors, how long."""

from django.db.models import Count, QuerySet

from newsdesk.host.registry import Plans
from newsdesk.pipeline import Outcome
from newsdesk.processing.models import Job, Run
from newsdesk.processing.planning import Planning, planning
from newsdesk.processing.selection import Forecast, computing


def foresee(processor: str, made: Plans) -> Forecast:
    """What the sweep would queue if these plans held, which differ from those that do in this processor's options.

    What depends on the processor counts as called, though it is only where the processor finds something else.
    """
    now, then = planning(), planning(made)
    jobs = _outdated(now, then)
    counts = jobs.aggregate(documents=Count("pk"), articles=Count("snapshot__article", distinct=True))
    affected = {processor, *(each.name for each in then.general.dependents(processor))}
    runs = Run.objects.filter(current=True, processor__in=affected, snapshot__in=jobs.values("snapshot"))
    ran = dict(runs.exclude(outcome=Outcome.SKIPPED).order_by().values_list("processor").annotate(Count("pk")))
    calls = {each.name: ran.get(each.name, counts["documents"]) for each in then.general.processors if each.name in affected}
    calls = {name: count for name, count in calls.items() if counts["documents"] and count}
    kinds = {kind for each in then.general.processors if each.name in calls for kind in each.provides}
    return Forecast(**counts, calls=calls, also={}, kinds=tuple(sorted(kinds)), seconds=computing(calls))


def _outdated(now: Planning, then: Planning) -> QuerySet[Job]:
    apart = {*now.own, *then.own}
    changed = {number for number in apart if now.of(number).digest != then.of(number).digest}
    ended = Job.objects.filter(state__in=Job.TERMINAL)
    if now.general.digest == then.general.digest:
        return ended.filter(source__in=changed)
    return ended.exclude(source__in=apart - changed)
