"""Take documents in, process them, and see that nothing is left undone."""

from newsdesk.processing.services.bulk import cancel, reprocess_many
from newsdesk.processing.services.claim import Claim, LeaseLost, claim, from_now, held_still, renew
from newsdesk.processing.services.failures import mute, release, retry, unmute
from newsdesk.processing.services.process import process
from newsdesk.processing.services.queue import hand_out, mark_handed_out, rearm_outdated, reprocess
from newsdesk.processing.services.submit import Submission, submit

__all__ = [
    "Claim", "LeaseLost", "Submission",
    "cancel", "claim", "from_now", "hand_out", "held_still", "mark_handed_out", "mute", "process", "rearm_outdated", "release",
    "renew", "reprocess", "reprocess_many", "retry", "submit", "unmute",
]  # fmt: skip
