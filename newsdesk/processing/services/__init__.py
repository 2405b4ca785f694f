"""Take documents in, process them, and see that nothing is left undone."""

from newsdesk.processing.services.claim import Claim, LeaseLost, claim, from_now, renew
from newsdesk.processing.services.process import process
from newsdesk.processing.services.queue import hand_out, mark_handed_out, rearm_outdated, reprocess
from newsdesk.processing.services.submit import Submission, submit

__all__ = [
    "Claim", "LeaseLost", "Submission",
    "claim", "from_now", "hand_out", "mark_handed_out", "process", "rearm_outdated", "renew", "reprocess", "submit",
]  # fmt: skip
