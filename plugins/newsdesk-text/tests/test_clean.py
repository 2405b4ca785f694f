"""An article without any furniture is kept whole, above all its first and its last paragraph."""

import pytest
from newsdesk_text.structure import structure

HEADLINE = "Ferry runs aground off Little Ansay"
STORY = [
    "The ferry to Little Ansay ran aground on a sandbank on Monday morning with 41 people on board.",
    "Nobody was hurt, and the passengers were taken ashore in fishing boats before noon.",
    "The company said that it would look into the cause and that another boat would sail on Tuesday.",
    "“We felt a bump, and then the coffee came to meet us,” said Una Torvald, who keeps the only shop on the island.",
    "Captain Jory Penhale told the harbour office that the buoy at the end of the channel had drifted in the storm.",
    "It is the third grounding in two years. In March 2024 a freighter sat on the same bank for nine days.",
    "The harbour office has asked the ministry for 300,000 crowns to dredge the channel. There was no answer.",
    "A tug is expected on Wednesday at high water. If it fails, the boat will have to be unloaded first.",
]
ENDS = [
    "“I would do it again.”",
    "“We ate all the biscuits,” said Una Torvald.",
    "“Never,” she said.",
    "The ferry sails daily.",
    "Who will pay?",
    "The inquiry continues.",
    "The vote is on Tuesday",
    "The pier opened in 1934.",
    "The next hearing is on 14 March 2027.",
    "The hall opens again on Saturday, 3 October 2026, at 10:30.",
    "Tickets are on sale at www.ansayferry.example.",
    "The report can be read at https://ansay.example/report",
    "Questions go to harbour@ansay.example.",
    "More than 400 people came.",
    "Sign-up for the course ends on 3 May.",
]
FIRSTS = ["The boat is gone.", "It was five in the morning.", "“The boat is gone,” said Una Torvald."]
LENGTHS = [1, 2, 3, 8]


def roles(lines, between="\n"):
    return [line.role for line in structure(between.join(lines))]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blank-lines"])
def test_news_item_of_three_paragraphs(between):
    assert roles([HEADLINE, *STORY[:3]], between) == ["headline", "body", "body", "body"]


def test_paragraphs_without_a_headline():
    assert roles(STORY) == ["body"] * len(STORY)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("end", ENDS)
def test_last_paragraph_stays(end, length):
    assert roles([HEADLINE, *STORY[:length], end]) == ["headline"] + ["body"] * (length + 1)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("first", FIRSTS)
def test_first_paragraph_stays(first, length):
    assert roles([HEADLINE, first, *STORY[:length]]) == ["headline"] + ["body"] * (length + 1)


@pytest.mark.parametrize("first", FIRSTS)
@pytest.mark.parametrize("end", ENDS)
def test_first_and_last_paragraphs_stay(first, end):
    assert roles([HEADLINE, first, *STORY, end]) == ["headline"] + ["body"] * (len(STORY) + 2)


@pytest.mark.parametrize("end", ["“I would do it again,” she said to those on the quay on Monday.", STORY[0]])
def test_last_paragraph_stays_above_furniture(end):
    lines = [HEADLINE, *STORY[1:], end, "Most read", "Ferry sold for one crown", "Two moons seen over Carrick"]
    assert roles(lines)[-4:] == ["body", "boilerplate", "boilerplate", "boilerplate"]


def test_introduced_list_stays():
    items = ["- a crane on the quay", "- two tugs, one of them new", "- a third buoy at the sandbank"]
    assert roles([HEADLINE, *STORY[:3], "The harbour office asked for:", *items, STORY[4]])[4:8] == ["body"] + ["list-item"] * 3
