"""Who said what, sentence by sentence. Names and sentences are invented."""

import pytest
from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk import Artifact, Span
from newsdesk.sdk.testing import check_processor, make_document


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nobody spoke.",
        "The 6' fence stood behind the workers’ hut.",
        "He drove the “late” train.",
        "They saw “The Long Road to the Sea” at the cinema.",
        "Anna “the Hammer” Holt won again.",
        "Signs reading “Stop” hung on the bridge.",
        "The reported cost of the bridge rose.",
        "His claims about the bridge were in the report.",
        "The swing states that matter voted early.",
        "She believes that the bridge is safe.",
        "He hopes to see the bridge open.",
        "They plan to close the bridge.",
    ],
)
def test_nothing_is_found_where_nobody_speaks(quotes, text):
    assert quotes(text) == []


@pytest.mark.parametrize("role", ["boilerplate", "byline", "dateline"])
def test_a_paragraph_outside_the_article_says_nothing(role):
    text = "“We are late,” Mara Quill said."
    paragraph = Artifact("paragraph", {"role": role}, (Span(0, len(text), "block"),))
    assert check_processor(QuoteAttributor(), make_document(text, artifacts=[paragraph])) == ()


def test_a_headline_names_its_speaker_before_a_colon():
    text = "Quill: Bridge is ‘a scandal’"
    paragraph = Artifact("paragraph", {"role": "headline"}, (Span(0, len(text), "block"),))
    found = check_processor(QuoteAttributor(), make_document(text, artifacts=[paragraph]))
    assert [(each.data["type"], each.data["speaker"]["mention"]) for each in found] == [("mixed", "Quill")]


@pytest.mark.parametrize(
    "text",
    [
        "“We will open in May,” Mara Quill said.",
        '"We will open in May," Mara Quill said.',
        '"We will open in May,” Mara Quill said.',
        '“We will open in May," Mara Quill said.',
        "‘We will open in May,’ Mara Quill said.",
        "«We will open in May,» Mara Quill said.",
        "„We will open in May,“ Mara Quill said.",
        "''We will open in May,'' Mara Quill said.",
        "“We will open in May,” said Mara Quill.",
        "“We will open in May,” Mara Quill said at the harbour on Monday.",
        "“We will open in May,” Mara Quill shot back.",
    ],
)
def test_any_marks_and_any_order_around_a_direct_quote(quotes, text):
    assert quotes(text) == [("direct", "We will open in May", "Mara Quill")]


@pytest.mark.parametrize(
    "text",
    [
        "Mara Quill said: “We are late.”",
        "Said Mara Quill: “We are late.”",
        "Mara Quill told reporters on Monday, “We are late.”",
        "In the end, Mara Quill said, “We are late.”",
        "“We are late.” — Mara Quill",
        "Mara Quill listed her reasons:\n“We are late.”",
    ],
)
def test_attribution_before_and_below_a_direct_quote(quotes, text):
    assert quotes(text) == [("direct", "We are late.", "Mara Quill")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“She told me, ‘Go home,’ and I went,” Mara Quill said.", "She told me, ‘Go home,’ and I went"),
        ("“The workers’ hut wasn’t ready in the ’90s,” Mara Quill said.", "The workers’ hut wasn’t ready in the ’90s"),
        ('"The beam is 6" wide and 9\' long," Mara Quill said.', "The beam is 6\" wide and 9' long"),
        ("“We are late,” Mara Quill said, “and we are sorry.”", "We are late and we are sorry."),
        ("“We are late,” Mara Quill said. “We are sorry.”", "We are late We are sorry."),
        ("“We are late. We know it.\n“But we will finish,” Mara Quill said.", "We are late. We know it. But we will finish"),
    ],
)
def test_one_quote_however_it_is_nested_or_broken(quotes, text, words):
    assert quotes(text) == [("direct", words, "Mara Quill")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mara Quill said the bridge was “a scandal” and would go.", "the bridge was a scandal and would go"),
        ("Mara Quill called the bridge “a scandal.”", "the bridge a scandal."),
        ("The bridge was “a scandal,” Mara Quill said.", "The bridge was a scandal"),
    ],
)
def test_part_of_the_content_in_marks_is_a_mixed_quote(quotes, text, words):
    assert quotes(text) == [("mixed", words, "Mara Quill")]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Mara Quill said that the bridge was late.", "the bridge was late", "Mara Quill"),
        ("Mara Quill on Thursday said the bridge was late.", "the bridge was late", "Mara Quill"),
        ("The bridge was late, Mara Quill said.", "The bridge was late", "Mara Quill"),
        ("The bridge had been late, said Mara Quill, the mayor.", "The bridge had been late", "Mara Quill, the mayor"),
        ("The bridge, Quill said, would never be finished.", "The bridge would never be finished", "Quill"),
        ("According to Mara Quill, the bridge was late.", "the bridge was late", "Mara Quill"),
        ("The bridge is late, according to a report.", "The bridge is late", "a report"),
        ("As the Harbour Post reported, the bridge is late.", "the bridge is late", "the Harbour Post"),
        ("Quill said in an interview with The Post that it was late.", "it was late", "Quill"),
        ("In an interview with “The Hour,” Quill said it was late.", "it was late", "Quill"),
        ("Quill asked whether the bridge was safe.", "whether the bridge was safe", "Quill"),
        ("Quill urged the council to close the bridge.", "the council to close the bridge", "Quill"),
        ("Quill vowed to close the bridge.", "to close the bridge", "Quill"),
        ("Quill denied that the bridge was late.", "the bridge was late", "Quill"),
        ("Officials said the bridge was late.", "the bridge was late", "Officials"),
        ("The report says the bridge is unsafe.", "the bridge is unsafe", "The report"),
        ("Quill says bridge will open in May", "bridge will open in May", "Quill"),
        ("People who have seen the plan say it is sound.", "it is sound", "People who have seen the plan"),
        ("Mara Quill, mayor of Oxbow, said it was late.", "it was late", "Mara Quill, mayor of Oxbow"),
        ("Rep. Tom Varga (D-Oxbow) said the bill was dead.", "the bill was dead", "Rep. Tom Varga (D-Oxbow)"),
    ],
)
def test_reported_speech(quotes, text, words, source):
    assert quotes(text) == [("indirect", words, source)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Quill said the bridge was late, adding that nobody knew.",
            [("indirect", "the bridge was late", "Quill"), ("indirect", "nobody knew", "Quill")],
        ),
        (
            "Quill said the bridge was late and warned that costs would rise.",
            [("indirect", "the bridge was late", "Quill"), ("indirect", "costs would rise", "Quill")],
        ),
        (
            "Quill said the bridge was late, but Tom Varga said it was on time.",
            [("indirect", "the bridge was late", "Quill"), ("indirect", "it was on time", "Tom Varga")],
        ),
        (
            "Quill said it was late. “We should have known in March.”",
            [("indirect", "it was late", "Quill"), ("direct", "We should have known in March.", "Quill")],
        ),
    ],
)
def test_each_attribution_of_a_sentence_is_a_quote_of_its_own(quotes, text, found):
    assert quotes(text) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Mara Quill came.\n“We are proud,” Quill said.", ("Mara Quill", "mayor", "person")),
        ("Mara Quill, the mayor of Oxbow, said it was late.", ("Mara Quill", "mayor of Oxbow", "person")),
        ("Foreign Minister Lena Ostrow came.\nThe foreign minister said it was late.",
         ("Lena Ostrow", "Foreign Minister", "person")),
        ("Officials said the bridge was late.", ("officials", None, "group")),
        ("The report says the bridge is unsafe.", ("report", None, "document")),
        ("The Harbour Authority said it was late.", ("Harbour Authority", None, "organisation")),
        ("Mr. Varga said the bridge was late.", ("Varga", None, "person")),
    ],
)  # fmt: skip
def test_speaker(names, text, name):
    assert names(text) == [name]


def test_a_pronoun_stands_for_the_last_speaker(names):
    said = names("Mara Quill said the bridge was late.\nShe added that costs would rise.")
    assert said == [("Mara Quill", None, "person")] * 2


@pytest.mark.parametrize(
    "text", ["“We are proud,” she said.", "They said the bridge was late.", "It said the bridge was late."]
)
def test_a_pronoun_that_stands_for_nobody_known_stays_unknown(names, text):
    assert names(text) == [None]


def test_min_confidence_leaves_out_what_is_less_sure():
    text = "“The sea takes what the sea is given, and it gives nothing back.”"
    assert check_processor(QuoteAttributor(min_confidence=0.5), make_document(text)) == ()


def test_each_finding_names_its_rule():
    (found,) = check_processor(QuoteAttributor(), make_document("“We are late,” Mara Quill said."))
    assert (found.data["rule"], found.confidence) == ("after", 0.95)


@pytest.mark.parametrize("unit", ['"', "“", "“a ", "‘a ", "he said ", "“Yes,” he said. ", "according to ", "(a ", "A", ". "])
def test_hostile_text_takes_linear_time(unit):
    document = make_document(unit * (20_000 // len(unit)))
    assert len(list(QuoteAttributor().process(document))) <= 40_000
