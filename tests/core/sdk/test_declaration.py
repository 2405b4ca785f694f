"""A kind that a plugin declares is looked at before anything is held to it."""

from dataclasses import replace

import pytest

from newsdesk.sdk import KINDS, Kind
from newsdesk.sdk.declaration import wrong_with_kind

RIGHT = Kind("notice", "Notice", {"type": "object", "properties": {"type": {"type": "string"}}}, {"block": (1, 1)})


def schema(**properties):
    return replace(RIGHT, schema={"type": "object", "properties": properties})


@pytest.mark.parametrize("thing", [None, "notice", object(), {"name": "notice"}])
def test_what_is_no_kind_is_refused(thing):
    assert wrong_with_kind(thing).endswith("is no kind; return instances of newsdesk.sdk.Kind")


@pytest.mark.parametrize("name", ["", "Notice", "my_notice", "9th", "a" * 51, None, 5, "nötice", "content", "reading"])
def test_name_that_would_not_do_is_refused(name):
    assert wrong_with_kind(replace(RIGHT, name=name)) == (
        f"kind name {name!r} must be lower-case letters, digits and hyphens, 50 at most, and none of content, reading"
    )


@pytest.mark.parametrize("label", ["", " Notice", "a" * 51, None, "No\ntice", "\u202enotice"])
def test_label_that_cannot_be_shown_is_refused(label):
    assert wrong_with_kind(replace(RIGHT, label=label)).startswith("kind notice: label must be a few words for editors")


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        (None, "roles must be a dict of 20 roles at most, not None"),
        (["block"], "roles must be a dict of 20 roles at most, not ['block']"),
        ({f"r{number}": (0, 1) for number in range(21)}, "roles must be a dict of 20 roles at most"),
        ({"Block": (1, 1)}, "role 'Block' must be lower-case letters"),
        ({1: (1, 1)}, "role 1 must be lower-case letters"),
        ({"block": 1}, "role 'block' must have (least, most)"),
        ({"block": (2, 1)}, "role 'block' must have (least, most)"),
        ({"block": (0, 0)}, "role 'block' must have (least, most)"),
        ({"block": (-1, None)}, "role 'block' must have (least, most)"),
        ({"block": (True, None)}, "role 'block' must have (least, most)"),
    ],
)
def test_roles_that_no_artifact_can_be_held_to_are_refused(roles, message):
    assert wrong_with_kind(replace(RIGHT, roles=roles)).startswith(f"kind notice: {message}")


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        (replace(RIGHT, schema=None), "schema must be a dict with the type 'object'"),
        (replace(RIGHT, schema={"type": "string"}), "schema must be a dict with the type 'object'"),
        (replace(RIGHT, schema={"type": "object", "oneOf": []}), "schema has 'oneOf', which is not in the subset"),
        (schema(type={"type": "string", "format": "date"}), "schema has 'format', which is not in the subset"),
        (schema(type={"type": "str"}), "schema.properties.type.type must be one of object, array"),
        (schema(type={"type": []}), "schema.properties.type.type must be one of object, array"),
        (schema(type={"enum": "abc"}), "schema.properties.type.enum must be a list of values"),
        (schema(type={"enum": []}), "schema.properties.type.enum must be a list of values"),
        (schema(type={"pattern": "("}), "schema.properties.type.pattern must be a regular expression"),
        (schema(type={"maxLength": -1}), "schema.properties.type.maxLength must be a whole number of 0 or more"),
        (schema(type={"minItems": True}), "schema.properties.type.minItems must be a whole number of 0 or more"),
        (schema(type={"minimum": "1"}), "schema.properties.type.minimum must be a number"),
        (schema(type={"items": 1}), "schema.properties.type.items must be a dict"),
        (schema(type={"anyOf": {}}), "schema.properties.type.anyOf must be a list of schemas"),
        (schema(type={"anyOf": [1]}), "schema.properties.type.anyOf[0] must be a dict"),
        (schema(type={"additionalProperties": 1}), "schema.properties.type.additionalProperties must be a dict"),
        (replace(RIGHT, schema={"type": "object", "properties": []}), "schema.properties must be a dict"),
        (replace(RIGHT, schema={"type": "object", "required": "type"}), "schema.required must be a list of names"),
        (replace(RIGHT, schema={"type": "object", "default": object()}), "schema must be plain JSON"),
        (replace(RIGHT, schema={"type": "object", "title": "x" * 20_000}), "schema has 20,028 bytes as JSON"),
    ],
)
def test_schema_that_data_cannot_be_held_to_is_refused(declared, message):
    assert wrong_with_kind(declared).startswith(f"kind notice: {message}")


def test_schema_that_contains_itself_is_refused():
    endless = {"type": "object"}
    endless["properties"] = {"more": endless}
    assert wrong_with_kind(replace(RIGHT, schema=endless)).startswith("kind notice: schema must be plain JSON")


@pytest.mark.parametrize(("changed", "message"), [({"reviewed": 1}, "reviewed must be"), ({"check": 1}, "check must be")])
def test_other_fields_of_the_wrong_sort_are_refused(changed, message):
    assert wrong_with_kind(replace(RIGHT, **changed)).startswith(f"kind notice: {message}")


@pytest.mark.parametrize("kind", [RIGHT, Kind("notice", "Notice"), *KINDS.values()], ids=lambda kind: kind.name)
def test_kind_that_keeps_to_the_rules_is_taken(kind):
    assert wrong_with_kind(kind) is None


@pytest.mark.parametrize(
    "changed", [{"name": "note"}, {"schema": {"type": "object"}}, {"roles": {"block": (0, 1)}}, {"reviewed": False}]
)
def test_digest_is_another_for_another_rule(changed):
    assert replace(RIGHT, **changed).digest != RIGHT.digest


def test_digest_is_the_same_under_another_label():
    assert replace(RIGHT, label="Note").digest == RIGHT.digest
