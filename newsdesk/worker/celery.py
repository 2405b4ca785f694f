"""Our Celery application: `celery -A newsdesk.worker.celery worker`.

Not imported by the root package, as Celery's first steps advise: that would load Django into every plugin's tests.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.config.settings")

app = Celery("newsdesk", include=["newsdesk.worker.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
