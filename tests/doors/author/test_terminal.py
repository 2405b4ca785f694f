"""What reaches a terminal, and how a text is shown with what was found in it."""

import io

import pytest

from newsdesk.author.marks import Mark, legend, marked
from newsdesk.author.terminal import Terminal, safe


class Screen(io.StringIO):
    def isatty(self):
        return True


def shown(text, *marks, whole=True, colour="never", columns="40"):
    terminal = Terminal(Screen(), colour, {"COLUMNS": columns})
    return list(marked(text, marks, terminal, whole))


@pytest.mark.parametrize(
    "command", ["\x1b[2J", "\x07", "\r", "\x9b1m", "\u202e", "\u2066", "\u200f", "\ud800", "\x00", "\u2028"]
)
def test_character_that_commands_a_terminal_is_written_out(command):
    assert safe(f"a{command}").isprintable()


@pytest.mark.parametrize("words", ["“Zoë”", "e\u0301", "👩\u200d🚒", "مرحبا", "soft\u00adhyphen"])
def test_words_are_left_as_they_are(words):
    assert safe(words) == words


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_screen_that_wants_no_colours_gets_none(environment):
    assert not Terminal(Screen(), "auto", environment).colour


def test_file_gets_no_colours():
    assert not Terminal(io.StringIO(), "auto", {}).colour


def test_screen_gets_colours():
    assert Terminal(Screen(), "auto", {"NO_COLOR": "", "TERM": "xterm"}).colour


def test_text_without_a_finding_is_counted():
    assert shown("one\n\ntwo", whole=False) == ["⋯ 2 more lines"]


def test_line_far_from_a_finding_is_counted():
    assert shown("a\nb\nc\nd\ne", Mark(0, 1, 1, "person"), whole=False) == ["a", "1", "b", "c", "⋯ 2 more lines"]


def test_finding_is_underlined_with_its_number():
    assert shown("See Ada Lind.", Mark(4, 12, 3, "person")) == ["See Ada Lind.", "    3~~~~~~~"]


def test_number_that_has_no_room_is_left_out():
    assert shown("See A.", Mark(4, 5, 12, "person")) == ["See A.", "    ~"]


def test_shorter_finding_lies_over_the_longer():
    assert shown("See Ada Lind.", Mark(8, 12, 2, "b"), Mark(0, 13, 1, "a")) == ["See Ada Lind.", "1~~~~~~~2~~~1"]


def test_finding_over_lines_is_underlined_in_each():
    assert shown("ab\ncd", Mark(1, 4, 1, "a")) == ["ab", " 1", "cd", "1"]


def test_wide_and_combining_characters_take_the_room_that_they_have():
    assert shown("漢e\u0301x", Mark(3, 4, 1, "a")) == ["漢e\u0301x", "   1"]


def test_character_written_out_is_underlined_as_it_stands_there():
    assert shown("\u202eAda", Mark(1, 4, 1, "a")) == ["\\u202eAda", "      1~~"]


def test_long_line_is_broken_behind_a_blank():
    text = "word " * 10
    assert shown(text, Mark(45, 49, 1, "a")) == ["word " * 8, "word word ", "     1~~~"]


def test_line_without_a_blank_is_broken_where_it_ends():
    assert shown("x" * 50) == ["x" * 40, "x" * 10]


def test_colours_stand_for_what_the_legend_says():
    terminal, marks = Terminal(Screen(), "always", {}), [Mark(0, 1, 1, "person"), Mark(1, 2, 2, "place")]
    said = [*marked("ab", marks, terminal, True), legend(marks, terminal)]
    assert said == ["\x1b[4;36ma\x1b[0m\x1b[4;35mb\x1b[0m", "\x1b[4;36mperson\x1b[0m  \x1b[4;35mplace\x1b[0m"]
