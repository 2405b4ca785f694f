"""What holds: the machine's artifacts with the latest standing decisions laid over them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.processing.artifacts import Artifact, artifact, artifacts_of
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import PROCESSED_BEFORE, current_artifacts
from newsdesk.processing.selection import Selection, chosen
from newsdesk.review.models import Decision
from newsdesk.sdk import BODY_ROLES, KINDS, body
from newsdesk.sdk import Artifact as Found

Verdict = Decision.Verdict
REVIEWED = tuple(name for name, kind in KINDS.items() if kind.reviewed)


@dataclass(frozen=True)
class Effective:
    """An artifact as it stands: `found` is the machine's or the editor's, `row` and `decision` are None where there is none.

    `orphan` is set where an editor decided on something that the machine no longer finds.
    """

    found: Found
    row: Artifact | None
    decision: Decision | None
    orphan: bool = False

    @property
    def verdict(self) -> str | None:
        """What was decided, if anything was."""
        return self.decision.verdict if self.decision else None

    @property
    def stands(self) -> bool:
        """Whether it is part of what leaves the desk."""
        return self.verdict != Verdict.REJECT and not self.orphan


def standing_decisions(article_id: int) -> dict[str, Decision]:
    """For each finding of an article that was decided on, the decision that stands, by key."""
    standing: dict[str, list[Decision]] = {}
    for decision in Decision.objects.filter(article=article_id).select_related("editor").order_by("pk"):
        stack = standing.setdefault(decision.key, [])
        if decision.verdict == Verdict.WITHDRAW:
            stack[:] = [each for each in stack if each.pk != decision.withdraws_id]
        else:
            stack.append(decision)
    return {key: stack[-1] for key, stack in standing.items() if stack}


def standing_decision(article_id: int, key: str) -> Decision | None:
    """The decision that stands on one finding."""
    return standing_decisions(article_id).get(key)


def effective(snapshot: Snapshot) -> list[Effective]:
    """All that stands or was decided for a snapshot, in the order of reading, rejected findings and orphans included."""
    decisions = standing_decisions(snapshot.article_id)
    artifacts = current_artifacts(snapshot.pk)
    found = [_laid_over(row, decisions.get(row.digest)) for row in artifacts]
    text = next((row.data["text"] for row in artifacts if row.kind == "text"), "")
    unfound = decisions.keys() - {row.digest for row in artifacts}
    found += [_without_row(decision, text) for key, decision in decisions.items() if key in unfound]
    return _with_boilerplate_decided(sorted(found, key=_place))


@dataclass(frozen=True)
class Reading:
    """An article as a reader gets it: its snapshot, title, text, body, and all that `effective` says of it."""

    snapshot: Snapshot
    title: str | None
    text: str | None
    body: str | None
    items: list[Effective]


def reading(snapshot: Snapshot) -> Reading:
    """What a reader gets of a snapshot, decisions laid over. Text and body are None while no processor has given a text."""
    items = effective(snapshot)
    standing = [item.found for item in items if item.stands]
    text = next((found.data["text"] for found in standing if found.kind == "text"), None)
    headlines = [each for each in standing if each.kind == "metadata" and each.data["name"] == "headline"]
    best = max(headlines, key=lambda each: each.confidence or 0, default=None)
    synopsis = getattr(snapshot.article, "synopsis", None)
    title = str(best.data["value"]) if best else (synopsis.title if synopsis else None)
    return Reading(snapshot, title, text, None if text is None else body(text, standing), items)


def effective_artifact(artifact_id: int) -> tuple[Effective, Snapshot]:
    """One artifact as it stands, be its run superseded or not. Raises Artifact.DoesNotExist."""
    row = artifact(artifact_id)
    snapshot = row.run.snapshot
    shown = (item for item in effective(snapshot) if item.row and item.row.pk == row.pk)
    superseded = _laid_over(row, standing_decision(snapshot.article_id, row.digest))
    return (next(shown, superseded) if row.run.current else superseded), snapshot


def history(article_id: int) -> QuerySet[Decision]:
    """All that was decided on an article, newest first, withdrawals and what they withdraw included."""
    return Decision.objects.filter(article=article_id).select_related("editor", "withdraws", "withdrawn_by").order_by("-pk")


def pending() -> QuerySet[Article]:
    """Articles with findings that no decision stands on, newest first."""
    found = Run.objects.filter(snapshot__synopsis__article=OuterRef("pk"), current=True).order_by().values("snapshot")
    decided = _standing().filter(article=OuterRef("pk")).order_by().values("article")
    counted = Article.objects.annotate(
        found=Coalesce(Subquery(found.annotate(count=Sum("reviewed")).values("count")), 0),
        decided=Coalesce(Subquery(decided.annotate(count=Count("key", distinct=True)).values("count")), 0),
    )
    return counted.filter(found__gt=F("decided")).order_by("-pk")


def open_counts(snapshot_ids: Iterable[int | None]) -> dict[int, int]:
    """How many findings of each snapshot no decision stands on; a snapshot that has none is left out."""
    wanted = [each for each in snapshot_ids if each is not None]
    runs = Run.objects.with_findings().filter(snapshot__in=wanted, current=True, reviewed__gt=0).select_related("snapshot")
    decided = set(_standing().filter(article__snapshots__in=wanted).values_list("article", "key"))
    counts: Counter[int] = Counter()
    for run in runs:
        reviewed = (each for each in artifacts_of(run) if each.kind in REVIEWED)
        counts[run.snapshot_id] += sum((run.snapshot.article_id, each.digest) not in decided for each in reviewed)
    return dict(+counts)


def _standing() -> QuerySet[Decision]:
    """Decisions that were not taken back."""
    return Decision.objects.filter(~Q(verdict=Verdict.WITHDRAW), withdrawn_by=None)


def decided_among(selection: Selection, kinds: Iterable[str]) -> int:
    """How many findings of these kinds a decision stands on in the articles of a selection."""
    articles = chosen(selection).values("snapshot__article")
    return _standing().filter(kind__in=list(kinds), article__in=articles).values("article", "key").distinct().count()


def newest_snapshot(article_id: int) -> Snapshot | None:
    """The snapshot that readers of an article see: the newest that was processed, or the newest."""
    snapshots = Snapshot.objects.filter(article=article_id).select_related("article__source", "job").order_by("-pk")
    return snapshots.filter(PROCESSED_BEFORE | Q(job__state__in=Job.TERMINAL)).first() or snapshots.first()


def _laid_over(row: Artifact, decision: Decision | None) -> Effective:
    if decision is not None and decision.verdict == Verdict.CORRECT:
        return Effective(Found.from_plain(decision.after), row, decision)
    return Effective(row.found, row, decision)


def _without_row(decision: Decision, text: str) -> Effective:
    """A decision on what the machine does not find, or no longer: it holds where its words still stand."""
    found = Found.from_plain(decision.after or decision.before)
    held = all(span.of(text) == anchor["exact"] for span, anchor in zip(found.spans, decision.anchors, strict=True))
    return Effective(found, None, decision, orphan=not held)


def _with_boilerplate_decided(items: list[Effective]) -> list[Effective]:
    """Give back to the body what an editor said is no boilerplate, and take from it what an editor said is."""
    blocks = [item for item in items if item.found.kind == "boilerplate" and not item.orphan]
    undecided = {_block(item) for item in blocks if item.decision is None}
    decided = sorted((item for item in blocks if item.decision is not None), key=lambda item: -item.decision.pk)
    return [_role(item, undecided, decided) if item.found.kind == "paragraph" else item for item in items]


def _role(paragraph: Effective, undecided: set[tuple[int, int]], decided: list[Effective]) -> Effective:
    """The paragraph with the role that the newest decision over it gives, or else the machine."""
    start, end = _block(paragraph)
    newest = next((each for each in decided if _block(each)[0] <= start and end <= _block(each)[1]), None)
    dropped = (start, end) in undecided if newest is None else newest.verdict != Verdict.REJECT
    role = paragraph.found.data["role"]
    if dropped and role in BODY_ROLES:
        return replace(paragraph, found=replace(paragraph.found, data={**paragraph.found.data, "role": "boilerplate"}))
    if newest is not None and not dropped and role in ("boilerplate", "caption"):
        return replace(paragraph, found=replace(paragraph.found, data={**paragraph.found.data, "role": "body"}))
    return paragraph


def _block(item: Effective) -> tuple[int, int]:
    return item.found.spans[0].start, item.found.spans[0].end


def _place(item: Effective) -> tuple[Any, ...]:
    return (item.found.spans[0].start if item.found.spans else -1, item.row.pk if item.row else 0)
