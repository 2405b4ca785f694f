from pathlib import Path

from newsdesk_text import PlainStructure, PlainText, register_processors

from newsdesk.sdk.testing import check_processor, make_document

SEED = Path(__file__).parents[3] / "seeds" / "000_75d4010400c08e55.txt"


def read(content):
    document = make_document(content=content)
    document = document.with_artifacts(check_processor(PlainText(), document))
    return document.with_artifacts(check_processor(PlainStructure(), document))


def paragraphs(content):
    document = read(content)
    return [[a.data["role"], a.spans[0].of(document.text)] for a in document.of_kind("paragraph")]


def roles(content):
    return [role for role, _ in paragraphs(content)]


def test_single_sentence_is_body():
    assert roles("The minister said: “We will win.”") == ["body"]


def test_text_without_a_sentence_is_kept():
    assert roles("Hello world") == ["body"]


def test_short_sentence_that_begins_as_a_list_heading_does_is_body():
    assert roles("“We will go,” said Ann Lee.\nMore than 400 people came.\nNo one else spoke.") == ["body", "body", "body"]


def test_short_statements_are_body():
    assert roles("“We will go,” said Ann Lee.\nShe left on Monday.\nNo one else spoke.") == ["body", "body", "body"]


def test_nothing_is_deleted():
    assert "\n".join(text for _, text in paragraphs(SEED.read_bytes())) == SEED.read_text("utf-8").strip()


def test_most_read_list_under_an_article_is_boilerplate():
    assert roles(SEED.read_bytes()) == ["headline", "standfirst"] + ["body"] * 7 + ["boilerplate"] * 11


def test_most_read_list_is_a_link_list():
    assert {a.data["reason"] for a in read(SEED.read_bytes()).of_kind("boilerplate")} == {"link-list"}


def test_boilerplate_lies_over_its_paragraph():
    document = read(SEED.read_bytes())
    expected = [a.spans for a in document.of_kind("paragraph") if a.data["role"] == "boilerplate"]
    assert [a.spans for a in document.of_kind("boilerplate")] == expected


def test_word_without_an_end_takes_linear_time():
    assert roles("a" * 300_000) == ["body"]


def test_both_processors_are_registered():
    assert register_processors() == [PlainText(), PlainStructure()]
