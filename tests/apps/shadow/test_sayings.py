from newsdesk.sdk import Artifact, Span
from newsdesk.shadow.sayings import MAX_CHARS, MAX_SPANS, said, said_of_text

LONG = "a" * 1_000


def test_long_words_are_cut():
    assert said(Artifact("person", {"name": "x"}, (Span(0, 1_000),)), LONG)["words"] == "a" * (MAX_CHARS - 1) + "…"


def test_long_data_is_cut_at_any_depth():
    data = said(Artifact("person", {"name": LONG, "aliases": [{"said": LONG}]}), "")["data"]
    assert (len(data["name"]), len(data["aliases"][0]["said"])) == (MAX_CHARS, MAX_CHARS)


def test_long_lists_are_cut():
    found = Artifact("person", {"aliases": list(range(99))}, tuple(Span(number, number + 1) for number in range(99)))
    assert [len(each) for each in (said(found, LONG)["data"]["aliases"], said(found, LONG)["spans"])] == [MAX_SPANS] * 2


def test_data_that_is_large_for_its_many_parts_is_only_begun():
    wide = {str(key): {str(number): LONG for number in range(9)} for key in range(9)}
    assert said(Artifact("person", wide), "")["data"]["…"].startswith('{"0": {"0": "aaa')


def test_finding_says_words_and_spans_of_its_main_role_and_all():
    found = Artifact("quote", {"quotation": "b"}, (Span(0, 1, "source"), Span(2, 3, "content")), 0.5)
    assert said(found, "a b") == {
        "words": "b",
        "data": {"quotation": "b"},
        "spans": [[0, 1, "source"], [2, 3, "content"]],
        "confidence": 0.5,
    }


def test_texts_are_shown_where_they_begin_to_differ():
    before, after = said_of_text(LONG + " one", LONG + " other")
    assert [each["words"] for each in (before, after)] == ["…" + "a" * 58 + " one", "…" + "a" * 58 + " other"]
