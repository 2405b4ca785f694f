"""Decide, add, take back, and say what is to become of decisions whose words have changed. The actor is checked here."""

from newsdesk.review.services.decide import add, decide
from newsdesk.review.services.reconcile import reconcile, reconcile_stale
from newsdesk.review.services.record import CONTEXT
from newsdesk.review.services.resolve import NothingToResolve, drop, keep, keep_mine, reattach, take_new
from newsdesk.review.services.withdraw import NothingToWithdraw, withdraw

__all__ = [
    "CONTEXT", "NothingToResolve", "NothingToWithdraw",
    "add", "decide", "drop", "keep", "keep_mine", "reattach", "reconcile", "reconcile_stale", "take_new", "withdraw",
]  # fmt: skip
