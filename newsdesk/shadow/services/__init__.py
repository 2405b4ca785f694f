"""Ask for shadow runs, hand them out, and work on them; try options on one article."""

from newsdesk.shadow.services.request import compare, hand_out, mark_handed_out, request
from newsdesk.shadow.services.trial import try_on
from newsdesk.shadow.services.turn import work

__all__ = ["compare", "hand_out", "mark_handed_out", "request", "try_on", "work"]
