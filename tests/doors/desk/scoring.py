"""Articles that were decided on, and a source that drifts, for the pages of scores."""

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Article, Source
from newsdesk.processing.artifacts import artifacts_of
from newsdesk.processing.models import Run
from newsdesk.review.services import decide
from tests.apps.scores.stage import a_source, count, documents, usual
from tests.doors.desk.stage import article, many_quotes, person


def decided(quotes: int = 60, accepted: int = 45, rejected: int = 10, version: str = "1", name: str = "a") -> Article:
    """An article with so many quotes, of which these were accepted and rejected; all of it is counted."""
    row = article(*many_quotes(quotes), name=name)
    Run.objects.filter(snapshot__article=row, processor="finder").update(version=version)
    run = Run.objects.with_findings().get(snapshot__article=row, processor="finder")
    verdicts = ["accept"] * accepted + ["reject"] * rejected
    ben = Actor(person(username=f"ben-{name}"), "desk")
    for each, verdict in zip(artifacts_of(run), verdicts, strict=False):
        decide(artifact_id=each.pk, actor=ben, verdict=verdict)
    count()
    return row


def drifting() -> Source:
    """A source whose latest documents are short."""
    source = a_source()
    documents(source, usual(200))
    documents(source, [(150, 15, n % 2, False) for n in range(20)])
    return source
