"""What the desk shows of each app: one module each. Django's autodiscovery imports this package at the start."""

from newsdesk.desk.admin import articles, decisions, exports, keys, people, plugins, runs, shadow, sources  # noqa: F401
