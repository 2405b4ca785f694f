import pytest
from newsdesk_text.bylines import bare_names_of, names_of


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Una Torvald", "Una Torvald"),
        ("by Una Torvald and Jory Penhale, staff reporters", "Una Torvald and Jory Penhale"),
        ("Von Marta Quill | 3. Mai 2026", "Marta Quill"),
    ],
)
def test_names_behind_by(line, names):
    assert line[slice(*names_of(line))] == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Una Torvald", "Una Torvald"),
        ("Una D’Arcy-Quill", "Una D’Arcy-Quill"),
        ("U. van der Linde", "U. van der Linde"),
        ("Una Torvald and Jory Penhale", "Una Torvald and Jory Penhale"),
        ("Una Torvald, Jory Penhale and Marta Quill", "Una Torvald, Jory Penhale and Marta Quill"),
        ("Una Torvald, science correspondent", "Una Torvald"),
        ("Una Torvald, editor of the island pages", "Una Torvald"),
        ("Una Torvald in Little Ansay", "Una Torvald"),
        ("Una Torvald at Harbour Street", "Una Torvald"),
        ("Interview: Una Torvald", "Una Torvald"),
        ("Text: Zoë Brändle", "Zoë Brändle"),
    ],
)
def test_names_by_themselves(line, names):
    assert line[slice(*bare_names_of(line))] == names


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Una",
        "World News",
        "HARBOUR OFFICE",
        "The ferry ran aground",
        "Una Torvald, 42",
        "Una Torvald says no",
        "Una Torvald said: “No.”",
        "Harbour: Una Torvald",
        "Una Torvald, the island’s shop",
        "Una Torvald in the rain",
    ],
)
def test_lines_that_are_no_names(line):
    assert names_of(line) is None
    assert bare_names_of(line) is None


@pytest.mark.timeout(20)  # where patterns went back and forth, this took hours
@pytest.mark.parametrize("piece", ["A", "Ab ", "Ab de ", "Ab-", "Ab Ab, ", "Ab Ab and ", "Interview: "])
def test_long_lines_are_no_names_and_are_read_once(piece):
    assert {bare_names_of(piece * count + "?") for count in range(1, 120 // len(piece))} == {None}
