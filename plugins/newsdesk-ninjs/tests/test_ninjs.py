"""Items of all generations to pages. All items are invented."""

import json

import pytest
from newsdesk_ninjs import Ninjs

from newsdesk.sdk import HTML, Document, UnreadableContent
from newsdesk.sdk.testing import check_reader, contract

PARAGRAPHS = "<p>The bridge opens on Monday.</p><p>It is 90 metres long.</p>"
THIRD = {
    "uri": "urn:example:1",
    "standard": {"name": "ninjs", "version": "3.2"},
    "type": "text",
    "firstCreated": "2026-08-19T06:42:00Z",
    "versionCreated": "2026-08-19T11:05:00Z",
    "language": "en",
    "by": "Kari Sund",
    "infoSources": [{"name": "Sandvik Wire"}],
    "headlines": [{"role": "sub", "value": "Four years of work"}, {"role": "main", "value": "Bridge to open"}],
    "descriptions": [{"value": "Cars may cross from Monday."}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": PARAGRAPHS}],
}
SECOND = {
    "uri": "urn:example:1",
    "firstcreated": "2026-08-19T06:42:00Z",
    "versioncreated": "2026-08-19T11:05:00Z",
    "language": "en",
    "by": "Kari Sund",
    "infosources": [{"name": "Sandvik Wire"}],
    "headlines": [{"value": "Bridge to open"}],
    "descriptions": [{"contenttype": "text/plain", "value": "Cars may cross from Monday."}],
    "bodies": [{"contenttype": "application/xhtml+xml", "value": PARAGRAPHS}],
}
FIRST = {
    "uri": "urn:example:1",
    "firstcreated": "2026-08-19T06:42:00Z",
    "versioncreated": "2026-08-19T11:05:00Z",
    "language": "en",
    "byline": "Kari Sund",
    "infosource": [{"name": "Sandvik Wire"}],
    "headline": "Bridge to open",
    "description_text": "Cars may cross from Monday.",
    "body_html": PARAGRAPHS,
    "body_text": "The bridge opens on Monday. It is 90 metres long.",
}

TestContract = contract(Ninjs(), documents=[json.dumps(each).encode() for each in (THIRD, SECOND)])


def read(said):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return check_reader(Ninjs(), Document(content=content, media_type="application/ninjs+json"))


def page(said):
    return read(said).content.decode()


def refusal(said):
    with pytest.raises(UnreadableContent) as refused:
        read(said)
    return str(refused.value)


def about(said):
    """What the page says of itself."""
    text = page(said)
    return json.loads(text.partition('ld+json">')[2].partition("</script>")[0])


def body(*bodies):
    return (
        page({**THIRD, "headlines": [], "by": "", "bodies": list(bodies)}).partition("<article>\n")[2].partition("\n</art")[0]
    )


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (b"", "this is no JSON: "),
        (b"{", "this is no JSON: "),
        (b"[" * 100_000, "this is no JSON: "),
        (b'{"a": "\xff"}', "this is no UTF-8, as JSON must be"),
        (b"7", "this is JSON, but no object; send one news item"),
        ([THIRD, SECOND], "this is a list of 2 items; send each by itself"),
        ({}, "this item has no text in bodies"),
        ({"type": "picture", "headlines": [{"value": "A bridge"}]}, "this picture has no text in bodies"),
        ({"bodies": "words"}, "this item has no text in bodies"),
        ({"bodies": [7, {"value": 7}, {"value": " "}]}, "this item has no text in bodies"),
        ({**THIRD, "bodies": [{"contentType": "text/html", "value": "<p></p>"}]}, "this text has no text in bodies"),
        ({**THIRD, "pubStatus": "canceled"}, "this item is canceled, says its provider (pubstatus): it must not be used"),
        ({**SECOND, "pubstatus": "withheld"}, "this item is withheld, says its provider"),
    ],
)
def test_what_is_no_text_to_be_used_is_refused_with_the_reason(said, reason):
    assert refusal(said)[: len(reason)] == reason


@pytest.mark.parametrize("said", [FIRST, SECOND, THIRD], ids=["1.x", "2.x", "3.x"])
def test_every_generation_says_the_same(said):
    assert about(said) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Bridge to open",
        "description": "Cars may cross from Monday.",
        "author": "Kari Sund",
        "datePublished": "2026-08-19T06:42:00Z",
        "dateModified": "2026-08-19T11:05:00Z",
        "publisher": "Sandvik Wire",
        "inLanguage": "en",
    }


@pytest.mark.parametrize("said", [FIRST, SECOND, THIRD], ids=["1.x", "2.x", "3.x"])
def test_every_generation_gives_the_same_article(said):
    assert page(said).partition("<article>\n")[2] == (
        f'<h1>Bridge to open</h1>\n<p class="byline">Kari Sund</p>\n{PARAGRAPHS}\n</article></body></html>\n'
    )


def test_page_is_html_in_utf8_and_the_address_stays():
    came = Document(url="https://news.example/a", content=json.dumps(THIRD).encode(), media_type="application/ninjs+json")
    found = Ninjs().read(came)
    assert (found.media_type, found.charset, found.url) == (HTML, "utf-8", "https://news.example/a")


def test_byte_order_mark_is_passed_over():
    assert page(b"\xef\xbb\xbf" + json.dumps(THIRD).encode()) == page(THIRD)


def test_first_version_is_not_modified():
    assert "dateModified" not in about({**THIRD, "versionCreated": THIRD["firstCreated"]})


def test_item_that_tells_only_its_version_was_published_then():
    assert about({**THIRD, "firstCreated": None})["datePublished"] == "2026-08-19T11:05:00Z"


def test_holder_of_the_rights_publishes_where_no_source_is_named():
    assert about({**THIRD, "infoSources": [], "copyrightHolder": "Tidende"})["publisher"] == "Tidende"


def test_markup_is_preferred_where_it_says_as_much():
    plain = {"role": "main", "contentType": "text/plain", "value": "The bridge opens on Monday. It is 90 metres long."}
    assert body(plain, {"role": "richtext", "contentType": "application/xhtml+xml", "value": PARAGRAPHS}) == PARAGRAPHS


def test_longest_text_is_preferred_to_a_teaser_in_markup():
    plain = {"contentType": "text/plain", "value": "The bridge opens on Monday. It is 90 metres long."}
    assert body({"contentType": "text/html", "value": "<p>The bridge opens.</p>"}, plain) == f"<p>{plain['value']}</p>"


def test_main_body_is_preferred_among_marked_up_ones():
    assert body({"role": "alt", "value": "<p>Some words here.</p>"}, {"role": "main", "value": "<p>Same words here</p>"}) == (
        "<p>Same words here</p>"
    )


def test_blank_lines_part_paragraphs():
    assert body({"value": "One\r\nline.\r\n \r\nTwo."}) == "<p>One line.</p>\n<p>Two.</p>"


def test_every_line_is_a_paragraph_where_no_blank_line_is():
    assert body({"value": "One.\nTwo."}) == "<p>One.</p>\n<p>Two.</p>"


def test_signs_of_markup_in_plain_text_are_no_markup():
    assert body({"contentType": "text/plain", "value": "1 < 2 & <b>3</b>"}) == "<p>1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;</p>"


def test_markup_in_a_headline_is_left_out():
    said = {**THIRD, "headlines": [{"contentType": "text/html", "value": "<b>Bridge</b> to open"}]}
    assert about(said)["headline"] == "Bridge to open"


def test_headline_cannot_leave_its_place():
    text = page({**THIRD, "headlines": [{"contentType": "text/plain", "value": "</script><!--<h1>"}]})
    assert (text.count("</script>"), text.count("<!--"), text.count("<h1>")) == (1, 0, 1)


def test_half_a_character_is_replaced():
    assert body({"value": "Half \ud83d a smile"}) == "<p>Half ? a smile</p>"


def test_language_cannot_leave_its_place():
    assert 'lang="en&quot; onload=&quot;x"' in page({**THIRD, "language": 'en" onload="x'})
