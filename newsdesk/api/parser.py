"""Read JSON strictly (I-JSON, RFC 7493): what two parsers could understand differently, or a database not store, is refused.

Python's own parser takes NaN, repeated names, lone surrogates and numbers of any length. The text is therefore walked once,
token by token, before it is parsed; the walk also knows where in the text a fault stands.
"""

import json
import math
import re
from typing import Any, NoReturn

from django.http import HttpRequest
from django.http.request import QueryDict
from ninja.parser import Parser

from newsdesk.api.errors import Fault, Problem

MAX_DEPTH = 32
MAX_TOKENS = 200_000
"""A document is one long string, so an honest body has few tokens; this bounds the time that a dishonest one takes."""
MAX_DIGITS = 40

# Possessive, so that no text can make it slow.
_TOKEN = re.compile(
    r'[ \t\n\r]*+(?:(?P<string>"(?:[^"\\\x00-\x1f]++|\\.)*+")|(?P<number>-?\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+)'
    r"|(?P<mark>[][{},:])|(?P<word>-?[A-Za-z]++))"
)


class StrictParser(Parser):
    """Ninja's parser, with refusals that name the place."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON object in the body. Raises Problem."""
        return parse(request.body)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The query's parameters, each at most once. Raises Problem."""
        if isinstance(data, QueryDict):
            check_query(data)
        return super().parse_querydict(data, list_fields, request)


def parse(body: bytes) -> dict[str, Any]:
    """A JSON object, or Problem with line and column of what is wrong with it."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        _refuse(before, len(before), f"byte {error.start + 1} is not UTF-8")
    if text.startswith("\ufeff"):
        _refuse(text, 0, "the body begins with a byte order mark; leave it out")
    _walk(text)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(text, error.pos, error.msg[:1].lower() + error.msg[1:])
    except (ValueError, RecursionError):  # the walk leaves nothing for these; should it ever, no client sees a 500
        _refuse(text, 0, "the body is no JSON")
    if not isinstance(value, dict):
        _refuse(text, 0, "the body must be one JSON object")
    return value


def check_query(query: QueryDict) -> None:
    """Refuse parameters that are repeated, or hold what no text of ours can hold."""
    for name, values in query.lists():
        if len(values) > 1:
            fault = Fault(name[:100], "query", f"is given {len(values)} times; give it once")
            raise Problem("invalid", f"{name[:100]!r} is given more than once", faults=[fault])
        if "\0" in values[0]:
            raise Problem("invalid", f"{name[:100]!r} has a NUL in it", faults=[Fault(name[:100], "query", "has a NUL in it")])


def _walk(text: str) -> None:
    """Refuse what the parser would take: depth, length, repeated names, words that are no JSON, characters that are none."""
    names: list[set[str] | None] = []
    name, named_at, position, count = "", 0, 0, 0
    while token := _TOKEN.match(text, position):
        sort = str(token.lastgroup)
        start, position = token.span(sort)
        count += 1
        if count > MAX_TOKENS:
            _refuse(text, start, f"the body has more than {MAX_TOKENS:,} values and marks")
        if sort == "string":
            name, named_at = _string(text, start, position), start
        elif sort == "number":
            _check_number(text, start, token["number"])
        elif sort == "word":
            _check_word(text, start, token["word"])
        elif token["mark"] == ":" and names:
            _add_name(names[-1], name, text, named_at)
        elif token["mark"] in "{[":
            names.append(set() if token["mark"] == "{" else None)
            if len(names) > MAX_DEPTH:
                _refuse(text, start, f"the body is nested deeper than {MAX_DEPTH} levels")
        elif token["mark"] in "}]" and names:
            names.pop()


def _string(text: str, start: int, end: int) -> str:
    """The string between two marks, decoded if escapes could hide something in it."""
    raw = text[start + 1 : end - 1]
    if "\\" not in raw:
        return raw
    try:
        value = str(json.loads(text[start:end]))
        value.encode()
    except json.JSONDecodeError:
        return raw  # a bad escape, which the parser will name
    except UnicodeEncodeError as error:
        _refuse(text, start, f"character {error.start + 1} of this string is a lone surrogate, half of a character")
    if "\0" in value:
        _refuse(text, start, f"character {value.index(chr(0)) + 1} of this string is NUL; send such bytes as content_base64")
    return value


def _check_number(text: str, start: int, number: str) -> None:
    if len(number) > MAX_DIGITS:
        _refuse(text, start, f"this number has {len(number):,} characters; the limit is {MAX_DIGITS}")
    if not math.isfinite(float(number)):
        _refuse(text, start, "this number is too large for any double")


def _check_word(text: str, start: int, word: str) -> None:
    if word not in ("true", "false", "null"):
        _refuse(text, start, f"{word[:20]!r} is no JSON value; use a number, a string, true, false or null")


def _add_name(names: set[str] | None, name: str, text: str, start: int) -> None:
    if names is None:
        return  # a colon in an array, which the parser will name
    if name in names:
        _refuse(text, start, f"the name {name[:60]!r} stands twice in one object")
    names.add(name)


def _refuse(text: str, position: int, message: str) -> NoReturn:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    raise Problem(
        "malformed-json",
        f"line {line}, column {column}: {message}",
        faults=[Fault("", "body", message, line, column)],
    ) from None
