import pytest

from newsdesk.sdk import HTML, PLAIN, UnreadableContent, examine
from newsdesk.sdk.content import MAX_BYTES, decode, has_words, sniff
from newsdesk.sdk.media import Format

# Refusals: thing, rule, remedy


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00", "a PNG image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\x00", "a GIF image"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a RIFF file"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "gzip data"),
        (b"BZh91AY&SY\x00", "bzip2 data"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Microsoft Office file"),
        (b"SQLite format 3\x00", "an SQLite database"),
        (b"ID3\x03\x00", "an MP3 file"),
        (b"OggS\x00\x02", "an Ogg file"),
        (b"Rar!\x1a\x07\x00", "a RAR archive"),
        (b"WARC/1.0\r\nWARC-Type: response", "a WARC archive"),
        (b"\x00\x00\x00\x18ftypheic", "a video or HEIF image"),
        (b"\x00\x01\x02\x03" * 100, "binary data"),
    ],
)
def test_what_is_no_text_is_refused_by_its_bytes_whatever_its_name(content, what):
    with pytest.raises(UnreadableContent, match=rf"^story\.html is {what}.*; (extract|send) .*text"):
        examine(content, name="story.html")


@pytest.mark.parametrize("content", [b"", b"   ", b" \r\n\t\n"])
def test_nothing_is_refused_as_empty(content):
    with pytest.raises(UnreadableContent, match=r"^a\.txt is empty; send a document that has text$"):
        examine(content, name="a.txt")


@pytest.mark.parametrize(
    "content",
    [
        b"<html><head><title>Only a title</title></head><body></body></html>",
        b"<!DOCTYPE html><body><script>var words = 1</script><style>p {color: red}</style></body>",
        b"<p>&nbsp;&#8212;</p>",
        b"<html><body><img alt='words in an attribute'></body></html>",
        "“—”…\n\u3000\u200b".encode(),
        b"\xef\xbb\xbf",
    ],
)
def test_markup_marks_and_blanks_without_a_word_are_refused(content):
    with pytest.raises(UnreadableContent, match=r"^a has no text: nothing but markup, blanks or marks; send a document"):
        examine(content, name="a")


def test_too_many_bytes_are_refused_with_size_limit_and_remedy():
    with pytest.raises(UnreadableContent, match=r"^big\.txt has 20,971,521 bytes; the limit is 20,971,520; split it"):
        examine(b"a" * (MAX_BYTES + 1), name="big.txt")


def test_as_many_bytes_as_allowed_are_taken():
    assert len(examine(b"a" * MAX_BYTES).decoded.text) == MAX_BYTES


def test_declared_media_type_that_is_not_read_is_refused_with_those_that_are():
    with pytest.raises(
        UnreadableContent, match=r"declared as image/png; Newsdesk reads application/xhtml\+xml, text/html, text/p"
    ):
        examine(b"words", media_type="image/png")


def test_declared_media_type_does_not_make_a_pdf_a_text():
    with pytest.raises(UnreadableContent, match="is a PDF document"):
        examine(b"%PDF-1.4", media_type=PLAIN)


def test_text_with_many_bytes_that_are_no_utf_8_is_refused_as_doubtful():
    content = "Ünïcödé wörds über alles, ".encode() * 4 + b"\xff\xfe\xfd"
    with pytest.raises(
        UnreadableContent, match=r"encoding doubtful: 3 of 107 characters are not utf-8; declare the right charset"
    ):
        examine(content, charset="utf-8")


# Media types


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><p>Hello",
        b"\n  <HTML lang=en>Hello",
        b"<!-- a comment --> <div>Hello",
        b'<?xml version="1.0"?>\n<!-- x -->\n<html>Hello',
        b"\xef\xbb\xbf<p>Hello",
        "<html>Hello".encode("utf-16"),
        "<html>Hello, hello".encode("utf-16-le"),
        b"<h1>Hello</h1>",
    ],
)
def test_html_is_known_by_its_beginning(content):
    assert sniff(content) == HTML


@pytest.mark.parametrize(
    "content",
    [
        b"Hello",
        b"ID3 recalled",
        b"BZh",
        b"RIFF begins",
        b"Rar!",
        b"GIF8",
        b"a < b and <p> later",
        b"<3 you all",
        b"<persons> said",
        b'{"html": "<p>"}',
        "“Hello”".encode("utf-16"),
    ],
)
def test_anything_else_that_is_text_is_plain(content):
    assert sniff(content) == PLAIN


def test_declared_media_type_is_believed_where_the_bytes_can_be_that():
    assert examine(b"No tags at all", media_type=HTML).media_type == HTML


def test_found_media_type_is_given_where_none_is_declared():
    assert examine(b"<p>Hello</p>").media_type == HTML


# What readers announce

PDF = Format("pdf", ("application/pdf", "application/x-pdf"), (b"%PDF-",))
NOTES = Format("notes", ("application/x-notes",), (b"{", b"["), (".notes", ".notes.json"))
DECLARED = Format("declared", ("application/x-declared",))
FORMATS = (PDF, NOTES, DECLARED)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDX-1.7 words", "a.pdf"),
        (b"{} words", "a.json"),
        (b"{} words", "a.notes.txt"),
        (b"{} words", "document"),
        (b"words {}", "a.notes"),
        (b"words", "a.declared"),
    ],
)
def test_what_fits_no_announcement_whole_is_plain_text(content, name):
    assert examine(content, name=name, formats=FORMATS).media_type == PLAIN


@pytest.mark.parametrize(
    ("content", "name", "found"),
    [
        (b"%PDF-1.7", "story.html", "application/pdf"),
        (b"{}", "a.notes", "application/x-notes"),
        (b"\xef\xbb\xbf \r\n\t[]", "A.NOTES.JSON", "application/x-notes"),
    ],
)
def test_what_fits_is_taken_for_the_first_of_the_media_types_and_not_looked_into(content, name, found):
    examined = examine(content, name=name, formats=FORMATS)
    assert (examined.media_type, examined.decoded.text, examined.decoded.encoding) == (found, "", "")


@pytest.mark.parametrize("media_type", ["application/x-pdf", "application/x-declared"])
def test_media_type_that_is_announced_is_believed_when_declared(media_type):
    assert examine(b"\x00\x01", media_type=media_type, formats=FORMATS).media_type == media_type


def test_declared_media_type_comes_before_what_fits():
    assert examine(b"{} words", name="a.notes", media_type=PLAIN, formats=FORMATS).media_type == PLAIN


def test_what_nobody_announces_is_refused_with_all_that_is_read():
    with pytest.raises(UnreadableContent, match=r"Newsdesk reads .*text/plain, application/pdf, .*application/x-notes"):
        examine(b"words", media_type="image/png", formats=FORMATS)


def test_blanks_in_a_format_that_is_announced_are_an_empty_document():
    with pytest.raises(UnreadableContent, match="is empty"):
        examine(b" \n", media_type="application/pdf", formats=FORMATS)


# Words


@pytest.mark.parametrize(
    "markup", ["<script" * 3_000, "<" * 30_000, "<!--" * 9_000, "<a b='" * 6_000, "</script" * 5_000, "<style><title" * 4_000]
)
def test_hostile_markup_without_a_word_is_seen_through(markup):
    assert not has_words(markup, HTML)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>a",
        "a",
        "<script>x</script>1",
        "<SCRIPT>x</SCRIPT ><p>1",
        "<title>x</title><p>word",
        "<p>&eacute;</p>",
        "<p>記事</p>",
        "a<",
        f"<meta content='{'İ' * 50}'><p>word",
    ],
)
def test_letter_or_digit_for_a_reader_is_a_word(markup):
    assert has_words(markup, HTML)


def test_angle_brackets_in_plain_text_hide_nothing():
    assert has_words("<a>", PLAIN)


# Beginnings that took sniffing long, or in


@pytest.mark.parametrize("comments", ["<!---->" * 500, "<!-- -->" * 300 + "<!--", "<?xml>" * 500, "<!--" * 1_000])
def test_any_number_of_comments_is_passed_at_once(comments):
    assert sniff(f"{comments}x".encode()) == PLAIN


def test_comments_before_the_first_element_do_not_hide_it():
    assert sniff(b"<!-- a -->\n<!-- b -->" * 20 + b"<p>Hello") == HTML


def test_numbers_in_two_bytes_are_no_utf_16():
    assert decode(b"\x00\x01\x02\x03" * 100).encoding == "utf-8"


def test_dotted_capital_i_in_an_attribute_does_not_let_a_script_pass_for_words():
    assert not has_words(f"<meta content='{'İ' * 9}'><script>var words</script>", HTML)


def test_no_letter_but_the_dotted_capital_i_grows_in_lower_case():
    assert [char for char in map(chr, range(0x110000)) if len(char.lower()) > 1] == ["İ"]
