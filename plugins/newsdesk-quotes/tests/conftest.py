"""What the tests of this plugin read off its findings."""

import pytest
from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk.testing import check_processor, make_document


@pytest.fixture
def quotes():
    """(type, words, source) of each quote."""

    def read(text):
        document = make_document(text)
        return [
            (
                each.data["type"],
                each.data["quotation"],
                " … ".join(s.of(document.text) for s in each.spans_of("source")) or None,
            )
            for each in check_processor(QuoteAttributor(), document)
        ]

    return read


@pytest.fixture
def names():
    """(name, role, kind) of each quote's speaker, or None."""

    def read(text):
        said = [each.data["speaker"] for each in check_processor(QuoteAttributor(), make_document(text))]
        return [speaker and (speaker["name"], speaker["role"], speaker["kind"]) for speaker in said]

    return read
