import pytest
from newsdesk_html import WebPage, register_processors

from newsdesk.sdk import HTML, UnreadableContent, body
from newsdesk.sdk.testing import check_processor, make_document


def page(content):
    return check_processor(WebPage(), make_document(content=content, media_type=HTML))


def text_of(content):
    return page(content)[0].data["text"]


def process_once(content):
    return list(WebPage().process(make_document(content=content, media_type=HTML)))


@pytest.mark.parametrize("content", ["", "<html></html>", "<body> &nbsp; <script>var a</script></body>", "<!-- a -->"])
def test_page_without_text_is_refused(content):
    with pytest.raises(UnreadableContent, match="has no text"):
        page(content)


def test_hundred_thousand_nested_elements_are_refused():
    with pytest.raises(UnreadableContent, match="nested deeper"):
        page("<p>Before.</p>" + "<div>" * 100_000 + "Inside.")


def test_three_hundred_nested_elements_lose_nothing():
    assert (
        text_of("<p>Before.</p>" + "<div>" * 300 + "Inside." + "</div>" * 300 + "<p>After.</p>")
        == "Before.\n\nInside.\n\nAfter."
    )


def test_paragraph_of_eleven_megabytes_is_kept_whole():
    assert len(process_once("<p>" + "word " * 2_200_000 + "</p>")[0].data["text"]) == 11_000_000 - 1


def test_many_paragraphs_are_kept():
    assert text_of("<p>A sentence of some forty characters, here.</p>" * 2_000).count("sentence") == 2_000


def test_spans_count_code_points():
    found = page("<h1>Flags 🇩🇪 and foxes 🦊</h1><p>The fox 🦊 ran over the hill, and the flag was lost in the wind.</p>")
    assert body(found[0].data["text"], found).startswith("The fox 🦊 ran")


def test_references_to_control_characters_leave_canonical_text():
    assert text_of("<p>One&#0;&#1;&#x85;two\u2028three.</p>").startswith("One")


def test_page_of_one_word_is_kept():
    assert [a.data["role"] for a in page("<p>Hello</p>") if a.kind == "paragraph"] == ["body"]


def test_processor_is_registered():
    assert register_processors() == [WebPage()]
