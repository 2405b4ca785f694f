"""What is wrong with what a plugin declares: the sentences that the registry says, and the contract kit before it."""

from newsdesk.sdk.declaration.exporters import wrong_with_exporter
from newsdesk.sdk.declaration.kinds import own_copy, wrong_with_kind
from newsdesk.sdk.declaration.names import NAME, VERSION
from newsdesk.sdk.declaration.processors import wrong_with_processor
from newsdesk.sdk.declaration.readers import announced, wrong_with_reader

__all__ = [
    "NAME", "VERSION", "announced", "own_copy", "wrong_with_exporter", "wrong_with_kind", "wrong_with_processor",
    "wrong_with_reader",
]  # fmt: skip
