"""Who said what, sentence by sentence. Names and sentences are invented."""

import pytest
from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk.testing import check_processor, make_document


def found(text):
    """(type, words, source, speaker's name) of each quote."""
    document = make_document(text)
    return [
        (
            artifact.data["type"],
            artifact.data["quotation"],
            " … ".join(span.of(document.text) for span in artifact.spans_of("source")) or None,
            artifact.data["speaker"] and artifact.data["speaker"]["name"],
        )
        for artifact in check_processor(QuoteAttributor(), document)
    ]


@pytest.mark.parametrize("text", ["", "No one spoke.", "The 6' fence and the workers’ hut.", "He drove the “late” train."])
def test_nothing_is_found_where_nobody_speaks(text):
    assert found(text) == []


def test_attribution_after_a_direct_quote():
    text = "“We will open the bridge in May,” Mara Quill said."
    assert found(text) == [("direct", "We will open the bridge in May,", "Mara Quill", "Mara Quill")]
