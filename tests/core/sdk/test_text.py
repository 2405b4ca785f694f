import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsdesk.sdk import canonical
from newsdesk.sdk.text import is_canonical

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
TROUBLE = st.text(st.sampled_from("a\r\n\t\x00\x0b\x85\u2028\u2029\x1c\ud800\udfff\ufeff\u0301e\u200b"), max_size=20)


@pytest.mark.parametrize("control", ["\x01", "\x08", "\x0e", "\x1c", "\x1f", "\x7f", "\x80", "\x9f"])
def test_control_character_is_removed_and_counted(control):
    assert canonical(f"a{control}b") == ("ab", {"control-removed": 1})


def test_nul_is_removed_and_counted_by_itself():
    assert canonical("\x00a\x00\x01b") == ("ab", {"nul-removed": 2, "control-removed": 1})


@pytest.mark.parametrize("surrogate", [chr(0xD800), chr(0xD83D), chr(0xDFFF)])
def test_lone_surrogate_becomes_the_replacement_character_and_is_counted(surrogate):
    assert canonical(f"a{surrogate}b") == ("a\ufffdb", {"surrogate-replaced": 1})


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_end_of_another_sort_becomes_a_line_feed_without_a_warning(end):
    assert canonical(f"a{end}b") == ("a\nb", {})


def test_two_carriage_returns_are_two_line_ends():
    assert canonical("a\r\rb").text == "a\n\nb"


def test_tab_becomes_one_blank():
    assert canonical("a\tb") == ("a b", {})


def test_byte_order_mark_in_front_is_dropped():
    assert canonical("\ufeffa") == ("a", {})


def test_byte_order_mark_inside_is_a_zero_width_character_and_stays():
    assert canonical("a\ufeffb").text == "a\ufeffb"


def test_decomposed_letters_are_composed():
    assert canonical("Zoe\u0308") == ("Zoë", {})


@pytest.mark.parametrize("char", ["\u00ad", "\u200b", "\u200d", "\u202e", "\u00a0", "\u2066"])
def test_format_character_is_part_of_the_text(char):
    assert canonical(f"a{char}b") == (f"a{char}b", {})


def test_ligatures_and_full_width_letters_keep_their_form():
    assert canonical("ﬃ İ ß Ａ").text == "ﬃ İ ß Ａ"


def test_emoji_family_stays_as_it_is():
    assert canonical("👩‍👩‍👧‍👦 said").text == "👩‍👩‍👧‍👦 said"


def test_clean_text_has_no_warnings():
    assert canonical("“Fine,” she said.\n") == ("“Fine,” she said.\n", {})


@pytest.mark.parametrize("text", ["a\r", "\t", "\x00", "\x85", "\u2028", "\ud800", "\ufeffa", "e\u0301"])
def test_text_that_would_change_is_not_canonical(text):
    assert not is_canonical(text)


def test_empty_text_is_canonical():
    assert is_canonical("")


@given(ANY_TEXT | TROUBLE)
@example("\r\x00\n")
def test_canonical_form_of_anything_is_canonical(text):
    assert is_canonical(canonical(text).text)


@given(ANY_TEXT | TROUBLE)
def test_canonical_form_of_a_canonical_form_is_itself(text):
    once = canonical(text).text
    assert canonical(once) == (once, {})


@given(ANY_TEXT | TROUBLE)
def test_what_is_called_canonical_is_left_as_it_is(text):
    assert is_canonical(text) == (canonical(text).text == text)


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=60))
def test_text_without_anything_forbidden_is_only_normalised(text):
    assert canonical(text) == (unicodedata.normalize("NFC", text), {})


@pytest.mark.parametrize("text", ["\ufeff\ufeffa", "\x00\ufeffa", "\x01\ufeffa"])
def test_byte_order_marks_are_dropped_wherever_they_come_to_stand_in_front(text):
    assert canonical(text).text == "a"
