import pytest
from newsdesk_html import WebPage

from newsdesk.sdk import HTML, UnreadableContent
from newsdesk.sdk.testing import check_processor, make_document


def page(content):
    return check_processor(WebPage(), make_document(content=content, media_type=HTML))


def text_of(content):
    return page(content)[0].data["text"]


@pytest.mark.parametrize(
    "content", ["", "<html></html>", "<html><body> &nbsp; <script>var a</script></body></html>", "<!-- a -->"]
)
def test_page_without_text_is_refused(content):
    with pytest.raises(UnreadableContent, match="has no text"):
        page(content)


def test_scripts_are_no_text():
    assert text_of("<p>One.</p><script>alert(1)</script><noscript>No.</noscript><p>Two.</p>") == "One.\n\nTwo."


def test_markup_that_is_escaped_is_plain_text():
    assert text_of("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>") == "<script>alert(1)</script>"


def test_three_hundred_nested_elements_lose_nothing():
    assert (
        text_of("<p>Before.</p>" + "<div>" * 300 + "Inside." + "</div>" * 300 + "<p>After.</p>")
        == "Before.\n\nInside.\n\nAfter."
    )


def test_hundred_thousand_nested_elements_are_refused():
    with pytest.raises(UnreadableContent, match="nested deeper"):
        page("<p>Before.</p>" + "<div>" * 100_000 + "Inside.")


def test_paragraph_of_eleven_megabytes_is_kept_whole():
    assert len(text_of("<p>" + "word " * 2_200_000 + "</p>")) == 11_000_000 - 1


def test_thirty_thousand_paragraphs_are_kept():
    assert text_of("<p>A sentence of some forty characters, here.</p>" * 30_000).count("sentence") == 30_000
