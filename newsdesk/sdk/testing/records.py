"""The records that the kit tries an exporter on: ordinary, empty, hostile, and more of them than memory should hold."""

from collections.abc import Iterator
from dataclasses import replace

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import body
from newsdesk.sdk.exporter import Finding, Record
from newsdesk.sdk.testing.companions import companions, strangers
from newsdesk.sdk.testing.documents import paragraphs
from newsdesk.sdk.testing.hostile import TEXTS
from newsdesk.sdk.testing.samples import ARTICLE, SCRIPTS
from newsdesk.sdk.text import canonical

MANY = 500
"""How many records show whether an exporter streams."""


def records() -> dict[str, Record]:
    """By name, records of every sort, each as the desk would give it."""
    named = {"article": record(ARTICLE)}
    for script, before in SCRIPTS.items():
        named[f"article with {script}"] = record("\n".join(before + line for line in ARTICLE.split("\n")))
    ordinary = record(ARTICLE)
    plain = {name: ordinary.document[name] for name in ("name", "media_type", "sha256", "encoding", "warnings")}
    named["article from the plain command"] = replace(ordinary, document={**plain, "url": None})
    named["nothing found"] = replace(record("a"), findings=(), body="", runs=())
    named["no text"] = replace(record(""), findings=(), runs=())
    strange = {**ordinary.document, "name": '=1+1;"a",\n', "url": "https://news.example/?a=1&b=<>", "acme": [None]}
    named["a name and keys that are hostile"] = replace(ordinary, document=strange)
    named["artifacts of others"] = replace(ordinary, findings=_found(strangers(ordinary.text), "acme"))
    for name, text in TEXTS.items():
        named[name] = record(text)
    return named


def record(text: str, number: int = 0) -> Record:
    """An article as a record, with undecided findings and with every verdict."""
    text = canonical(text).text
    artifacts = [*paragraphs(text), *companions(text)]
    document = {
        "name": f"article-{number}.txt",
        "media_type": "text/plain",
        "sha256": f"{number:064x}",
        "url": f"https://news.example/{number}",
        "encoding": "utf-8",
        "warnings": {},
        "article": number,
        "snapshot": number,
        "source": "harbour-post",
        "received_at": "2026-01-02T03:04:05+00:00",
    }
    run = {"processor": "acme", "version": "1", "outcome": "done", "seconds": 0.1, "error": None}
    return Record(document, text, body(text, artifacts), _found(artifacts, "acme"), (run,))


def many(given: list[int]) -> Iterator[Record]:
    """Many records, each made when it is asked for; `given` gets the number of each."""
    for number in range(MANY):
        given.append(number)
        yield record(f"Article {number}.\n“Yes,” said Mara Quill.", number)


def _found(artifacts: list[Artifact] | Iterator[Artifact], processor: str) -> tuple[Finding, ...]:
    verdicts = (None, "accept", "correct", "add")
    return tuple(
        Finding(each, processor, "1")
        if (verdict := verdicts[number % 4]) is None
        else Finding(each, processor, "1", verdict, "Noor Adler", "2026-01-02T03:04:05Z", number % 8 == 1)
        for number, each in enumerate(artifacts)
    )
