import re
from dataclasses import dataclass

import pytest

from newsdesk.sdk import OptionError, Processor
from newsdesk.sdk.processor import accepts, configured, options


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("person",)

    least: int = 2
    share: float = 0.5
    strict: bool = False
    language: str = "en"
    model: str | None = None
    words: tuple[str, ...] = ("said",)

    def __post_init__(self):
        if self.least < 0:
            raise ValueError("least must be 0 or more")

    def process(self, document):
        return ()


class Plain:
    name = "plain"
    version = "1"
    requires = provides = ()
    accepts = ("text/plain",)

    def process(self, document):
        return ()


def test_option_that_the_processor_does_not_have_is_refused_with_those_that_it_has():
    with pytest.raises(
        OptionError, match=r"^finder has no option 'most'; it has language, least, model, share, strict, words$"
    ):
        configured(Finder(), {"most": 1})


def test_option_of_a_processor_without_any_is_refused():
    with pytest.raises(OptionError, match="plain has no option 'most'; it has none"):
        configured(Plain(), {"most": 1})


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("least", "2", "a whole number, such as 2"),
        ("least", 2.0, "a whole number, such as 2"),
        ("least", True, "a whole number, such as 2"),
        ("least", None, "a whole number, such as 2"),
        ("share", "0.5", "a number, such as 0.5"),
        ("share", False, "a number, such as 0.5"),
        ("strict", 1, "true or false, such as false"),
        ("language", ["en"], 'text, such as "en"'),
        ("model", object(), "text or null"),
        ("words", "said", 'a list, each text, such as ["said"]'),
        ("words", ({"a"},), 'a list, each text, such as ["said"]'),
    ],
)
def test_value_of_another_type_is_refused(option, value, expected):
    with pytest.raises(OptionError, match=rf"^finder: option '{option}'.* must be .*; it takes {re.escape(expected)}$"):
        configured(Finder(), {option: value})


def test_value_that_the_processor_itself_refuses_is_refused_with_its_reason():
    with pytest.raises(OptionError, match=r"^finder does not take {'least': -1}: least must be 0 or more$"):
        configured(Finder(), {"least": -1})


@pytest.mark.parametrize("values", [{"share": float("nan")}, {"share": float("inf")}, {"model": "\ud800"}])
def test_value_that_json_does_not_know_is_refused(values):
    with pytest.raises(OptionError, match=r"^finder does not take"):
        configured(Finder(), values)


def test_whole_number_too_large_for_a_float_is_refused():
    with pytest.raises(OptionError, match=r"^finder: option 'share' is too large a number; it takes a number"):
        configured(Finder(), {"share": 10**400})


def test_whole_number_is_taken_for_a_float_and_made_one():
    assert repr(configured(Finder(), {"share": 1}).share) == "1.0"


def test_list_is_taken_for_a_tuple_and_made_one():
    assert configured(Finder(), {"words": ["said", "told"]}).words == ("said", "told")


def test_option_whose_default_is_none_takes_a_value():
    assert configured(Finder(), {"model": "small"}).model == "small"


def test_options_not_named_keep_their_values():
    assert configured(Finder(least=3), {"language": "de"}) == Finder(least=3, language="de")


def test_no_options_leave_the_processor_as_it_is():
    assert configured(plain := Plain(), {}) is plain


def test_options_are_the_fields():
    assert options(Finder(least=3, words=())) == {
        "least": 3,
        "share": 0.5,
        "strict": False,
        "language": "en",
        "model": None,
        "words": (),
    }


def test_processor_that_is_no_dataclass_has_no_options():
    assert options(Plain()) == {}


def test_processor_that_says_what_it_accepts_reads_nothing_else():
    assert not accepts(Plain(), "text/html")


def test_processor_that_does_not_say_what_it_accepts_reads_everything():
    assert accepts(Finder(), "text/html")


def test_processor_without_a_version_does_not_meet_the_protocol():
    assert not isinstance(type("Bare", (), {"name": "bare", "requires": (), "provides": (), "process": print})(), Processor)


def test_frozen_dataclass_meets_the_protocol():
    assert isinstance(Finder(), Processor)
