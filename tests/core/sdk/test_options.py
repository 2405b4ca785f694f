import json
from dataclasses import dataclass, field, make_dataclass
from enum import Enum, StrEnum
from typing import Any, ClassVar, Literal

import pytest

from newsdesk.sdk import OptionError, option
from newsdesk.sdk.options import options_schema, plain_options, redacted
from newsdesk.sdk.processor import configured, options
from newsdesk.sdk.schema import unknown_keywords, violations


class Way(StrEnum):
    NEAREST = "nearest"
    MODEL = "model"


class Level(Enum):
    LOW = 1
    HIGH = 2


@dataclass(frozen=True)
class Batch:
    size: int = option(8, minimum=1)
    share: float = 0.5


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("person",)
    seen: ClassVar[int] = 0

    least: int = option(3, help="Words, at least.", title="Shortest quote", minimum=1, maximum=50)
    share: float = option(0.45, minimum=0, maximum=1)
    strict: bool = False
    way: Way = Way.NEAREST
    level: Level = Level.LOW
    mode: Literal["fast", "slow"] = "fast"
    languages: tuple[str, ...] = option(("de",), choices=("de", "en"), min_items=1)
    country: str = option("DE", pattern="^[A-Z]{2}$")
    skip: str = option("", format="regex")
    model: str | None = None
    batch: Batch = Batch()
    extra: dict[str, int] = option({"a": 1})
    token: str = option("", help="For the service.", secret=True)

    def process(self, document):
        return ()


def declared(hint, default=None, **said):
    cls = make_dataclass("Odd", [("odd", hint, option(default, **said))], bases=(Finder,), frozen=True)
    with pytest.raises(OptionError) as refused:
        options_schema(cls())
    return str(refused.value)


def refusal(**values):
    with pytest.raises(OptionError) as refused:
        configured(Finder(), values)
    return str(refused.value)


@pytest.mark.parametrize(
    ("hint", "default", "said", "reason"),
    [
        (bytes, b"", {}, "option 'odd' has the type bytes; use bool, int, float, str, "),
        (tuple[int, str], (1, "a"), {}, "option 'odd' has the type tuple; use "),
        (int | str, 1, {}, "option 'odd' has the type "),
        (str, None, {}, "the default of 'odd' must be string, not None; change the default"),
        (int, 0, {"minimum": 1}, "the default of 'odd' must be 1 or more, not 0; change the default"),
        (str, "c", {"choices": ("a", "b")}, "the default of 'odd' must be one of 'a', 'b', not 'c'"),
        (str, "", {"minimum": 1}, "option 'odd' has minimum, which is for integer or number alone; take it out"),
        (bool, True, {"choices": (True,)}, "option 'odd' has choices, which is for integer or number or string alone"),
        (str, "", {"min_items": 1}, "option 'odd' has min_items, which is for array alone"),
        (Literal[b"a"], b"a", {}, "choices must be text or numbers, not (b'a',)"),
        (str, "a", {"pattern": "^(a+)+$"}, "option 'odd': its pattern “^(a+)+$” has nested repetition"),
        (str, "a", {"pattern": "("}, "option 'odd': its pattern “(” is no regular expression"),
        (str, "hush", {"secret": True}, "option 'odd' is a secret, so it must have an empty default and repr=False"),
        (int, 0, {"secret": True}, "option 'odd' is a secret, so it must be a str, or str | None"),
    ],
)
def test_bad_declaration_is_told_what_is_wrong_and_what_to_do(hint, default, said, reason):
    assert declared(hint, default, **said).startswith(reason)


def test_secret_that_its_repr_would_tell_is_a_bad_declaration():
    odd = make_dataclass("Odd", [("odd", str, field(default="", metadata={"secret": True}))], bases=(Finder,), frozen=True)
    with pytest.raises(OptionError, match=r'write option\("", secret=True\)$'):
        options_schema(odd())


def test_secret_inside_another_dataclass_is_a_bad_declaration():
    keys = make_dataclass("Keys", [("token", str, option("", secret=True))], frozen=True)
    assert declared(keys, keys()) == "Keys has a secret; declare it on the processor itself"


def test_attribute_that_an_annotation_makes_an_option_is_a_bad_declaration():
    odd = make_dataclass("Odd", [("version", str, "1")], bases=(Finder,), frozen=True)
    with pytest.raises(OptionError, match="'version' is annotated, which makes it an option; take the annotation off"):
        options_schema(odd())


def test_annotation_that_names_what_is_not_there_is_a_bad_declaration():
    assert declared("Nowhere", 1).startswith("its annotations cannot be read: NameError")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"least": 0}, "finder: option 'least' must be 1 or more, not 0; it takes a whole number from 1 to 50, such as 3"),
        ({"share": 2}, "finder: option 'share' must be 1 or less, not 2; it takes a number from 0 to 1, such as 0.45"),
        ({"way": "far"}, "finder: option 'way' must be one of 'nearest', 'model', not 'far'; "
                         "it takes one of 'nearest', 'model', such as \"nearest\""),
        ({"level": 3}, "finder: option 'level' must be one of 1, 2, not 3; it takes one of 1, 2, such as 1"),
        ({"languages": []}, "finder: option 'languages' must have 1 items or more, not 0; "
                            "it takes a list, each one of 'de', 'en', such as [\"de\"]"),
        ({"languages": ["fr"]}, "finder: option 'languages'[0] must be one of 'de', 'en', not 'fr'; "
                                "it takes a list, each one of 'de', 'en', such as [\"de\"]"),
        ({"country": "Germany"}, "finder: option 'country' must match '^[A-Z]{2}$', not 'Germany'; "
                                 "it takes text that matches ^[A-Z]{2}$, such as \"DE\""),
        ({"country": "A" * 201}, "finder: option 'country' must have 200 characters or fewer, not 201; "
                                 "it takes text that matches ^[A-Z]{2}$, such as \"DE\""),
        ({"skip": "(a+)+"}, "finder: option 'skip': “(a+)+” has nested repetition, “(a+)+”, which may take for ever; "
                            "flatten it; it takes a regular expression"),
        ({"batch": {"size": 0}}, "finder: option 'batch'.size must be 1 or more, not 0; "
                                 'it takes a JSON object, such as {"size": 8, "share": 0.5}'),
        ({"batch": {"sise": 9}}, "finder: option 'batch' must not have 'sise'; known are 'size', 'share'; "
                                 'it takes a JSON object, such as {"size": 8, "share": 0.5}'),
        ({"extra": {"a": "b"}}, "finder: option 'extra'.a must be integer, not 'b'; "
                                'it takes a JSON object, such as {"a": 1}'),
    ],
)  # fmt: skip
def test_value_that_is_not_taken_is_told_with_option_value_rule_and_remedy(values, message):
    assert refusal(**values) == message


def test_refusal_of_a_secret_does_not_say_it():
    assert refusal(token=17) == "finder: option 'token' is a secret, and takes text; enter it again"


def test_refusal_by_the_plugin_itself_does_not_say_a_secret():
    @dataclass(frozen=True)
    class Picky(Finder):
        def __post_init__(self):
            if self.token:
                raise ValueError(f"{self.token} is no token")

    with pytest.raises(OptionError) as refused:
        configured(Picky(), {"token": "s3cr3t"})
    assert "s3cr3t" not in str(refused.value)


def test_secret_is_taken_out_of_a_message():
    assert redacted("401 for s3cr3t", configured(Finder(), {"token": "s3cr3t"})) == "401 for ••••••"


def test_secret_is_in_no_repr():
    assert "s3cr3t" not in repr(configured(Finder(), {"token": "s3cr3t"}))


def test_secret_is_no_option_that_is_shown_but_reaches_the_processor():
    finder = configured(Finder(), {"token": "s3cr3t"})
    assert ("token" in options(finder), plain_options(finder, secrets=True)["token"]) == (False, "s3cr3t")


def test_schema_says_types_bounds_choices_help_and_defaults():
    assert options_schema(Finder()) == {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "least": {
                "type": "integer", "title": "Shortest quote", "description": "Words, at least.", "minimum": 1, "maximum": 50,
                "default": 3,
            },
            "share": {"type": "number", "minimum": 0, "maximum": 1, "default": 0.45},
            "strict": {"type": "boolean", "default": False},
            "way": {"type": "string", "enum": ["nearest", "model"], "default": "nearest"},
            "level": {"type": "integer", "enum": [1, 2], "default": 1},
            "mode": {"type": "string", "enum": ["fast", "slow"], "default": "fast"},
            "languages": {
                "type": "array", "items": {"type": "string", "enum": ["de", "en"]}, "minItems": 1, "default": ["de"],
            },
            "country": {"type": "string", "pattern": "^[A-Z]{2}$", "maxLength": 200, "default": "DE"},
            "skip": {"type": "string", "format": "regex", "default": ""},
            "model": {"type": ["string", "null"], "default": None},
            "batch": {
                "type": "object",
                "properties": {"size": {"type": "integer", "minimum": 1}, "share": {"type": "number"}},
                "additionalProperties": False,
                "default": {"size": 8, "share": 0.5},
            },
            "extra": {"type": "object", "additionalProperties": {"type": "integer"}, "default": {"a": 1}},
            "token": {"type": "string", "description": "For the service.", "writeOnly": True},
        },
    }  # fmt: skip


def test_schema_is_of_the_subset_that_is_checked_but_for_what_options_alone_have():
    assert unknown_keywords(options_schema(Finder())) == {"format", "writeOnly"}


def test_defaults_of_the_schema_are_those_of_the_registered_processor():
    assert options_schema(Finder(least=9))["properties"]["least"]["default"] == 9


def test_present_options_are_valid_against_the_schema():
    assert list(violations(options(Finder()), options_schema(Finder()))) == []


def test_options_come_back_from_json_as_they_were():
    finder = Finder(5, 0.5, True, Way.MODEL, Level.HIGH, "slow", ("en", "de"), "SE", "^x", "small", Batch(2), {"b": 2}, "s")
    stored = json.loads(json.dumps(plain_options(finder, secrets=True)))
    assert configured(Finder(), stored) == finder


def test_part_of_a_dataclass_lies_over_what_it_has():
    assert configured(Finder(), {"batch": {"size": 2}}).batch == Batch(2, 0.5)


def test_what_is_annotated_as_anything_takes_anything():
    odd = make_dataclass("Odd", [("odd", Any, field(default=None))], bases=(Finder,), frozen=True)
    assert configured(odd(), {"odd": [1, {"a": None}]}).odd == [1, {"a": None}]


def test_default_that_can_change_is_nobody_elses():
    assert Finder().extra is not Finder().extra
