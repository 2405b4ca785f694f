"""The OpenAPI document: how a client begins, and what every operation has in common, above all its errors."""

from typing import Any

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
CONFLICTS = {"artifacts_create", "decisions_create", "decisions_withdraw"}


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """The document that ninja made, with the errors of each operation declared."""
    components = document["components"]
    components["schemas"] |= {"Problem": PROBLEM, "Fault": FAULT}
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["responses"] = {str(status): _response(status) for status in sorted({sort[0] for sort in SORTS.values()})}
    for operation in _operations(document):
        references = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _statuses(operation)}
        responses = {str(status): found for status, found in operation["responses"].items()}
        operation["responses"] = dict(sorted((responses | references).items()))
        _describe_location(operation["responses"])
    return document


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in document["paths"].values() for operation in path.values()]


def _statuses(operation: dict[str, Any]) -> set[int]:
    """The errors that an operation may answer with."""
    statuses = {400, 401, 403, 500, 503}
    if operation["parameters"]:
        statuses.add(422)
    if any(parameter["in"] == "path" for parameter in operation["parameters"]):
        statuses.add(404)
    if "requestBody" in operation:
        statuses |= {413, 415, 422}
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


def _describe_location(responses: dict[str, Any]) -> None:
    for status in ("201", "202"):
        if status in responses and responses[status].get("content", {}):
            schema = str(responses[status]["content"])
            if any(f"/{name}'" in schema for name in ("Submission", "Reprocessing", "Export")):
                words = "Where the outcome can be read."
                responses[status]["headers"] = {"Location": {"description": words, "schema": {"type": "string"}}}
