"""The product's settings, but Redis delivers again what was not acknowledged within three seconds instead of an hour."""

from newsdesk.config.settings import *  # noqa: F403
from newsdesk.config.settings import CELERY_BROKER_TRANSPORT_OPTIONS as OPTIONS

CELERY_BROKER_TRANSPORT_OPTIONS = {
    **OPTIONS,
    "visibility_timeout": 3,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
