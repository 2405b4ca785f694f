"""Ask for shadow runs, hand them out, and work on them."""

from newsdesk.shadow.services.request import compare, hand_out, mark_handed_out, request
from newsdesk.shadow.services.turn import work

__all__ = ["compare", "hand_out", "mark_handed_out", "request", "work"]
