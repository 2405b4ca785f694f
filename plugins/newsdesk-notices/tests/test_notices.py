"""What is a notice, and what only looks like one. All documents are invented."""

import pytest
from newsdesk_notices import NOTICE, Notices

from newsdesk.sdk import Artifact, Span
from newsdesk.sdk.testing import check_processor, contract, make_document, paragraphs

TestContract = contract(
    Notices(), kinds=[NOTICE], documents=["Correction: An earlier version of this article named the wrong bridge.\nIt is open."]
)

ARTICLE = "The harbour of Sandvik will open again on Monday.\n"


def notices(text, role=None):
    document = make_document(text, artifacts=list(paragraphs(text, role)) if role else ())
    return check_processor(Notices(), document, [NOTICE])


def found(text, role=None):
    return [(each.data["type"], each.data["rule"]) for each in notices(text, role)]


@pytest.mark.parametrize(
    "line",
    [
        "Updated 11:05 UTC",
        "Updated: 19 August 2026, 11:05 UTC",
        "Update: 11.05am BST",
        "Published 19 August 2026, 06:42 UTC. Updated 11:05 UTC",
        "Last updated on 19 August",
        "Corrections",
        "Corrections: see here",
        "Corrections policy",
        "Correction facilities are full, the ministry said.",
        "Update your subscription to read on",
        "Updates: Ferries leave every hour from the first of May.",
        "Updates on the harbour works come every Friday, the port says.",
        "Clarification of the rules is due in May, the council said.",
        "The editor’s note was short: he was leaving.",
        "Editors note a change of tone in the council.",
        "“This article has been corrected,” the editor told the court.",
        '"Correction: I never said that," Mayor Lind replied.',
        "‘Correction: it was my brother,’ she said.",
        "An earlier version of the harbour plan was wrongly costed.",
        "An earlier version of this article was read out in court.",
        "The story has been updated for the stage by Ana Ruiz.",
        "The new edition corrects the spelling of forty names.",
        "Corrects nothing and admits nothing, as her rivals say.",
        "This story is about a harbour.",
        "The article was withdrawn from the exhibition.",
        "She said an earlier version of this story misstated her age.",
        "Because of an error, the ferry left late.",
        "Note to self: buy bread.",
    ],
)
def test_article_and_furniture_are_no_notices(line):
    assert found(f"{ARTICLE}{line}\n{ARTICLE}") == []


@pytest.mark.parametrize("role", ["headline", "standfirst", "byline", "dateline"])
def test_line_that_is_something_else_is_no_notice(role):
    assert found("Correction: the mayor who was never wrong", role) == []


def test_paragraph_that_is_too_long_is_no_notice():
    assert found(f"Correction: {'the plan is long and ' * 300}") == []


def test_heading_alone_is_no_notice():
    assert found(f"Correction\n{ARTICLE}") == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Correction: The bridge is 90 metres long, not 900.", ("correction", "label")),
        ("CORRECTION, Aug. 19, 2026: The bridge is 90 metres long.", ("correction", "label")),
        ("Correction (19 August, 4.15pm BST): The bridge is 90 metres long.", ("correction", "label")),
        ("*Correction — the bridge is 90 metres long.*", ("correction", "label")),
        ("Corrections & Clarifications: The bridge is 90 metres long.", ("correction", "label")),
        ("Clarification: Mayor Lind spoke before the vote.", ("clarification", "label")),
        ("Retraction: We no longer stand by this report.", ("retraction", "label")),
        ("UPDATE, 4:15 p.m.: The ferry has left the harbour.", ("update", "label")),
        ("Update: The ferry has left the harbour.", ("update", "label")),
        ("Editor's note: Per Holm is a member of this paper's board.", ("note", "label")),
        ("Editor’s Note — Per Holm is a member of this paper’s board.", ("note", "label")),
        ("[Editors’ note: Per Holm is a member of our board.]", ("note", "label")),
        ("A note to readers: our harbour pages move to Thursday.", ("note", "label")),
        ("Editor's note: This story has been corrected to give the right length.", ("correction", "label")),
        ("Update: This article has been updated to clarify who spoke.", ("clarification", "label")),
        ("This article was amended on 19 August 2026. The bridge is 90 metres long.", ("correction", "corrected")),
        ("This story has been corrected to give the bridge's length.", ("correction", "corrected")),
        ("• This story has been updated to correct the bridge's length.", ("correction", "corrected")),
        ("(Corrects length of bridge in paragraph 3)", ("correction", "corrects")),
        ("(This version corrects the spelling of Lind in the first paragraph.)", ("correction", "corrects")),
        ("An earlier version of this article misstated the bridge's length.", ("correction", "earlier-version")),
        ("A previous version of this story incorrectly said Lind had resigned.", ("correction", "earlier-version")),
        ("The original version of this report gave the wrong date.", ("correction", "earlier-version")),
        ("An earlier version of this story was unclear about who spoke.", ("clarification", "earlier-version")),
        ("Because of an editing error, an earlier version of this article left Oslo out.", ("correction", "editing-error")),
        ("This article has been clarified to say who paid.", ("clarification", "clarified")),
        ("This report has been retracted.", ("retraction", "retracted")),
        ("This story has been updated with the council's answer.", ("update", "updated")),
        ("This is a developing story and will be updated.", ("update", "developing")),
    ],
)
def test_notice_has_its_type(line, expected):
    assert found(f"{ARTICLE}{line}") == [expected]


def test_paragraph_under_a_heading_that_admits_an_error_is_a_notice():
    text = "Correction\nAn article on Tuesday about the harbour misstated the surname of the mayor. She is Astrid Lind."
    assert found(ARTICLE + text) == [("correction", "heading")]


def test_notice_is_the_whole_paragraph_with_its_words():
    text = f"{ARTICLE}Correction:  The bridge is 90 metres long."
    (notice,) = notices(text)
    assert (notice.spans, notice.data["words"]) == (
        (Span(len(ARTICLE), len(text), "block"),),
        "Correction: The bridge is 90 metres long.",
    )


def test_notice_that_was_set_aside_as_boilerplate_is_one_too():
    assert found("Correction: The bridge is 90 metres long.", "boilerplate") == [("correction", "label")]


def test_words_that_do_not_stand_there_are_told():
    notice = Artifact("notice", {"type": "note", "words": "Something else", "rule": "label"}, (Span(0, 11, "block"),))
    assert NOTICE.check(notice, ARTICLE) == "data.words says 'Something else', but its block says 'The harbour'"


def test_text_that_could_take_a_rule_for_ever_does_not():
    assert found("correction " + "1 a, " * 900) == []
