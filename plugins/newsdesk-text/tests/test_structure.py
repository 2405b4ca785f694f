from pathlib import Path

from newsdesk_text import PlainStructure, PlainText

from newsdesk.sdk.testing import check_processor, make_document

SEED = Path(__file__).parents[3] / "seeds" / "000_75d4010400c08e55.txt"


def roles(text):
    document = make_document(content=text)
    document = document.with_artifacts(check_processor(PlainText(), document))
    found = check_processor(PlainStructure(), document)
    return [(a.data["role"], a.spans[0].of(document.text)) for a in found if a.kind == "paragraph"]


def test_most_read_list_under_an_article_is_boilerplate():
    expected = ["headline", "standfirst"] + ["body"] * 7 + ["boilerplate"] * 11
    assert [role for role, _ in roles(SEED.read_bytes())] == expected
