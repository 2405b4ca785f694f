"""People and articles for the desk's tests. Rows are made by hand, so that each situation is exact and no plugin has a say."""

import hashlib
import zlib
from collections.abc import Iterable
from itertools import accumulate

from django.contrib.auth.models import Group, User

from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.pipeline import Findings
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.convert import to_columns
from newsdesk.processing.models import Job, Run, Synopsis
from newsdesk.processing.queries import current_artifacts
from newsdesk.review.services import reconcile
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span

PASSWORD = "correct horse"
PARAGRAPHS = (
    ("headline", "Harbour vote passes"),
    ("standfirst", "The council will build after thirty years"),
    ("body", "“We have waited for thirty years,” said Mayor Astrid Lind."),
    ("body", "Per Holm said the cost was “out of proportion” and nobody had asked."),
    ("boilerplate", "Read also: Ten photos of the old port"),
)
TEXT = "\n".join(text for _, text in PARAGRAPHS)
LIND = {"name": "Astrid Lind", "mention": "Mayor Astrid Lind", "role": "mayor", "kind": "person"}


def person(role: str | None = "editor", username: str = "ana", **fields: object) -> User:
    """Someone of the staff with this role, or with none."""
    user = User.objects.create_user(username, password=PASSWORD, is_staff=True, **fields)
    if role:
        user.groups.add(Group.objects.get_or_create(name=role)[0])
    return user


def span(words: str, role: str = "mention", text: str = TEXT) -> Span:
    """Where these words stand."""
    start = text.index(words)
    return Span(start, start + len(words), role)


def quote(words: str, speaker: dict | None = None, *, source: str = "", cue: str = "", text: str = TEXT) -> Found:
    """A quote of these words."""
    spans = [span(words, "content", text)]
    spans += [span(source, "source", text)] if source else []
    spans += [span(cue, "cue", text)] if cue else []
    return Found("quote", {"type": "direct", "quotation": words, "speaker": speaker}, tuple(spans), 0.9)


def boilerplate(words: str, text: str = TEXT) -> Found:
    """The paragraph of these words as boilerplate."""
    return Found("boilerplate", {"reason": "promotion", "rule": "read also"}, (span(words, "block", text),), 0.97)


def headline(words: str, text: str = TEXT) -> Found:
    """The headline as metadata."""
    return Found("metadata", {"name": "headline", "value": words, "evidence": "text"}, (span(words, "mention", text),), 0.8)


def findings() -> list[Found]:
    """What is found in TEXT: a headline, two quotes, one of them by nobody known, and a line of boilerplate."""
    return [
        headline("Harbour vote passes"),
        quote("We have waited for thirty years,", LIND, source="Mayor Astrid Lind", cue="said"),
        quote("out of proportion"),
        boilerplate("Read also: Ten photos of the old port"),
    ]


def article(
    found: Iterable[Found] | None = None,
    paragraphs: Iterable[tuple[str, str]] = PARAGRAPHS,
    *,
    name: str = "a",
    state: str = Job.State.DONE,
    title: str = "Harbour vote passes",
) -> Article:
    """An article that was processed, with these findings over these paragraphs."""
    row, snapshot = received(name, state=state)
    text = "\n".join(words for _, words in paragraphs)
    blocks = [Found("paragraph", {"role": role}, (span(words, "block", text),)) for role, words in paragraphs]
    add_run(snapshot, "plain-text", [Found("text", {"text": text}), *blocks])
    listed = findings() if found is None else list(found)
    add_run(snapshot, "finder", listed)
    Synopsis.objects.create(
        article=row,
        snapshot=snapshot,
        title=title,
        words=len(text.split()),
        quotes=sum(each.kind == "quote" for each in listed),
    )
    return row


def revised(row: Article, found: Iterable[Found], paragraphs: Iterable[tuple[str, str]], version: str = "2") -> Article:
    """The article after another text of it came in, in which this is found; its decisions are placed anew."""
    paragraphs = list(paragraphs)
    text = "\n".join(words for _, words in paragraphs)
    sha256 = hashlib.sha256(f"{row.pk} {text}".encode()).hexdigest()
    stored = Content.objects.create(sha256=sha256, size=len(text), compressed=zlib.compress(text.encode()))
    snapshot = Snapshot.objects.create(article=row, content=stored, media_type="text/html", encoding="utf-8")
    Job.objects.create(snapshot=snapshot, state=Job.State.DONE)
    ends = list(accumulate(len(words) + 1 for _, words in paragraphs))
    blocks = [
        Found("paragraph", {"role": role}, (Span(end - len(words) - 1, end - 1, "block"),))
        for (role, words), end in zip(paragraphs, ends, strict=True)
    ]
    add_run(snapshot, "plain-text", [Found("text", {"text": text}), *blocks])
    add_run(snapshot, "finder", found, version=version)
    Synopsis.objects.filter(article=row).update(snapshot=snapshot)
    reconcile([row.pk])
    return row


def received(name: str = "a", *, state: str = Job.State.QUEUED, content: bytes = TEXT.encode()) -> tuple[Article, Snapshot]:
    """An article as it came, with its job."""
    source, _ = Source.objects.get_or_create(slug="tidende", defaults={"name": "Tidende"})
    row = Article.objects.create(source=source, address=f"https://news.example/{name}")
    sha256 = hashlib.sha256(content + name.encode()).hexdigest()
    stored = Content.objects.create(sha256=sha256, size=len(content), compressed=zlib.compress(content))
    snapshot = Snapshot.objects.create(
        article=row, content=stored, media_type="text/html", encoding="windows-1252", warnings={"charset-guessed": 1}, name=name
    )
    Job.objects.create(snapshot=snapshot, state=state)
    return row, snapshot


def add_run(snapshot: Snapshot, processor: str, found: Iterable[Found] = (), **fields: object) -> Run:
    """A run that found this."""
    values = {"version": "1", "fingerprint": processor, "outcome": "done", **fields}
    return Run.objects.create(snapshot=snapshot, processor=processor, **to_columns(Findings.of(found)), **values)


def artifact(row: Article, kind: str = "quote") -> Artifact:
    """The first finding of this kind."""
    return next(each for each in found_in(row) if each.kind == kind)


def found_in(row: Article) -> list[Artifact]:
    """What editors decide on in an article, in the order of reading."""
    found = (each for snapshot in row.snapshots.order_by("pk") for each in current_artifacts(snapshot.pk))
    return [each for each in found if each.run.processor == "finder"]


def many_quotes(count: int) -> tuple[list[Found], list[tuple[str, str]]]:
    """So many quotes over paragraphs of their own."""
    paragraphs = [("body", f"“Statement number {number} was made,” said Mayor Lind.") for number in range(1000, 1000 + count)]
    text = "\n".join(words for _, words in paragraphs)
    return [quote(f"Statement number {number} was made,", text=text) for number in range(1000, 1000 + count)], paragraphs
