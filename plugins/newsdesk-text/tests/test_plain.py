import pytest
from newsdesk_text import PlainText
from newsdesk_text.plain import tidy

from newsdesk.sdk import UnreadableContent
from newsdesk.sdk.testing import check_processor, make_document


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf\n", "\u200b\u3000".encode()])
def test_text_without_words_is_refused(content):
    with pytest.raises(UnreadableContent, match="has no text"):
        check_processor(PlainText(), make_document(content=content))


def test_markup_is_left_as_it_stands():
    assert tidy("<script>alert(1)</script>") == "<script>alert(1)</script>"


def test_one_blank_line_is_kept():
    assert tidy("One.\n\nTwo.") == "One.\n\nTwo."


def test_several_blank_lines_become_one():
    assert tidy("One.\n \n\n\nTwo.") == "One.\n\nTwo."


def test_blanks_at_line_ends_go():
    assert tidy("One.  \r\nTwo.\t\n") == "One.\nTwo."


def test_blanks_at_line_starts_stay():
    assert tidy("One.\n    Two.") == "One.\n    Two."


def test_legacy_encoding_is_read():
    document = make_document(content="„Größe“ zählt.".encode("cp1252"))
    assert check_processor(PlainText(), document)[0].data["text"] == "„Größe“ zählt."
