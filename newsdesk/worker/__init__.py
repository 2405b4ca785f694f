"""When: Celery carries nudges to workers, and a sweep finds what no nudge reached."""
