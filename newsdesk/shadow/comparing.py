"""The comparison itself, article by article, on a shadow run that need not be saved."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsdesk.host.registry import plan
from newsdesk.processing.rehearsal import Call, Candidate, candidate, rehearse
from newsdesk.review.queries import standing_decisions
from newsdesk.sdk import NewsdeskError, Processor
from newsdesk.sdk.processor import options
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.sample import sample
from newsdesk.shadow.tally import count

AT_ONCE = 10
"""So many articles are loaded together."""


class CandidateChanged(NewsdeskError):
    """What is installed or saved is not what the first articles were compared with."""


def begin(run: ShadowRun) -> Candidate:
    """Say what is compared and choose the articles, unless an earlier worker did. Raises PlanError or OptionError."""
    chosen = candidate(run.processor, run.options)
    described = describe(chosen, plan().processors)
    if not run.candidate:
        run.candidate, run.snapshots = described, sample(run.which, run.articles, run.source)
    elif run.candidate != described:
        raise CandidateChanged("plugins or settings were changed meanwhile; start it again")
    return chosen


def describe(chosen: Candidate, now: Iterable[Processor]) -> dict[str, Any]:
    """What is compared with what holds now, in plain values."""
    standing = next((each for each in now if each.name == chosen.processor.name), None)
    described = {
        "version": chosen.processor.version,
        "options": options(chosen.processor),
        "present_options": options(standing) if standing else None,
        "compared": [each.name for each in chosen.compared],
        "plan": chosen.plan.digest,
        "plans_of_sources": {str(number): each.plan.digest for number, each in sorted(chosen.own.items())},
    }
    plain: dict[str, Any] = json.loads(json.dumps(described))  # as it comes back from a database: lists for tuples
    return plain


def compared(run: ShadowRun, chosen: Candidate, call: Call) -> Iterator[None]:
    """Count the articles that are left, one by one."""
    while numbers := run.snapshots[run.done : run.done + AT_ONCE]:
        for each in rehearse(numbers, chosen, call):
            its = chosen.of(each.snapshot.article.source_id)
            count(run.tally, each, its, standing_decisions(each.snapshot.article_id))
            yield
