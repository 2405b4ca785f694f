"""Our Celery application: `celery -A newsdesk.worker.celery worker`.

Not imported by the root package, as Celery's first steps advise: that would load Django into every plugin's tests.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.config.settings")

TRANSPORT_ALIASES["filesystem"] = "newsdesk.worker.folders:Transport"
app = Celery("newsdesk", include=["newsdesk.worker.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
