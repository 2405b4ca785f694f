"""How often each rule is right: content and source as editors would have them. Measured, not felt.

The shares are those of annotated articles (`evaluate.py GOLD.jsonl --calibrate`), rounded to a twentieth so that
they do not pretend to more than some hundred cases can say.
"""

_BY_RULE = {
    "after": {"direct": 0.95, "mixed": 0.95, "indirect": 0.8},
    "after-split": {"direct": 0.9, "mixed": 0.8, "indirect": 0.75},
    "before": {"direct": 0.9, "mixed": 0.75, "indirect": 0.7},
    "before-shared": {"direct": 0.85, "mixed": 0.75, "indirect": 0.65},
    "according-after": {"direct": 0.9, "mixed": 0.85, "indirect": 0.8},
    "according-before": {"direct": 0.9, "mixed": 0.85, "indirect": 0.85},
    "opening": {"direct": 0.9},
    "signed": {"direct": 0.9},
    "beside": {"direct": 0.75},
    "colon": {"direct": 0.7},
    "introduced": {"direct": 0.65},
    "continued": {"direct": 0.55},
    "within": {"direct": 0.55},
}
_OTHERWISE = 0.35
"""Turns of transcripts (annotators often leave them out), and combinations too rare to measure."""
_UNKNOWN = 0.1
"""A quotation whose source was not found: its words may be right, but somebody must say whose they are."""


def confidence(rule: str, kind: str, attributed: bool) -> float:
    """The share of findings of this rule and type that are right."""
    if not attributed:
        return _UNKNOWN
    return _BY_RULE.get(rule, {}).get(kind, _OTHERWISE)
