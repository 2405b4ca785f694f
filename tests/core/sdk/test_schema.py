import pytest

from newsdesk.sdk.schema import unknown_keywords, violations

PERSON = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string", "minLength": 1}, "aliases": {"type": "array", "items": {"type": "string"}}},
}


@pytest.mark.parametrize(
    ("value", "schema", "message"),
    [
        (1, {"type": "string"}, "data must be string, not 1"),
        (True, {"type": "integer"}, "data must be integer, not True"),
        (True, {"type": "number"}, "data must be number, not True"),
        (1.5, {"type": "integer"}, "data must be integer, not 1.5"),
        ({}, {"type": ["string", "null"]}, "data must be string or null, not {}"),
        ("", {"minLength": 1}, "data must have 1 characters or more"),
        ("abc", {"maxLength": 2}, "data must have 2 characters or fewer, not 3"),
        ("abc", {"pattern": "^[0-9]+$"}, "data must match '^[0-9]+$', not 'abc'"),
        ("c", {"enum": ["a", "b"]}, "data must be one of 'a', 'b', not 'c'"),
        ("c", {"const": "a"}, "data must be 'a', not 'c'"),
        (-1, {"minimum": 0}, "data must be 0 or more, not -1"),
        (1.1, {"maximum": 1}, "data must be 1 or less, not 1.1"),
        ([], {"minItems": 1}, "data must have 1 items or more, not 0"),
        ([1, 2], {"maxItems": 1}, "data must have 1 items or fewer, not 2"),
        ({}, PERSON, "data must have 'name'"),
        ({"name": "A", "age": 1}, PERSON, "data must not have 'age'; known are 'name', 'aliases'"),
        ({"name": ""}, PERSON, "data.name must have 1 characters or more"),
        ({"name": "A", "aliases": ["B", 1]}, PERSON, "data.aliases[1] must be string, not 1"),
        ({"a": 1}, {"additionalProperties": {"type": "string"}}, "data.a must be string, not 1"),
        (1, {"anyOf": [{"type": "string"}, {"type": "null"}]}, "data must be string, not 1"),
        ("x" * 100, {"type": "null"}, "data must be null, not '" + "x" * 56 + "..."),
    ],
)
def test_violation_names_path_rule_and_value(value, schema, message):
    assert list(violations(value, schema)) == [message]


def test_every_violation_is_told():
    assert len(list(violations({"name": "", "aliases": [1, 2]}, PERSON))) == 3


@pytest.mark.parametrize(
    ("value", "schema"),
    [
        ("anything", {}),
        (None, {"type": ["string", "null"], "maxLength": 5}),
        (2.0, {"type": "integer"}),
        (1, {"type": "number", "minimum": 1, "maximum": 1}),
        (("a",), {"type": "array", "items": {"type": "string"}}),
        ({"name": "Zoë", "aliases": []}, PERSON),
        ("b", {"anyOf": [{"const": "a"}, {"const": "b"}]}),
        (True, {"type": "boolean"}),
    ],
)
def test_valid_value_has_no_violations(value, schema):
    assert list(violations(value, schema)) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": []},
        {"properties": {"a": {"oneOf": []}}},
        {"items": {"oneOf": []}},
        {"anyOf": [{}, {"oneOf": []}]},
        {"additionalProperties": {"oneOf": []}},
    ],
)
def test_keyword_outside_the_subset_is_found_at_any_depth(schema):
    assert unknown_keywords(schema) == {"oneOf"}


def test_schema_within_the_subset_has_no_unknown_keywords():
    assert unknown_keywords(PERSON) == set()
