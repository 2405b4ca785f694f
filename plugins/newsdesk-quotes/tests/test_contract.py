"""What holds for every processor, and whole texts."""

from newsdesk_quotes import QuoteAttributor

from newsdesk.sdk.testing import cases, contract


def said(found, text):
    """What is said and by whom; where it stands is for the tests of single sentences."""
    return [
        {
            "type": each.data["type"],
            "quotation": each.data["quotation"],
            "speaker": each.data["speaker"] and each.data["speaker"]["name"],
        }
        for each in found
    ]


TestContract = contract(QuoteAttributor())
TestCases = cases(QuoteAttributor(), show=said)
