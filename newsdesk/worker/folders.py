"""The embedded default's messages, in a folder, as Kombu writes them; one of which there is only half rings no bell.

Whoever reads may come between the making of a file and its writing, and whoever writes may be killed there. Kombu's reader
ends the worker for it. A message is only a nudge: the sweep sends another.
"""

import logging
from queue import Empty
from typing import Any

from kombu.transport import filesystem

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Kombu's, which passes over what is no message."""

    def _get(self, queue: str) -> Any:
        try:
            return super()._get(queue)
        except ValueError:
            logger.warning("a message of which there was only half is left aside; the sweep sends another")
            raise Empty from None


class Transport(filesystem.Transport):
    """Kombu's, with our channel."""

    Channel = Channel
