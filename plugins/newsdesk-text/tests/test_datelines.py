import pytest
from newsdesk_text.datelines import find_dateline


@pytest.mark.parametrize(
    ("paragraph", "value", "agency", "published"),
    [
        ("CARRICK SOUND - The ferry sailed.", "CARRICK SOUND", None, None),
        ("CARRICK SOUND, May 3 - The ferry sailed.", "CARRICK SOUND, May 3", None, None),
        ("CARRICK SOUND, May 3 (Northwire) - The ferry sailed.", "CARRICK SOUND, May 3 (Northwire)", "Northwire", None),
        ("CARRICK SOUND (Northwire) — The ferry sailed.", "CARRICK SOUND (Northwire)", "Northwire", None),
        ("CARRICK, Ansay, May 3, 2026 /Nw/ -- A ferry.", "CARRICK, Ansay, May 3, 2026 /Nw/", "Nw", "2026-05-03"),
        ("CARRICK, 3 May 2026 – The ferry sailed.", "CARRICK, 3 May 2026", None, "2026-05-03"),
        ("Carrick, 3. Mai 2026 – Die Fähre fährt.", "Carrick, 3. Mai 2026", None, "2026-05-03"),
    ],
)  # fmt: skip
def test_dateline_is_read(paragraph, value, agency, published):
    found = find_dateline(paragraph)
    assert (found.value, found.agency and found.agency[0], found.published and found.published[0]) == (value, agency, published)


def test_places_are_those_of_the_words():
    paragraph = "CARRICK, 3 May 2026 (Northwire) – The ferry sailed."
    found = find_dateline(paragraph)
    assert [paragraph[start:end] for _, start, end in (found.agency, found.published)] == ["Northwire", "3 May 2026"]


@pytest.mark.parametrize(
    "paragraph", ["", "The ferry sailed.", "Carrick – the ferry sailed.", "“NO!” – the ferry sailed.", "CARRICK: No.", "A - B"]
)
def test_paragraph_without_dateline(paragraph):
    assert find_dateline(paragraph) is None
