"""People, processors and documents for the tests of the apps: plain functions and values, none of them a first-party plugin."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NoReturn

from django.contrib.auth.models import Group, User

from newsdesk.access.policy import Actor
from newsdesk.pipeline import Dossier, Findings, Plugin, Problem, Registry
from newsdesk.pipeline.reading import Reading
from newsdesk.pipeline.run import Call, call_here
from newsdesk.pipeline.runner import ProcessorCrashed
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.models import Job
from newsdesk.processing.queries import current_artifacts
from newsdesk.processing.services import Submission, process, submit
from newsdesk.review.queries import Effective, articles_decided_on, effective, reading
from newsdesk.review.services import reconcile
from newsdesk.sdk import KINDS, PLAIN, Document, Exporter, Kind, Processor, Reader, Record, Span
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk.declaration import announced

STORY = "Mara Voss resigns\nAdvertisement\nMara Voss left the council."
BODY = "Mara Voss resigns\n\nMara Voss left the council."


def person(role: str | None = "editor", **fields: object) -> User:
    """Someone with this role, by the role's name unless another is given."""
    user = User.objects.create_user(**{"username": role or "nobody", **fields})
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def actor(role: str | None = "editor", **fields: object) -> Actor:
    """That person at the desk."""
    return Actor(person(role, **fields), "desk")


@dataclass(frozen=True)
class Lines:
    """Bytes to text, a paragraph a line; lines that say "Advertisement" are boilerplate."""

    name = "lines"
    version = "1"
    requires = ("content",)
    provides = ("text", "paragraph", "boilerplate")

    def process(self, document: Document) -> Iterator[Found]:
        text = document.decoded.text
        yield Found("text", {"text": text})
        for line in re.finditer(r"[^\n]+", text):
            block = (Span(line.start(), line.end(), "block"),)
            dropped = line.group() == "Advertisement"
            yield Found("paragraph", {"role": "boilerplate" if dropped else "body"}, block)
            if dropped:
                yield Found("boilerplate", {"reason": "promotion", "rule": "word"}, block)


@dataclass(frozen=True)
class Names:
    """Text to persons: every place where one of two words has this many letters and a capital."""

    name = "names"
    version = "1"
    requires = ("text",)
    provides = ("person",)
    letters: int = 4

    def process(self, document: Document) -> Iterator[Found]:
        for word in re.finditer(rf"\b[A-Z]\w{{{self.letters - 1}}}\b", document.text):
            yield Found("person", {"name": word.group()}, (Span(*word.span()),))


CARDS = "application/x-cards"


@dataclass(frozen=True)
class Cards:
    """A reader: what stands behind a mark, upside down."""

    name = "cards"
    version = "1"
    media_types = (CARDS,)
    prefixes = (b"CARDS:",)

    def read(self, document: Document) -> Document:
        words = document.content.decode().removeprefix("CARDS:")[::-1]
        return replace(document, content=words.encode(), media_type=PLAIN, charset="utf-8", url="https://news.example/card")


class NewCards(Cards):
    """A later version, which reads the same."""

    version = "2"


class BrokenCards(Cards):
    """A version that raises."""

    version = "broken"

    def read(self, document: Document) -> NoReturn:
        raise ValueError("the card is torn")


@dataclass(frozen=True)
class Rumours:
    """Text to rumours, a kind that no release ships: every place where somebody left."""

    name = "rumours"
    version = "1"
    requires = ("text",)
    provides = ("rumour",)

    def process(self, document: Document) -> Iterator[Found]:
        for word in re.finditer(r"\bleft\b", document.text):
            yield Found("rumour", {"type": "departure", "sure": "no"}, (Span(*word.span(), "words"),))


def never(artifact: Found, text: str) -> str:
    """A check that must never be asked outside the plugins' process."""
    raise AssertionError("a plugin's code ran")


RUMOUR = Kind(
    "rumour",
    "Rumour",
    {"type": "object", "required": ["type"], "properties": {"type": {"type": "string", "maxLength": 20}}},
    {"words": (1, 1)},
)
GUARDED = replace(RUMOUR, check=never)
"""The same, with code in it that nobody here may run."""


@dataclass(frozen=True)
class Quotes:
    """Text to quotes: what stands in curly marks, and who said it, up to the full stop."""

    name = "quotes"
    version = "1"
    requires = ("text",)
    provides = ("quote",)

    def process(self, document: Document) -> Iterator[Found]:
        for said in re.finditer("“([^”]+)”(?: said ([^.]+))?", document.text):
            source = said[2]
            speaker = {"name": source, "mention": source, "role": None, "kind": "person"} if source else None
            spans = (Span(*said.span(1), "content"), *((Span(*said.span(2), "source"),) if source else ()))
            yield Found("quote", {"type": "direct", "quotation": said[1], "speaker": speaker}, spans)


class ShorterQuotes(Quotes):
    """A later version, which leaves the last comma out, and does not know who speaks."""

    version = "2"

    def process(self, document: Document) -> Iterator[Found]:
        for found in super().process(document):
            first = found.spans[0]
            content = Span(first.start, first.end - 1, "content")
            yield Found("quote", {**found.data, "quotation": content.of(document.text), "speaker": None}, (content,))


class NewNames(Names):
    """A later version, which finds the same."""

    version = "2"


class Namesakes(Names):
    """Another processor, which finds the same."""

    name = "namesakes"


class OtherNames(Names):
    """A later version, which finds something else."""

    version = "3"

    def process(self, document: Document) -> Iterator[Found]:
        yield Found("person", {"name": "the council"}, (Span(document.text.index("the council"), len(document.text) - 1),))


class NewLines(Lines):
    """A later version, which reads another text out of the same bytes: everything in it stands elsewhere."""

    version = "2"

    def process(self, document: Document) -> Iterator[Found]:
        text = f"Text: {document.decoded.text}"
        yield Found("text", {"text": text})
        yield Found("paragraph", {"role": "body"}, (Span(0, len(text), "block"),))


class OtherLines(Lines):
    """A later version, which reads nothing of what the others read."""

    version = "4"

    def process(self, document: Document) -> Iterator[Found]:
        yield Found("text", {"text": "nobody said any of it."})


@dataclass(frozen=True)
class Census:
    """Persons to a place: depends on what another processor found, and on nothing else."""

    name = "census"
    version = "1"
    requires = ("person",)
    provides = ("near-duplicate",)

    def process(self, document: Document) -> Iterator[Found]:
        yield Found("near-duplicate", {"article": f"{len(document.of_kind('person'))} persons", "similarity": 0.5})


class BrokenNames(Names):
    """A version that raises half-way through."""

    version = "broken"

    def process(self, document: Document) -> Iterator[Found]:
        yield from super().process(document)
        raise ValueError("cannot count to three")


class BrokenLines(Lines):
    """A version that raises, so that there is no text."""

    version = "broken"

    def process(self, document: Document) -> Iterator[Found]:
        raise ValueError("cannot read")


@dataclass(frozen=True)
class Titles:
    """An exporter: a line of names for each article."""

    name = "titles"
    version = "1"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, records: Iterable[Record]) -> Iterator[bytes]:
        for record in records:
            yield f"{record.document['name']}\n".encode()


class BrokenTitles(Titles):
    """An exporter that raises after the first article."""

    def export(self, records: Iterable[Record]) -> Iterator[bytes]:
        yield b"one line, then "
        raise ValueError("cannot write")


def make_registry(
    processors: Iterable[Processor] = (),
    exporters: Iterable[Exporter] = (),
    problems: Iterable[Problem] = (),
    kinds: Iterable[Kind] = (),
    readers: Iterable[Reader] = (),
    plugins: Mapping[str, Iterable[str]] = MappingProxyType({}),
) -> Registry:
    """What is installed, if these are; `plugins` says of each which of them it brought."""
    owners = {name: plugin for plugin, names in plugins.items() for name in names}
    loaded = tuple(Plugin(name, f"newsdesk-{name}", "1.0", ">=0.1,<0.2") for name in plugins)
    by_name = {each.name: each for each in processors}, {each.name: each for each in exporters}
    declared = {each.name: each for each in kinds}
    known = (
        {**KINDS, **declared},
        dict.fromkeys(declared, "test"),
        {each.name: Reading(each, announced(each)) for each in readers},
    )
    return Registry(*by_name, owners, loaded, tuple(problems), (), *known)


def submitted(content: str = STORY, **document: object) -> Submission:
    """A document that was taken in and waits."""
    return submit(content=content.encode(), actor=Actor.operator(), **document)


def processed(content: str = STORY, **document: object) -> Submission:
    """A document that was taken in and processed."""
    submission = submitted(content, **document)
    process([submission.job.pk])
    submission.job.refresh_from_db()
    return submission


def processed_again(submission: Submission, **options: object) -> Job:
    """The job, after it was queued and processed once more."""
    Job.objects.filter(pk=submission.job.pk).update(state=Job.State.QUEUED, not_before=None)
    process([submission.job.pk], **options)
    return Job.objects.get(pk=submission.job.pk)


def quarantined(call: Call, content: str = STORY, **document: object) -> Submission:
    """A document that was called for three times, with a crash each time if `call` crashes."""
    submission = submitted(content, **document)
    process([submission.job.pk], call=call)
    processed_again(submission, call=call)
    processed_again(submission, call=call)
    submission.job.refresh_from_db()
    return submission


def crash(processor: Processor, dossier: Dossier) -> NoReturn:
    """A call that takes the process down."""
    raise ProcessorCrashed(f"{processor.name} crashed: SIGSEGV", "SIGSEGV")


def crash_of_names(processor: Processor, dossier: Dossier) -> Findings:
    """A call that takes the process down if it is of Names."""
    return crash(processor, dossier) if processor.name == "names" else call_here(processor, dossier)


def updated(submission: Submission, content: str) -> Submission:
    """Another snapshot of the same article, processed, and its decisions placed anew, as a worker does."""
    newer = processed(content, url=submission.snapshot.article.address)
    reconcile(articles_decided_on([newer.job.pk]))
    return newer


def artifacts(submission: Submission, kind: str) -> list[Artifact]:
    """What holds of this kind."""
    return [each for each in current_artifacts(submission.snapshot.pk) if each.kind == kind]


def effective_of(submission: Submission, kind: str) -> list[Effective]:
    """What stands or was decided of this kind."""
    return [each for each in effective(submission.snapshot) if each.found.kind == kind]


def body_of(submission: Submission) -> str | None:
    """The article as a reader gets it."""
    return reading(submission.snapshot).body


def names(submission: Submission) -> list[str]:
    """The persons that hold."""
    return [each.data["name"] for each in artifacts(submission, "person")]
