"""Who spoke: fullest name, role and kind, from anywhere in the text. Names and sentences are invented."""

import pytest


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Harbour master Mara Quill said it was late.", ("Mara Quill", "harbour master", "person")),
        ("The Oxbow manager, Mara Quill, said it was late.", ("Mara Quill", "Oxbow manager", "person")),
        ("Its head of works, Mara Quill, said it was late.", ("Mara Quill", "head of works", "person")),
        ("Oxbow’s Energy Minister Mara Quill said it was late.", ("Mara Quill", "Energy Minister", "person")),
        ("The traders’ spokesman, Tom Varga, said it was late.", ("Tom Varga", "traders’ spokesman", "person")),
        ("Her neighbour Tom Varga said it was late.", ("Tom Varga", None, "person")),
        ("Mara Quill, a baker in Oxbow who saw it, said it was late.", ("Mara Quill", "baker in Oxbow", "person")),
        ("His barrister, Mara Quill KC, said it was late.", ("Mara Quill", "barrister", "person")),
        ("The judge, Dame Mara Quill, said it was late.", ("Mara Quill", "judge", "person")),
        ("Fire chief Col Varga said it was late.", ("Col Varga", "fire chief", "person")),
        ("The vice-president, Col. Tom “Bear” Varga, said it was late.", ("Tom “Bear” Varga", "Col", "person")),
        ("“It was late,” said Per Varga, who spoke for the crews.", ("Per Varga", None, "person")),
        ("Dr. Mara Quill said it was late.", ("Mara Quill", None, "person")),
    ],
)
def test_name_and_role_in_the_source_itself(names, text, speaker):
    assert names(text) == [speaker]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Quill said it was late.\nMara Quill, chairman of the Oxbow Union, left.",
            ("Mara Quill", "chairman of the Oxbow Union"),
        ),
        ("Mrs Quill, a retired teacher, came.\n“It was late,” Mara Quill said.", ("Mara Quill", "retired teacher")),
        ("Anna Quill keeps the books. The librarian said it was late.", ("Anna Quill", "librarian")),
        ("Tom “Bear” Varga, a sailor in Oxbow, came. “It was late,” he said.", ("Tom “Bear” Varga", "sailor in Oxbow")),
    ],
)
def test_name_and_role_from_elsewhere(names, text, speaker):
    assert names(text)[-1][:2] == speaker


def test_a_pronoun_stands_for_whom_the_sentence_before_is_about(names):
    text = "Tom Varga said it was late. Outside, Peter Holt read from a sheet. “I am sorry,” he said."
    assert [each[0] for each in names(text)] == ["Tom Varga", "Peter Holt"]


def test_an_unnamed_official_is_followed_by_the_description(names):
    text = "A senior Oxbow diplomat said it was late. “Very late,” the diplomat said."
    assert names(text) == [("senior Oxbow diplomat", "senior Oxbow diplomat", "person")] * 2


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Delays come from the Oxbow licensing authority. The authority said it was late.",
         ("Oxbow licensing authority", None, "organisation")),
        ("Fares rose, says the Oxbow Bus Audit. The audit says it was late.", ("Oxbow Bus Audit", None, "document")),
        ("The contract went to Holt & Varga. The firm said it was late.", ("Holt & Varga", None, "organisation")),
        ("The power company, Oxbow Lys, said it was late.", ("Oxbow Lys", "power company", "organisation")),
        ("The union, the United Tram Crews (UTC), said it was late.\nUTC said it was sorry.",
         ("United Tram Crews", "union", "organisation")),
        ("Rockets flew from the coastal group Marrow.\nMarrow said it was late.", ("Marrow", "coastal group", "organisation")),
        ("Oxbow Water, which owned the dam, said it was late.", ("Oxbow Water", None, "organisation")),
        ("According to the ferry line, it was late.", ("ferry line", None, "organisation")),
    ],
)  # fmt: skip
def test_organisations_and_documents_have_their_full_names(names, text, speaker):
    assert names(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Drivers say it was late.", ("drivers", None, "group")),
        ("Analysts at Brook & Holt wrote that it was late.", ("analysts at Brook & Holt", None, "group")),
        ("Advisers to Mr. Varga said it was late.", ("advisers to Mr. Varga", None, "group")),
        ("Tom Varga and Peter Holt said it was late.", ("Tom Varga and Peter Holt", None, "group")),
    ],
)
def test_several_speakers_are_a_group(names, text, speaker):
    assert names(text) == [speaker]
