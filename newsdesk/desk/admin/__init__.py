"""What the desk shows of each app: one module each. Django's autodiscovery imports this package at the start."""

from newsdesk.desk.admin import (  # noqa: F401
    articles,
    asked,
    batches,
    decisions,
    exports,
    failures,
    keys,
    people,
    plugins,
    runs,
    scores,
    shadow,
    sources,
)
