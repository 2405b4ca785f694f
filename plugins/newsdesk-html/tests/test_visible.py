import pytest
from newsdesk_html import WebPage
from newsdesk_html.visible import beside, names_in

from newsdesk.sdk import HTML
from newsdesk.sdk.testing import make_document

HEADLINE = "Ferry runs aground off Little Ansay"
SITE = "The Ansay Bell"
STORY = (
    "<p>The ferry to Little Ansay ran aground on a sandbank on Monday morning with 41 people on board, in a calm sea.</p>"
    "<p>Nobody was hurt, and the passengers were taken ashore in fishing boats before noon, the harbour office said.</p>"
    "<p>A tug is expected at high water. If it fails, the boat will have to be unloaded first, which takes a week.</p>"
)


def page(small_print="", title=HEADLINE, head="", foot=""):
    return (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{HEADLINE}</h1>{small_print}{STORY}</article>"
        f"<div>{foot}</div></body></html>"
    )


def found(content):
    return list(WebPage().process(make_document(content=content, media_type=HTML)))


def values(name, *args, **kwargs):
    return [a.data["value"] for a in found(page(*args, **kwargs)) if a.kind == "metadata" and a.data["name"] == name]


def role_of(words, content):
    artifacts = found(content)
    text = artifacts[0].data["text"]
    return [a.data["role"] for a in artifacts if a.kind == "paragraph" and a.spans[0].of(text) == words]


TIME = '<p class="stamp"><time datetime="2026-05-03T08:15:00+02:00">3 May 2026, 08:15</time></p>'
DAY = '<meta property="article:published_time" content="{}">'


def test_time_element_gives_the_moment():
    assert values("published", TIME) == ["2026-05-03T08:15:00+02:00"]


def test_time_element_says_more_than_the_day_in_meta():
    assert values("published", TIME, head=DAY.format("2026-05-03")) == ["2026-05-03T08:15:00+02:00"]


def test_meta_that_says_something_else_stands():
    assert values("published", TIME, head=DAY.format("2026-05-02")) == ["2026-05-02"]


def test_moment_in_meta_stands_beside_a_day():
    day = '<p class="stamp"><time datetime="2026-05-03">3 May 2026</time></p>'
    assert values("published", day, head=DAY.format("2026-05-03T08:15:00+02:00")) == ["2026-05-03T08:15:00+02:00"]


def test_time_behind_updated_is_modified():
    first, then = (f'<time datetime="2026-05-03T{clock}">{clock}</time>' for clock in ("08:15", "09:00"))
    times = f'<p class="date">{first}, updated {then}</p>'
    assert values("published", times) == ["2026-05-03T08:15:00"]
    assert values("modified", times) == ["2026-05-03T09:00:00"]


def test_time_that_is_none_gives_nothing():
    assert values("modified", '<p class="date">Updated <time datetime="today">today</time></p>') == []


@pytest.mark.parametrize(
    "line",
    [
        "Published 3 May 2026, 06:42 UTC. Updated 11:05 UTC",
        "Updated on 3 May 2026",
        "Last updated: May 3, 2026",
        "Stand: 03.05.2026, 18:40 Uhr",
        "Posted 2026-05-03",
    ],
)
def test_line_of_dates_is_dateline(line):
    assert role_of(line, page(f"<div>{line}</div>")) == ["dateline"]


@pytest.mark.parametrize("line", ["Published in 1934, the book sold well.", "Posted as missing in 2019, he came home."])
def test_sentence_with_a_year_is_no_dateline(line):
    assert role_of(line, page(f"<p>{line}</p>")) != ["dateline"]


@pytest.mark.parametrize("title", [f"{SITE}: {HEADLINE}", f"{HEADLINE} | {SITE}", f"{HEADLINE} - {SITE}", HEADLINE])
def test_headline_is_without_the_name_of_the_site(title):
    assert values("headline", title=title) == [HEADLINE]


def test_headline_in_meta_is_without_the_name_of_the_site():
    assert values("headline", head=f'<meta property="og:title" content="{HEADLINE} | {SITE}">') == [HEADLINE]


def test_name_in_title_and_copyright_is_the_publisher():
    assert values("publisher", title=f"{SITE}: {HEADLINE}", foot=f"© {SITE} 2026") == [SITE]


def test_name_in_title_alone_is_no_publisher():
    assert values("publisher", title=f"{SITE}: {HEADLINE}", foot="© 2026") == []


def test_stated_publisher_stands():
    head = '<meta property="og:site_name" content="Bell">'
    assert values("publisher", title=f"{SITE}: {HEADLINE}", head=head, foot=f"© {SITE}") == ["Bell"]


def test_visible_byline_gives_the_names():
    assert values("byline", "<div><i>by Una Torvald and Zoë Brändle</i></div>") == ["Una Torvald", "Zoë Brändle"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Una Torvald", ["Una Torvald"]),
        ("By Una Torvald, island correspondent", ["Una Torvald"]),
        ("by Una van der Linde | 3 May 2026", ["Una van der Linde"]),
        ("Von Una Torvald und Marta Quill", ["Una Torvald", "Marta Quill"]),
        ("by our own reporter", []),
        ("Una Torvald", []),
    ],
)
def test_names_in_a_byline(line, names):
    assert names_in(line) == names


@pytest.mark.parametrize("title", ["", HEADLINE, f"{HEADLINE}s | {SITE}", f"{SITE} | {HEADLINE} | {SITE}", "Another | Bell"])
def test_title_without_a_name_beside_the_headline(title):
    assert beside(title, HEADLINE) is None


CLEAN_ENDS = [
    "“I would do it again,” said Una Torvald.",
    "The ferry sails daily.",
    "The next hearing is on 14 March 2027.",
    'The report is on <a href="/report">the harbour’s page</a>.',
]


@pytest.mark.parametrize("end", CLEAN_ENDS)
def test_clean_article_keeps_its_first_and_last_paragraph(end):
    content = f"<html><body><h1>{HEADLINE}</h1><p>The boat is gone.</p>{STORY}<p>{end}</p></body></html>"
    assert [a.data["role"] for a in found(content) if a.kind == "paragraph"] == ["headline"] + ["body"] * 5
