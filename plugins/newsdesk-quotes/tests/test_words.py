"""The words of a quote and the words around it: what belongs to content, source and cue. Names and sentences are invented."""

import pytest
from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk import Artifact, Span
from newsdesk.sdk.testing import check_processor, make_document


def spans(text, role):
    document = make_document(text)
    return [[span.of(document.text) for span in each.spans_of(role)] for each in check_processor(QuoteAttributor(), document)]


@pytest.mark.parametrize(
    ("text", "content", "quotation"),
    [
        ("“We are late,” Mara Quill said.", ["We are late,"], "We are late"),
        ("“We are late,” Mara Quill said, “and sorry.”", ["We are late,", "and sorry."], "We are late and sorry."),
        ("Quill said it was “a scandal,” and left it there.", ["it was “a scandal,” and left it there"],
         "it was a scandal, and left it there"),
        ("Quill said it was ‘a scandal’ and dear.", ["it was ‘a scandal’ and dear"], "it was a scandal and dear"),
        ("“He said ‘never’ to me,” Mara Quill said.", ["He said ‘never’ to me,"], "He said ‘never’ to me"),
    ],
)  # fmt: skip
def test_content_keeps_what_stands_inside_the_marks_and_the_quotation_only_the_words(quotes, text, content, quotation):
    assert (spans(text, "content")[0], quotes(text)[0][1]) == (content, quotation)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Mara Quill, who runs the ferry, said it was late.", "Mara Quill"),
        ("Mara Quill, a baker in Oxbow who saw it, said it was late.", "Mara Quill, a baker in Oxbow"),
        ("“It was late,” said Mara Quill, 61.", "Mara Quill"),
        ("The bridge is late, according to a study that was published in May.", "a study"),
        ("Oxbow Gas, which owns the pipe, said it was late.", "Oxbow Gas"),
        ("Varga & Quill said the bridge was late.", "Varga & Quill"),
        ("The drivers’ union said it was late.", "The drivers’ union"),
        ("“It was late,” said the union’s secretary, Mara Quill.", "the union’s secretary, Mara Quill"),
        ("“It was late,” said Mara Quill, chair of the Oxbow Trust.", "Mara Quill, chair of the Oxbow Trust"),
        ("People who have seen the plan say it is sound.", "People who have seen the plan"),
        ("‘It was late’, said Mara Quill.", "Mara Quill"),
    ],
)
def test_a_source_is_the_noun_phrase_with_title_and_apposition(text, source):
    assert spans(text, "source")[0] == [source]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Quill further said that it was late.", "said"),
        ("Quill has told the council that it was late.", "told"),
        ("Quill had repeatedly warned that it was late.", "warned"),
        ("According to Quill, it was late.", "According to"),
        ("“I was late,” Quill went on.", "went on"),
    ],
)
def test_a_cue_is_the_verb_or_the_phrase_alone(text, cue):
    assert spans(text, "cue") == [[cue]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Quill said it was “a sad day” – a remark that drew laughter.", "it was a sad day"),
        ("Quill said the kettle was older than the house, which is true.", "the kettle was older than the house"),
        ("Quill replied that nobody had asked her, and showed the court a letter.", "nobody had asked her"),
        ("Quill said her crews had worked all night.", "her crews had worked all night"),
        ("OXBOW, May 4 (Wire) - The bridge was late, Quill said.", "The bridge was late"),
    ],
)
def test_content_begins_and_ends_where_the_reporter_gives_way(quotes, text, words):
    assert [each[1] for each in quotes(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Quill did not blame the weather.",
        "The whole town calls the bridge “Silly Sally”.",
        "Posters saying “Closed for ever and a day” hung on the gate.",
        "The firm, whose slogan is “We build what others only draw”, won.",
    ],
)
def test_denials_names_signs_and_slogans_are_no_quotes(quotes, text):
    assert quotes(text) == []


def test_a_question_without_an_asker_has_no_source(quotes):
    found = quotes("Asked whether the bridge was safe, Quill said: “Ask me in May.”")
    assert found == [("indirect", "whether the bridge was safe", None), ("direct", "Ask me in May.", "Quill")]


def test_a_question_without_an_asker_before_a_quotation_over_paragraphs(quotes):
    found = quotes("Asked whether it was safe, she left.\n“Ask me in May,” Mara Quill said.")
    assert [each[2] for each in found] == [None, "Mara Quill"]


def test_a_quotation_broken_twice_is_one_with_two_sources(names):
    text = "Mara Quill came. “We are late,” she said. “We know it. But if it rains,” she added, “we stop.”"
    assert (spans(text, "content"), spans(text, "source")) == (
        [["We are late,", "We know it. But if it rains,", "we stop."]],
        [["she", "she"]],
    )


def test_two_attributions_that_each_end_a_quotation_are_two(quotes):
    found = quotes("“We are late,” Quill said. “We are sorry,” she added.")
    assert [each[1] for each in found] == ["We are late", "We are sorry"]


def test_a_quotation_over_paragraphs_after_a_colon_is_one(quotes):
    text = "Quill told the council before it rose:\n“We are late.\n“We are sorry.”"
    assert quotes(text) == [("direct", "We are late. We are sorry.", "Quill")]


def test_a_turn_has_no_cue_and_goes_on_in_the_first_person():
    text = "ANN DOE: Were you late?\nTOM VARGA: By a year, as “the plan” had it.\nI did not mind.\nHe laughs."
    assert (spans(text, "content"), spans(text, "cue")) == (
        [["Were you late?"], ["By a year, as “the plan” had it.", "I did not mind."]],
        [[], []],
    )


def test_a_quotation_in_the_headline_has_the_source_that_the_article_gives():
    text = "‘It came in through the roof’: storm in Oxbow\n‘It came in through the roof’, said Mara Quill."
    cut = text.index("\n")
    paragraphs = [
        Artifact("paragraph", {"role": role}, (Span(start, end, "block"),))
        for role, start, end in (("headline", 0, cut), ("body", cut + 1, len(text)))
    ]
    found = check_processor(QuoteAttributor(), make_document(text, artifacts=paragraphs))
    assert [(each.data["rule"], each.data["speaker"]["name"]) for each in found] == [
        ("headline", "Mara Quill"),
        ("after", "Mara Quill"),
    ]


@pytest.mark.parametrize("unit", ["“a” ", "“Go.” ", "the union said it was. ", "Ann Doe said. “b c d e f” he said. "])
def test_one_long_paragraph_takes_linear_time(unit):
    document = make_document("“Yes,” he said. " + unit * (100_000 // len(unit)))
    assert len(list(QuoteAttributor().process(document))) <= 40_000
