"""What holds: the machine's artifacts with the latest standing decisions laid over them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from newsdesk.corpus.models import Article, Snapshot
from newsdesk.host.registry import kind
from newsdesk.processing.artifacts import Artifact, artifact
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import PROCESSED_BEFORE
from newsdesk.processing.selection import Selection, chosen
from newsdesk.review.matching import TO_RESOLVE, WITHOUT_PLACE, Outcome, Status, reworded
from newsdesk.review.models import ASKED_ABOUT, Decision, Placement, Reconciliation
from newsdesk.review.placing import Standing, mine, standing, standing_decisions
from newsdesk.review.stamps import held_runs
from newsdesk.sdk import BODY_ROLES, body
from newsdesk.sdk import Artifact as Found

Verdict = Decision.Verdict


@dataclass(frozen=True)
class Effective:
    """An artifact as it stands: `found` is the machine's or the editor's; `row`, `decision` and `outcome`, what became of the
    decision, are None where there is none.
    """

    found: Found
    row: Artifact | None
    decision: Decision | None
    outcome: Outcome | None = None

    @property
    def verdict(self) -> str | None:
        """What was decided, if anything was."""
        return self.decision.verdict if self.decision else None

    @property
    def reviewed(self) -> bool:
        """Whether editors decide on findings of its kind."""
        return kind(self.found.kind).reviewed

    @property
    def orphan(self) -> bool:
        """Whether it was decided on and has no place in the text: its words are gone, or may be in several places."""
        return self.outcome is not None and self.outcome.status in WITHOUT_PLACE

    @property
    def to_resolve(self) -> bool:
        """Whether an editor is asked what is to become of the decision."""
        return self.outcome is not None and self.outcome.status in TO_RESOLVE

    @property
    def stands(self) -> bool:
        """Whether it is part of what leaves the desk."""
        return self.verdict != Verdict.REJECT and not self.orphan


def standing_decision(article_id: int, key: str) -> Decision | None:
    """The decision that stands on one finding."""
    return standing_decisions(article_id).get(key)


def effective(snapshot: Snapshot) -> list[Effective]:
    """All that stands or was decided for a snapshot, in the order of reading, rejected findings and orphans included."""
    return laid_over(standing(snapshot))


def laid_over(now: Standing) -> list[Effective]:
    """The artifacts with the decisions that answer for them, and the decisions that nothing found answers."""
    found = [_laid_over(row, now) for row in now.artifacts]
    alone = {number for number, outcome in now.outcomes.items() if not outcome.answer and outcome.status != Status.COVERED}
    found += [_without_row(now.decisions[number], now) for number in alone]
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
    shown = (item for item in effective(snapshot) if row.run.current and item.row and item.row.pk == row.pk)
    return next(shown, None) or Effective(row.found, row, _decided_then(row, snapshot.article_id)), snapshot


def _decided_then(row: Artifact, article_id: int) -> Decision | None:
    """The decision that stands on what is found no longer, by itself or by what a later one made of it."""
    keys = [*Decision.objects.filter(artifact_id=row.pk).order_by("-pk").values_list("key", flat=True), row.digest]
    decided = standing_decisions(article_id)
    return next((decided[key] for key in keys if key in decided), None)


def to_resolve() -> QuerySet[Placement]:
    """Decisions that an editor is asked about, in all articles, newest first."""
    wanted = Placement.objects.filter(status__in=ASKED_ABOUT)
    return wanted.select_related("decision__editor", "article__synopsis").order_by("-decision")


def articles_decided_on(job_ids: Iterable[int]) -> list[int]:
    """The articles of these jobs on which anything was decided, in one query."""
    decided = Exists(Decision.objects.filter(article=OuterRef("article")))
    snapshots = Snapshot.objects.filter(decided, job__in=list(job_ids)).order_by("article")
    return list(dict.fromkeys(snapshots.values_list("article", flat=True)))


def history(article_id: int) -> QuerySet[Decision]:
    """All that was decided on an article, newest first, withdrawals and what they withdraw included."""
    return Decision.objects.filter(article=article_id).select_related("editor", "withdraws", "withdrawn_by").order_by("-pk")


def pending() -> QuerySet[Article]:
    """Articles with findings that no decision stands on, newest first."""
    shown = Snapshot.objects.filter(synopsis__article=OuterRef("pk"))
    return Article.objects.annotate(open=Subquery(_counted(shown).values("open")[:1])).filter(open__gt=0).order_by("-pk")


def open_counts(snapshot_ids: Iterable[int | None]) -> dict[int, int]:
    """How many findings of each snapshot no decision stands on, in one query; a snapshot that has none is left out."""
    wanted = Snapshot.objects.filter(pk__in=[each for each in snapshot_ids if each is not None])
    return dict(_counted(wanted).filter(open__gt=0).values_list("pk", "open"))


def _counted(snapshots: QuerySet[Snapshot]) -> QuerySet[Snapshot]:
    """Snapshots with how many of their findings are `open`: what is stored since decisions were placed on them, or all.

    What is to be placed anew counts as open: for a moment too much, never too little.
    """
    found = Run.objects.filter(snapshot=OuterRef("pk"), current=True).order_by().values("snapshot")
    placed = Reconciliation.objects.filter(article=OuterRef("article"), snapshot=OuterRef("pk"), runs=OuterRef("runs_now"))
    return snapshots.annotate(runs_now=held_runs("pk")).annotate(
        open=Coalesce(Subquery(placed.values("open")[:1]), Subquery(found.annotate(count=Sum("reviewed")).values("count")), 0)
    )


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


def _laid_over(row: Artifact, now: Standing) -> Effective:
    """The machine's words where they are what was decided, the editor's where they are not, or where one is to be asked."""
    number = now.answered.get(row.digest)
    if number is None:
        return Effective(row.found, row, None)
    decision, outcome = now.decisions[number], now.outcomes[number]
    as_found = decision.verdict != Verdict.CORRECT and outcome.status in (Status.CARRIED, Status.SUPPRESSED)
    return Effective(row.found if as_found else _held(decision, outcome, now.text), row, decision, outcome)


def _without_row(decision: Decision, now: Standing) -> Effective:
    outcome = now.outcomes[decision.pk]
    return Effective(_held(decision, outcome, now.text), None, decision, outcome)


def _held(decision: Decision, outcome: Outcome, text: str) -> Found:
    """What the decision holds, where it stands now; where that is nowhere, as it was."""
    found = mine(decision)
    return found if outcome.status in WITHOUT_PLACE else reworded(found, outcome.spans, text)


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
