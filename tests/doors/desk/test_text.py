"""Text cut into segments: flat, complete, and in order."""

from newsdesk.desk.text import Mark, blocks, body_words
from newsdesk.sdk import Artifact, Span


def paragraph(start, end, role="body"):
    return Artifact("paragraph", {"role": role}, (Span(start, end, "block"),))


def mark(number, start, end, role="content", kind="quote"):
    return Mark(number, kind, Span(start, end, role))


def shown(text, paragraphs, *marks):
    return [[(part.text, part.numbers) for part in block.segments] for block in blocks(text, paragraphs, marks)]


def test_overlapping_marks_are_flat_segments():
    assert shown("abcdef", [paragraph(0, 6)], mark(1, 0, 4), mark(2, 2, 6)) == [[("ab", "1"), ("cd", "1 2"), ("ef", "2")]]


def test_a_mark_over_two_paragraphs_is_cut_at_their_border():
    assert shown("ab\ncd", [paragraph(0, 2), paragraph(3, 5)], mark(1, 1, 4)) == [
        [("a", ""), ("b", "1")],
        [("c", "1"), ("d", "")],
    ]


def test_code_points_beyond_the_basic_plane_count_once():
    assert shown("😀ab", [paragraph(0, 3)], mark(1, 1, 2)) == [[("😀", ""), ("a", "1"), ("b", "")]]


def test_text_that_no_paragraph_covers_is_shown():
    assert [(block.role, block.segments[0].text) for block in blocks("one\ntwo", [paragraph(0, 3)], [])] == [
        ("body", "one"),
        ("unassigned", "two"),
    ]


def test_paragraphs_that_disagree_show_each_character_once():
    assert shown("abcdef", [paragraph(0, 4), paragraph(2, 6)]) == [[("abcd", "")], [("ef", "")]]


def test_an_empty_span_marks_nothing():
    assert shown("ab", [paragraph(0, 2)], mark(1, 1, 1)) == [[("a", ""), ("b", "")]]


def test_boilerplate_and_metadata_of_a_whole_paragraph_mark_the_paragraph():
    block = blocks("ab", [paragraph(0, 2)], [mark(1, 0, 2, "block", "boilerplate"), mark(2, 0, 2, "mention", "metadata")])[0]
    assert (block.numbers, block.segments[0].marks) == ("1 2", ())


def test_the_speaker_is_said_once_where_the_last_words_end():
    marks = [Mark(1, "quote", Span(0, 1, "content")), Mark(1, "quote", Span(2, 3, "content"), label="Lind")]
    assert [part.label for part in blocks("abc", [paragraph(0, 3)], marks)[0].segments] == ["", "", "Lind"]


def test_a_stretch_is_rejected_only_if_all_that_share_it_are():
    marks = [Mark(1, "quote", Span(0, 2, "content"), "rejected"), Mark(2, "quote", Span(1, 2, "content"), "accepted")]
    assert [part.state for part in blocks("ab", [paragraph(0, 2)], marks)[0].segments] == ["rejected", "accepted"]


def test_only_the_body_is_counted():
    assert body_words(blocks("a b\nc d e", [paragraph(0, 3, "headline"), paragraph(4, 9)], [])) == 3
