"""What holds for every processor, and whole documents."""

from newsdesk_text import PlainStructure, PlainText

from newsdesk.sdk.testing import cases, contract


def outcome(found, text):
    """The lines with what each is to the article, and what the opening says of it."""

    def rows(kind, *names):
        return [[*(a.data[name] for name in names), a.spans[0].of(text)] for a in found if a.kind == kind]

    return {
        "paragraphs": rows("paragraph", "role"),
        "boilerplate": rows("boilerplate", "reason", "rule"),
        "metadata": rows("metadata", "name", "value"),
    }


TestTextContract = contract(PlainText())
TestStructureContract = contract(PlainStructure())
TestCases = cases(PlainStructure(), before=[PlainText()], show=outcome)
