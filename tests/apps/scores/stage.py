"""Decisions and sources for the tests of scorecards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.models import Run
from newsdesk.processing.services import Submission
from newsdesk.review.models import Decision
from newsdesk.review.services import add, decide
from newsdesk.scores.models import Drift, Measure
from newsdesk.scores.queries import Card, versions
from newsdesk.scores.services import keep_up
from newsdesk.scores.services.look import look
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from tests.apps.factories import Names, artifacts

NO_WAIT = timedelta(0)


class SureNames(Names):
    """Names that say how sure they are."""

    version = "sure"

    def process(self, document):
        for each in super().process(document):
            yield Found(each.kind, each.data, each.spans, 0.83)


@dataclass(frozen=True)
class Roles:
    """Another processor that gives persons, and finds none."""

    name = "roles"
    version = "7"
    requires = ("text",)
    provides = ("person",)

    def process(self, document):
        return iter(())


def count() -> int:
    """Count all that came, gaps in the numbers or not: other tests may have used up some."""
    return keep_up(seconds=60, patience=NO_WAIT)


def person_in(submission: Submission, number: int = 0) -> Artifact:
    """A person that was found."""
    return artifacts(submission, "person")[number]


def said(submission: Submission, verdict: str, actor: object, number: int = 0) -> Decision:
    """A plain verdict on a person that was found."""
    return decide(artifact_id=person_in(submission, number).pk, actor=actor, verdict=verdict)


def corrected(submission: Submission, actor: object, name: str = "Mara V.", number: int = 0) -> Decision:
    """A person that was found, with another name."""
    found = person_in(submission, number)
    correction = {**found.found.to_plain(), "data": {"name": name}}
    return decide(artifact_id=found.pk, actor=actor, verdict="correct", correction=correction)


def added(submission: Submission, actor: object, start: int, end: int) -> Decision:
    """A person that nobody found."""
    finding = {"data": {"name": "somebody"}, "spans": [{"start": start, "end": end, "role": "mention"}]}
    return add(snapshot_id=submission.snapshot.pk, actor=actor, kind="person", finding=finding)


def card(version: str = "1", processor: str = "names", **asked: str) -> Card | None:
    """The card of persons, after everything was counted."""
    count()
    cards = [each for found in versions(processor=processor, version=version, **asked) for each in found.cards]
    return next((each for each in cards if each.kind == "person"), None)


def tally(version: str = "1", processor: str = "names", **asked: str) -> tuple[int, int, int, int]:
    """Accepted, corrected, rejected and missed persons."""
    found = card(version, processor, **asked)
    return (found.accepted, found.corrected, found.rejected, found.missed) if found else (0, 0, 0, 0)


def a_source(slug: str = "tidende") -> Source:
    """A source."""
    return Source.objects.get_or_create(slug=slug, defaults={"name": slug.title()})[0]


def documents(source: Source, values: Iterable[tuple[int | None, int | None, int | None, bool]]) -> list[Drift]:
    """Documents of this source that come to these words, paragraphs, quotes and failures; and what then drifts."""
    content, _ = Content.objects.get_or_create(sha256="0" * 64, defaults={"size": 0, "compressed": b""})
    begun = source.articles.count()
    for number, (words, paragraphs, quotes, failed) in enumerate(values, begun):
        article = Article.objects.create(source=source, address=f"https://{source.slug}.example/{number}")
        snapshot = Snapshot.objects.create(article=article, content=content, media_type="text/plain", encoding="utf-8")
        Measure.objects.create(
            snapshot=snapshot, source=source, words=words, paragraphs=paragraphs, quotes=quotes, failed=failed
        )
    look(source.pk)
    return list(Drift.objects.filter(source=source).order_by("measure"))


def usual(count: int) -> list[tuple[int, int, int, bool]]:
    """Documents as they come every day: 400 to 600 words, some with more quotes than others, one of 50 failed."""
    return [(400 + 37 * n % 201, 10 + 7 * n % 11, n % 4, n % 50 == 49) for n in range(count)]


def a_run(submission: Submission, **fields: object) -> Run:
    """A run over a document, besides those that were."""
    values = {"processor": "names", "version": "9", "fingerprint": "x", "outcome": "done", "current": False, **fields}
    return Run.objects.create(snapshot=submission.snapshot, **values)


def mention(words: str, text: str) -> Span:
    """Where these words stand."""
    return Span(text.index(words), text.index(words) + len(words))
