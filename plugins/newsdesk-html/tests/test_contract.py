"""What holds for every processor, and whole pages."""

from newsdesk_html.page import WebPage

from newsdesk.sdk.testing import cases, contract


def outcome(found, text):
    """The lines with what each is to the article, and what the page says of it."""

    def rows(kind, *names):
        return [[*(a.data[name] for name in names), *(span.of(text) for span in a.spans)] for a in found if a.kind == kind]

    return {
        "paragraphs": rows("paragraph", "role"),
        "boilerplate": rows("boilerplate", "reason", "rule"),
        "metadata": rows("metadata", "name", "value", "evidence"),
    }


TestContract = contract(WebPage())
TestCases = cases(WebPage(), show=outcome)
