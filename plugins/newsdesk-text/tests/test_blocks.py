from newsdesk_text.blocks import blocks, is_hard_wrapped

WRAPPED = """\
The ferry to the outer islands sailed again on Thursday after nine days
of storms, carrying mail, medicine and passengers who had waited in a
school gymnasium since the weekend began with the first of the gales.

"We ran out of milk on the second day and out of patience on the fifth,"
said the owner of the only shop on the island, which sells nearly all of
the things that islanders need.
"""


def texts(text):
    return [block.text for block in blocks(text)]


def test_short_lines_are_not_hard_wrapped():
    assert not is_hard_wrapped("Most read\n- One thing\n- Another thing\n- A third thing\n- A fourth thing")


def test_long_lines_are_not_hard_wrapped():
    assert not is_hard_wrapped("\n".join(["A sentence that runs on far beyond any column that a terminal has. " * 3] * 6))


def test_sentences_of_like_length_are_not_hard_wrapped():
    assert not is_hard_wrapped("\n".join(["This is a sentence of some sixty characters, with its full stop."] * 8))


def test_line_is_a_block():
    assert texts("One.\nTwo.\n\nThree.") == ["One.", "Two.", "Three."]


def test_blanks_around_a_line_are_outside_its_block():
    assert [(b.start, b.end) for b in blocks("  One.  \nTwo.")] == [(2, 6), (9, 13)]


def test_wrapped_paragraph_is_a_block():
    assert [text.count("\n") for text in texts(WRAPPED)] == [2, 2]


def test_short_lines_in_a_wrapped_text_stay_apart():
    assert texts(WRAPPED + "\nContact:\nAda Finch\n555 0134")[2:] == ["Contact:", "Ada Finch", "555 0134"]


def test_list_items_in_a_wrapped_text_stay_apart():
    items = "\n- the first item of a list that is wrapped at the same column as all,\n- the second item of the same list"
    assert len(texts(WRAPPED + items)) == 4
