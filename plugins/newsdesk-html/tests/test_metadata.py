import pytest
from newsdesk_html.metadata import page_values
from newsdesk_html.tree import parse


def values(head, name):
    found = page_values(parse(f"<html><head>{head}</head><body><p>Text.</p></body></html>"), None)
    return [(value.value, value.evidence) for value in found if value.name == name]


def json_ld(text):
    return f'<script type="application/ld+json">{text}</script>'


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[]", '"text"', "[" * 100_000, '{"@type": 5}', '{"@type": "NewsArticle", "headline": {}}'],
    ids=["empty", "cut", "null", "list", "string", "deep", "number", "object"],
)
def test_broken_json_ld_gives_nothing(text):
    assert values(json_ld(text), "headline") == []


def test_date_that_is_none_is_left_out():
    assert values('<meta property="article:modified_time" content="yesterday">', "modified") == []


def test_address_is_no_author():
    assert values('<meta property="article:author" content="https://social.example/ada">', "byline") == []


def test_agency_sentence_for_the_language_is_left_out():
    assert values('<meta name="language" content="English (British)">', "language") == []


def test_json_ld_outranks_meta():
    head = '<meta property="og:title" content="Clock runs fast | Courier">'
    assert values(head + json_ld('{"@type": "NewsArticle", "headline": "Clock runs fast"}'), "headline") == [
        ("Clock runs fast", "json-ld")
    ]


def test_trailing_comma_and_line_end_in_json_ld_are_forgiven():
    assert values(json_ld('{"@type": "Article", "headline": "Clock\nruns fast",}'), "headline") == [
        ("Clock runs fast", "json-ld")
    ]


def test_each_author_is_a_value():
    text = '{"@type": "NewsArticle", "author": [{"name": "Ada Finch"}, {"name": "By Ben Roe and Cy Low"}]}'
    assert [name for name, _ in values(json_ld(text), "byline")] == ["Ada Finch", "Ben Roe", "Cy Low"]


def test_escaped_twice_is_unescaped_twice():
    assert values('<meta property="og:title" content="Tea &amp;amp; cake">', "headline") == [("Tea & cake", "meta")]


def test_published_is_iso():
    assert values('<meta property="article:published_time" content="2026-03-12T18:40:00Z">', "published") == [
        ("2026-03-12T18:40:00+00:00", "meta")
    ]


def test_canonical_link_is_the_address():
    assert values('<link rel="canonical" href="https://courier.example/a">', "canonical_url") == [
        ("https://courier.example/a", "meta")
    ]
