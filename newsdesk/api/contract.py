"""The OpenAPI document: how a client begins, and what every operation has in common, above all its errors."""

from typing import Any

from newsdesk.api import examples
from newsdesk.api.errors import HEADERS, MEDIA_TYPE, SORTS, URN

DESCRIPTION = """\
Newsdesk turns news documents into clean text and a reviewed record of who said what.

**Begin like this**

1. Get a key: the operator makes one with `manage.py apikey NAME --owner USER --scope write`. Send it with every request:
   `Authorization: Bearer nd_live_…`. It may do what its scope (`read`, `write`, `admin`) and its owner's role both allow.
2. Submit a document: `POST /api/v1/snapshots`. The answer is `202` with a `Location`.
3. Read that address until `state` is neither `queued` nor `running`.
4. Read the quotes: `GET /api/v1/articles/{id}/artifacts?kind=quote`.
5. Decide on them: `POST /api/v1/artifacts/{id}/decisions`. Every later reader gets the artifact as it was decided.
6. Take everything out: `POST /api/v1/exports`.

**Conventions.** Lists are `{"items": […], "next": cursor or null, "count": exact number or null}`; pass `next` as `cursor` to
read on. Times are UTC, ISO 8601. Spans count Unicode code points of the article's `text`, end excluded. Unknown fields and
parameters are refused, not passed over. Errors are problem+json (RFC 9457), with the `remedy` in words.
"""

TAGS = [
    {"name": "Snapshots", "description": "Submit documents, and learn what became of them."},
    {"name": "Articles", "description": "Find and read articles, and process them again."},
    {"name": "Artifacts and decisions", "description": "Who said what, and what editors said of it."},
    {"name": "Exports", "description": "Take articles out."},
    {"name": "Scores", "description": "How versions of processors fare, and which sources drift."},
    {"name": "Plugins", "description": "See what is installed and what runs."},
]

FAULT = {
    "type": "object",
    "description": "What is wrong with one field.",
    "required": ["field", "location", "message"],
    "properties": {
        "field": {"type": "string", "description": "Dotted path; empty if it is the whole."},
        "location": {"type": "string", "enum": ["body", "query", "path", "header"]},
        "message": {"type": "string"},
        "line": {"type": "integer", "description": "Of the body, from 1."},
        "column": {"type": "integer", "description": "Of the line, from 1."},
    },
}
PROBLEM = {
    "type": "object",
    "description": "An error (RFC 9457). `type` tells sorts apart; `remedy` says what to do.",
    "required": ["type", "title", "status", "detail", "instance", "remedy", "errors"],
    "properties": {
        "type": {"type": "string", "enum": [f"{URN}{sort}" for sort in SORTS]},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The address that was asked for."},
        "remedy": {"type": "string"},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
}
LOCATED = {"snapshots_create", "articles_reprocess", "exports_create"}
CONFLICTS = {"decisions_withdraw"}


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """The document that ninja made, with errors, examples and headers of each operation."""
    components = document["components"]
    components["schemas"] = dict(sorted((components["schemas"] | {"Problem": PROBLEM, "Fault": FAULT}).items()))
    components["responses"] = {str(status): _response(status) for status in sorted({sort[0] for sort in SORTS.values()})}
    for operation in _operations(document):
        references = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _statuses(operation)}
        good = {str(status): response for status, response in operation["responses"].items()}
        for status, response in good.items():
            _complete(response, status, operation["operationId"])
        for parameter in operation["parameters"]:
            _complete_parameter(parameter)
        operation["responses"] = dict(sorted((good | references).items()))
    return document


def _complete(response: dict[str, Any], status: str, operation_id: str) -> None:
    answer = examples.ANSWERS.get(operation_id)
    if status == "200" and operation_id == "snapshots_create":
        response["description"] = "The same bytes are here already"
        answer = {**answer, "state": "processed", "duplicate": True}
    for content in response["content"].values():
        content["examples"] = {"harbour": {"value": answer}}
    if operation_id in LOCATED:
        where = "Where the outcome can be read."
        response["headers"] = {"Location": {"description": where, "schema": {"type": "string", "format": "uri-reference"}}}


def _complete_parameter(parameter: dict[str, Any]) -> None:
    """A parameter is there or not; that it may be null is a matter of our Python alone."""
    schema = parameter["schema"]
    if "anyOf" in schema:
        schema |= next(each for each in schema.pop("anyOf") if each != {"type": "null"})
        schema.pop("default", None)
    if parameter["name"] in examples.PARAMETERS:
        parameter["example"] = examples.PARAMETERS[parameter["name"]]


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def _statuses(operation: dict[str, Any]) -> set[int]:
    """The errors that an operation may answer with."""
    statuses = {400, 401, 403, 422, 500, 503}
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        statuses.add(404)
    if "requestBody" in operation:
        statuses |= {411, 413, 415}
    if operation["operationId"] in CONFLICTS:
        statuses.add(409)
    return statuses


def _response(status: int) -> dict[str, Any]:
    sorts = {sort: words for sort, words in SORTS.items() if words[0] == status}
    headers = {name: value for sort in sorts for name, value in HEADERS.get(sort, {}).items()}
    return {
        "description": "; ".join(title for _, title, _ in sorts.values()),
        "headers": {name: {"schema": {"type": "string"}, "example": value} for name, value in headers.items()},
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {sort: {"value": _example(sort)} for sort in sorts},
            }
        },
    }


def _example(sort: str) -> dict[str, Any]:
    status, title, remedy = SORTS[sort]
    return {
        "type": f"{URN}{sort}",
        "title": title,
        "status": status,
        "detail": f"{title[:1].lower()}{title[1:]}",
        "instance": "/api/v1/articles",
        "remedy": remedy,
        "errors": [],
    }
