"""What clients send: bodies and query parameters. Nothing is guessed, and nothing unknown is passed over in silence."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from newsdesk.api.paging import PageQuery
from newsdesk.api.schemas.words import Kind, State


def _model(*examples: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": list(examples)})


class SnapshotIn(BaseModel):
    """A document, as `content`, or as its bytes in `content_base64`: HTML, plain text, or what one of the readers reads."""

    model_config = _model(
        {
            "content": "Harbour to reopen\n\n“We open on Monday,” said Ana Ruiz, the harbour master.\n",
            "url": "https://news.example/harbour",
            "source": "example-wire",
        },
        {"content_base64": "PHA+4oCcV2Ugd29u4oCdLCBzaGUgc2FpZC48L3A+", "media_type": "text/html", "charset": "utf-8"},
    )

    content: Annotated[str | None, Field(description="The document as text. Give this, or `content_base64`.")] = None
    content_base64: Annotated[str | None, Field(description="The document's bytes as they are, in Base64 (RFC 4648).")] = None
    url: Annotated[str | None, Field(max_length=4000, description="Its web address; the same address, the same article.")] = (
        None
    )
    media_type: Annotated[
        str | None,
        Field(
            max_length=100,
            description="text/html, application/xhtml+xml, text/plain or one that a reader reads; found out if not given.",
        ),
    ] = None
    charset: Annotated[str | None, Field(max_length=40, description="The encoding of the bytes, as HTTP declared it.")] = None
    source: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Where it comes from; `desk` if not said.")
    ] = None
    name: Annotated[str, Field(max_length=1000, description="Its file name, to be shown.")] = ""


class SpanIn(BaseModel):
    """A stretch of the article's text, in Unicode code points, end excluded."""

    model_config = _model({"start": 20, "end": 37, "role": "content"})

    start: Annotated[int, Field(ge=0, le=2**31 - 1)]
    end: Annotated[int, Field(ge=1, le=2**31 - 1)]
    role: Annotated[str, Field(max_length=50)]


class FindingIn(BaseModel):
    """An artifact as it should be, whole: `data` by the schema of its kind, and where it stands in the text."""

    model_config = _model(
        {"data": {"reason": "promotion", "rule": "by hand"}, "spans": [{"start": 0, "end": 17, "role": "block"}]}
    )

    data: dict[str, Any]
    spans: Annotated[list[SpanIn], Field(max_length=1000)]


class DecisionIn(BaseModel):
    """What is said of an artifact."""

    model_config = _model({"verdict": "accept"}, {"verdict": "reject", "note": "A title, not a quote."})

    verdict: Literal["accept", "reject", "correct"]
    correction: Annotated[FindingIn | None, Field(description="For `correct`, and only for it.")] = None
    note: Annotated[str, Field(max_length=1000)] = ""
    event: Annotated[
        UUID | None, Field(strict=False, description="Your own id of this decision: the same twice is one decision.")
    ] = None


class AdditionIn(FindingIn):
    """A finding that the machine missed."""

    model_config = _model(
        {
            "kind": "boilerplate",
            "data": {"reason": "promotion", "rule": "by hand"},
            "spans": [{"start": 0, "end": 17, "role": "block"}],
        }
    )

    kind: Kind
    event: Annotated[
        UUID | None, Field(strict=False, description="Your own id of this decision: the same twice is one decision.")
    ] = None


class ExportIn(BaseModel):
    """What to export: all processed articles, in the format of an installed exporter."""

    model_config = _model({"exporter": "jsonl", "reviewed_only": True})

    exporter: Annotated[str, Field(min_length=1, max_length=50)]
    reviewed_only: Annotated[bool, Field(description="Leave out what editors review and have not decided on yet.")] = False


class ArticleQuery(PageQuery):
    """Which articles."""

    source: Annotated[str | None, Field(max_length=50, description="The short name of a source.")] = None
    state: Annotated[State | None, Field(description="That of the newest snapshot.")] = None
    q: Annotated[str | None, Field(max_length=200, description="Words that stand in title or address.")] = None


class ArtifactQuery(PageQuery):
    """Which artifacts."""

    kind: Annotated[Kind | None, Field(description="Only this kind; `GET /kinds` has them.")] = None
    verdict: Annotated[
        Literal["undecided", "accept", "correct", "add", "reject", "any"] | None,
        Field(description="Only with this verdict. If not given, all that stand; `any` has the rejected ones too."),
    ] = None


class RunQuery(PageQuery):
    """Which runs."""

    current: Annotated[bool | None, Field(description="true: those that hold; false: those that no longer do.")] = None
