import pytest
from newsdesk_text.structure import PlainStructure, structure

from newsdesk.sdk.testing import make_document

HEADLINE = "Ferry runs aground off Little Ansay"
STANDFIRST = "Passengers were taken ashore in fishing boats, and the school stays closed"
STORY = [
    "The ferry to Little Ansay ran aground on a sandbank on Monday morning with 41 people on board.",
    "Nobody was hurt, and the passengers were taken ashore before noon, the harbour office said.",
    "A tug is expected at high water. If it fails, the boat will have to be unloaded first.",
]
BYLINES = ["Una Torvald", "Una Torvald, island correspondent", "Una Torvald in Carrick Sound", "Report: Una Torvald"]


def roles(*lines):
    return [line.role for line in structure("\n".join(lines))]


def values(name, *lines):
    document = make_document("\n".join(lines))
    return [a.data["value"] for a in PlainStructure().process(document) if (a.kind, a.data.get("name")) == ("metadata", name)]


@pytest.mark.parametrize("byline", BYLINES)
def test_name_under_the_headline_is_the_byline(byline):
    assert roles(HEADLINE, byline, *STORY) == ["headline", "byline", "body", "body", "body"]


@pytest.mark.parametrize("byline", BYLINES)
def test_name_under_the_standfirst_is_the_byline(byline):
    assert roles(HEADLINE, STANDFIRST, byline, *STORY) == ["headline", "standfirst", "byline", "body", "body", "body"]


@pytest.mark.parametrize("byline", BYLINES)
def test_byline_gives_the_name_alone(byline):
    assert values("byline", HEADLINE, byline, "3 May 2026", *STORY) == ["Una Torvald"]


def test_name_and_date_in_either_order():
    assert roles(HEADLINE, "3 May 2026", "Una Torvald", *STORY)[:3] == ["headline", "dateline", "byline"]
    assert roles(HEADLINE, "Una Torvald", "3 May 2026", *STORY)[:3] == ["headline", "byline", "dateline"]


def test_name_between_paragraphs_is_no_byline():
    assert "byline" not in roles(HEADLINE, *STORY[:2], "Una Torvald", *STORY[2:])


def test_quotation_under_the_headline_is_no_standfirst():
    assert roles(HEADLINE, "“The ferry is aground,” said Ann Lee.", *STORY) == ["headline", "body", "body", "body", "body"]


def test_agency_in_the_dateline_is_the_publisher():
    assert values("publisher", HEADLINE, f"CARRICK, May 3 (Northwire) - {STORY[0]}", *STORY[1:]) == ["Northwire"]


def test_time_of_day_has_seconds():
    assert values("published", HEADLINE, "Sunday 3 May 2026 22.31", *STORY) == ["2026-05-03T22:31:00"]


def test_three_short_words_over_a_story_are_its_headline():
    assert roles("Ferry runs aground", *STORY) == ["headline", "body", "body", "body"]


def test_short_note_has_its_headline():
    assert roles("Ferry runs aground", "“Nobody was hurt,” said Una Torvald.") == ["headline", "body"]
