"""What the tests of shadow runs need: a run that goes on until nothing is left, and editors who decided."""

from newsdesk.access.policy import Actor
from newsdesk.pipeline.run import call_here
from newsdesk.review import services as review
from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.report import report
from newsdesk.shadow.services import compare, request, work
from tests.apps.factories import artifacts, person

OPERATOR = Actor.operator()


def asked(**values):
    """A run that waits for a worker."""
    return request(**{"processor": "names", "actor": OPERATOR, **values})


def worked(run, **values):
    """The run after a worker's turn."""
    work(run.pk, **{"call": call_here, **values})
    return ShadowRun.objects.get(pk=run.pk)


def compared(**values):
    """The report of a comparison here and now."""
    *_, run = compare(**{"processor": "names", "actor": OPERATOR, "call": call_here, **values})
    return report(run)


def decided(submission, verdict, name, kind="person", username="ana", **correction):
    """A finding with this name, decided on."""
    row = next(each for each in artifacts(submission, kind) if each.data["name"] == name)
    editor = Actor(person(username=username), "desk")
    return review.decide(artifact_id=row.pk, actor=editor, verdict=verdict, **correction)
