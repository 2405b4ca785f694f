"""Scores in and out: how versions of processors fare, the items behind the numbers, and sources that drift."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from newsdesk.api.paging import Page, PageQuery
from newsdesk.api.schemas.words import Id, Kind

Judged = Literal["accepted", "corrected", "rejected", "missed"]
Processor = Annotated[str | None, Field(max_length=50, description="The name of a processor.")]
Version = Annotated[str | None, Field(max_length=50, description="A version, as the processor declares it.")]
Source = Annotated[str | None, Field(max_length=50, description="The short name of a source.")]


class ScoreQuery(PageQuery):
    """Which scores."""

    processor: Processor = None
    version: Version = None
    kind: Annotated[Kind | None, Field(description="Only of this kind.")] = None
    source: Annotated[str | None, Field(max_length=50, description="Of this source alone; if not given, of all together.")] = (
        None
    )


class JudgementQuery(PageQuery):
    """Which judgements."""

    processor: Processor = None
    version: Version = None
    kind: Annotated[Kind | None, Field(description="Only of this kind.")] = None
    source: Source = None
    judged: Annotated[Judged | None, Field(description="What the decision counts as.")] = None
    tenth: Annotated[int | None, Field(ge=0, le=9, description="The tenth of confidence: 8 is from 0.8 to 0.9.")] = None


class ScoreRunQuery(PageQuery):
    """Which runs."""

    processor: Processor = None
    version: Version = None
    source: Source = None
    outcome: Annotated[Literal["done", "failed"] | None, Field(description="How they ended; both if not given.")] = None
    cause: Annotated[str | None, Field(max_length=100, description="What failures are counted under.")] = None


class Share(BaseModel):
    """A part of a whole. Under 50 no share is said: it would say more about chance than about the processor."""

    right: int
    of: int
    share: float | None
    low: Annotated[float | None, Field(description="The lower end of the 95 % interval after Wilson.")]
    high: Annotated[float | None, Field(description="The upper end.")]


class Tenth(BaseModel):
    """How much was accepted, of what the machine was about so sure of."""

    low: Annotated[float, Field(description="The least confidence; the most is 0.1 higher.")]
    accepted: Share


class KindScore(BaseModel):
    """What editors said of one kind that the version finds."""

    kind: str
    decided: Annotated[int, Field(description="Accepted, corrected and rejected; what was missed is none of them.")]
    accepted: int
    corrected: int
    rejected: int
    missed: Annotated[int, Field(description="Added by editors where this version had found nothing.")]
    strict: Annotated[Share, Field(description="Precision: accepted as it was found.")]
    lenient: Annotated[Share, Field(description="Precision: accepted or corrected.")]
    calibration: list[Tenth]
    items: Annotated[str, Field(description="The address of the judgements behind these numbers.")]


class Score(BaseModel):
    """A version of a processor: how it ran, and what editors said of what it found."""

    processor: str
    version: str
    source: Annotated[str | None, Field(description="null: all sources together.")]
    runs: Annotated[int, Field(description="That were done or failed; what was skipped did not run.")]
    failed: int
    causes: Annotated[dict[str, int], Field(description="Failures by cause; `…` counts the rarest together.")]
    p50_ms: Annotated[float | None, Field(description="Half of the runs took no longer; known to within 5 %.")]
    p95_ms: Annotated[float | None, Field(description="95 of 100 took no longer.")]
    items: Annotated[str, Field(description="The address of these runs.")]
    kinds: list[KindScore]


class Judgement(BaseModel):
    """A decision as it counts for a version of a processor."""

    decision: UUID
    article: Id
    artifact: Annotated[Id | None, Field(description="null for what was missed.")]
    processor: str
    version: str
    kind: str
    source: str
    judged: Judged
    confidence: Annotated[float | None, Field(description="How sure the machine was; null if it does not say.")]
    decided_at: datetime


class Drift(BaseModel):
    """A measure in which the latest 20 documents of a source left the band in which they used to be."""

    source: str
    measure: Annotated[
        Literal["words", "paragraphs", "quote_rate", "failure_rate"],
        Field(description="Medians of words and paragraphs, quotes per 1,000 words, and the share of documents that failed."),
    ]
    usual: float
    low: Annotated[float, Field(description="The lower end of the band.")]
    high: Annotated[float, Field(description="The upper end of the band.")]
    now: float
    since: Annotated[Id, Field(description="The snapshot with which it began.")]
    since_received_at: datetime


class Scores(Page[Score]):
    """A page of scores: by processor, and of each the version that ran first comes first."""


class Judgements(Page[Judgement]):
    """A page of judgements, those counted last first."""


class Drifts(Page[Drift]):
    """A page of drifts, those that began last first."""
