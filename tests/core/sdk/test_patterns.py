import pytest

from newsdesk.sdk.patterns import trouble_with


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "*a", r"(?P<a>x)(?P<a>y)"])
def test_what_is_no_pattern_is_told_why(pattern):
    assert " is no regular expression: " in trouble_with(pattern)


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        ("(a+)+b", "(a+)+"),
        ("^(a*)*$", "(a*)*"),
        ("(?:a|a)*b", "(?:a|a)*"),
        ("(?:a|ab)+c", "(?:a|ab)+"),
        ("x(?P<word>[a-z]+ ?){2,}y", "(?P<word>[a-z]+ ?){2,}"),
        (r"(\w+\s?){1,50}", r"(\w+\s?){1,50}"),
        ("((a?)b)*", "((a?)b)*"),
    ],
)
def test_repetition_inside_repetition_is_refused_with_the_part_at_fault(pattern, part):
    assert f"has nested repetition, “{part}”" in trouble_with(pattern)


@pytest.mark.parametrize("pattern", ["a?" * 40 + "b", ".*.*.*.*x", "(a|b|ab)" * 30, "a{0,100}a{0,100}a{0,100}a{0,100}$"])
def test_many_repetitions_one_after_the_other_are_refused(pattern):
    assert "has too many repetitions" in trouble_with(pattern)


def test_one_more_repetition_is_too_many_where_texts_are_long():
    assert [trouble_with("^a*b*$", longest) is None for longest in (200, 20_000)] == [True, False]


@pytest.mark.parametrize(("pattern", "construct"), [(r"(a)\1", "refers back"), ("(?=a)b", "(?=a"), ("(?i)a", "(?i)")])
def test_what_cannot_be_counted_is_refused(pattern, construct):
    assert construct in trouble_with(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "^Read also",
        "^[a-z]{2}(-[A-Z]{2})?$",
        "^(?:de|en|sv)(?:,(?:de|en|sv))*$",
        r"^https://[\w.-]+/?$",
        r"^[\w.]+@[\w.]+\.[a-z]+$",
        r"[]\]a*]+",
        "[^]]{1,3}x{y",
        r"^\(\d{3}\) \d+?$",
    ],
)
def test_pattern_that_must_come_to_an_end_is_taken(pattern):
    assert trouble_with(pattern) is None


def test_pattern_of_too_many_groups_in_groups_is_refused():
    assert trouble_with("(" * 90 + "a" + ")" * 90) is None
    assert "flatten it" in trouble_with("(?:" * 400 + "a" + ")" * 400)
