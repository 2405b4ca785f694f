"""What clients get, field by field."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from newsdesk.api.paging import Page
from newsdesk.api.schemas.words import Id, PluginState, State, Status, Verdict


class Submission(BaseModel):
    """What became of a submitted document."""

    id: Id
    article: Id
    sha256: str
    state: State
    duplicate: Annotated[bool, Field(description="The same bytes were here already; this is their snapshot.")]
    received_at: datetime


class Run(BaseModel):
    """One processor over one snapshot, and how it ended."""

    id: Id
    snapshot: Id
    processor: str
    version: str
    options: dict[str, Any]
    outcome: Literal["done", "kept", "skipped", "failed", "blocked"]
    seconds: float
    error: Annotated[str | None, Field(description="Why it failed, was skipped or blocked.")]
    cause: Annotated[str | None, Field(description="What failures are counted under.")]
    current: Annotated[bool, Field(description="Whether its findings hold, or those of a later run do.")]
    ended_at: datetime


class Snapshot(BaseModel):
    """The bytes of an article as they came, and how far their processing is."""

    id: Id
    article: Id
    state: Annotated[State, Field(description="`queued` and `running` go on by themselves; the others are ends.")]
    sha256: str
    media_type: str
    encoding: str
    warnings: Annotated[dict[str, int], Field(description="What had to be replaced to read the bytes, counted by code.")]
    name: str
    received_at: datetime
    finished_at: datetime | None
    runs: Annotated[list[Run], Field(description="The runs that hold, in the order in which they ran.")]


class Counts(BaseModel):
    """What a list shows of an article's content."""

    words: int
    quotes: int
    boilerplate: int


class ArticleSummary(BaseModel):
    """An article in a list."""

    id: Id
    title: Annotated[str | None, Field(description="null until it was processed.")]
    source: str
    url: str | None
    state: Annotated[State, Field(description="That of its newest snapshot.")]
    snapshot: Annotated[Id, Field(description="The newest.")]
    counts: Counts | None
    received_at: datetime


class Article(BaseModel):
    """An article as it stands, with all decisions laid over."""

    id: Id
    title: str | None
    source: str
    url: str | None
    state: Annotated[State, Field(description="That of its newest snapshot.")]
    snapshot: Annotated[Id, Field(description="The one that `text` is of: the newest that was processed.")]
    snapshots: Annotated[list[Id], Field(description="All, newest first.")]
    text: Annotated[str | None, Field(description="The canonical text that spans point into; null until it was processed.")]
    body: Annotated[str | None, Field(description="What a reader would call the article: paragraphs joined by blank lines.")]
    counts: Annotated[dict[str, int], Field(description="How many artifacts stand, by kind.")]
    undecided: Annotated[int, Field(description="How many artifacts await an editor.")]
    received_at: datetime


class Span(BaseModel):
    """A stretch of the text, in Unicode code points, end excluded, and its words."""

    start: int
    end: int
    role: str
    text: Annotated[str | None, Field(description="null if a later run replaced the finding's: the text may be another now.")]


class DecisionBrief(BaseModel):
    """The decision that stands on an artifact."""

    uuid: UUID
    verdict: Verdict
    editor: str
    via: str
    note: str
    decided_at: datetime


class Artifact(BaseModel):
    """A finding as it stands: the machine's, or an editor's."""

    id: Annotated[Id | None, Field(description="null if an editor added it; withdraw its decision to take it away.")]
    article: Id
    snapshot: Id
    kind: str
    data: dict[str, Any]
    spans: list[Span]
    confidence: Annotated[float | None, Field(description="0 to 1, as the machine says; null if it does not.")]
    processor: Annotated[str, Field(description="Who found it: a processor, or `editor`.")]
    version: str
    current: Annotated[bool, Field(description="false: the machine no longer finds it.")]
    stands: Annotated[bool, Field(description="Whether it is part of what leaves the desk.")]
    verdict: Annotated[Verdict | None, Field(description="null: nobody has decided yet.")]
    status: Annotated[
        Status | None,
        Field(
            description="What became of the decision in the present text: `carried`, `suppressed` (rejected, and found again),"
            " `kept` (the machine does not find it), `changed` (it finds it otherwise), `ambiguous` (it may stand in several"
            " places), `orphan` (its words are gone), `historical` or `dropped` (so said an editor). null: there is none."
        ),
    ]
    moved: Annotated[bool, Field(description="Whether words, context or order are no longer what was decided on.")]
    decision: DecisionBrief | None


class Decision(BaseModel):
    """What was said of a finding: by whom, when, through which door. Decisions are only added."""

    uuid: UUID
    article: Id
    snapshot: Id
    artifact: Id | None
    kind: str
    verdict: Verdict
    before: Annotated[dict[str, Any] | None, Field(description="What the machine said.")]
    after: Annotated[dict[str, Any] | None, Field(description="What the editor made of it.")]
    note: str
    editor: str
    via: Annotated[str, Field(description="The door: `desk`, `api` or `console`.")]
    withdraws: Annotated[UUID | None, Field(description="The decision that this one takes back.")]
    withdrawn_by: UUID | None
    decided_at: datetime


class Reprocessing(BaseModel):
    """What was put into the queue again."""

    article: Id
    snapshot: Id
    state: State
    queued: Annotated[bool, Field(description="false: it was in the queue already.")]


class Plugin(BaseModel):
    """An installed plugin."""

    name: str
    distribution: str
    version: str
    state: Annotated[
        PluginState,
        Field(
            description="on; off: somebody turned it off; left-out: it is broken or not made for this Newsdesk, as `problems`"
            " say; unlisted: the operator's list leaves it out; restart: it waits for one."
        ),
    ]
    problems: Annotated[list[str], Field(description="What is wrong with it or its processors, each with the remedy.")]


class Processor(BaseModel):
    """A processor, with the options that it has now. What is secret is never among them."""

    name: str
    version: str
    plugin: str
    requires: list[str]
    provides: list[str]
    options: Annotated[dict[str, Any], Field(description="What holds for all sources, where nothing else is said of one.")]
    options_of_sources: Annotated[
        dict[str, dict[str, Any]], Field(description="By short name of the source, what is other there.")
    ]
    options_schema: Annotated[
        dict[str, Any],
        Field(description="JSON Schema of the options: types, bounds, choices, help, defaults. A secret is `writeOnly`."),
    ]
    secrets_set: Annotated[list[str], Field(description="The secrets that are set for all sources, by name alone.")]
    fixed: Annotated[list[str], Field(description="The options that the operator has set, which no form changes.")]
    position: Annotated[int | None, Field(description="Its place in the plan, from 1; null: it does not run.")]


class Exporter(BaseModel):
    """A format to export in."""

    name: str
    version: str
    plugin: str
    media_type: str


class Reader(BaseModel):
    """What else than HTML and plain text can be submitted."""

    name: str
    version: str
    plugin: str
    media_types: list[str]
    suffixes: Annotated[
        list[str], Field(description="By these endings of `name` it is recognised, if `media_type` is not given.")
    ]


class Kind(BaseModel):
    """A kind of artifact: what its data may be, and what its spans are to it."""

    name: str
    label: Annotated[str, Field(description="What editors call it.")]
    plugin: Annotated[str | None, Field(description="Who declares it; null: it ships with Newsdesk.")]
    reviewed: Annotated[bool, Field(description="Whether editors decide on it.")]
    roles: Annotated[
        dict[str, list[int | None]],
        Field(description="By role of a span: how many an artifact has at least, and at most (null: any number)."),
    ]
    data_schema: Annotated[dict[str, Any], Field(description="A JSON Schema for `data`.")]


class Kinds(BaseModel):
    """The kinds of artifact here: those that ship, then those of plugins, each by name."""

    kinds: list[Kind]


class PluginProblem(BaseModel):
    """What is wrong with a plugin or processor, and the remedy."""

    plugin: str
    message: str


class Plugins(BaseModel):
    """What is installed, what runs, in which order, and what is wrong."""

    plugins: list[Plugin]
    processors: Annotated[list[Processor], Field(description="In the order of the plan, then those that do not run.")]
    exporters: list[Exporter]
    readers: list[Reader]
    problems: list[PluginProblem]
    plan: Annotated[str, Field(description="The digest of names, versions and options: what changes it may change results.")]


class Export(BaseModel):
    """One file that left the desk, kept as it was."""

    id: Id
    exporter: str
    version: str
    reviewed_only: bool
    articles: int
    size: Annotated[int, Field(description="In bytes.")]
    sha256: str
    name: str
    created_by: str | None
    created_at: datetime


class Articles(Page[ArticleSummary]):
    """A page of articles, newest first."""


class Artifacts(Page[Artifact]):
    """A page of artifacts, in the order of reading; what has no place in the text comes first."""


class Runs(Page[Run]):
    """A page of runs, newest first."""


class Decisions(Page[Decision]):
    """A page of decisions, newest first."""


class Exports(Page[Export]):
    """A page of exports, newest first."""
