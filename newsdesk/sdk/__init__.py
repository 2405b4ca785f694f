"""All that a plugin may use of Newsdesk. Needs the standard library and pluggy, nothing else."""

from typing import TYPE_CHECKING

from newsdesk.sdk.artifact import Artifact, Span
from newsdesk.sdk.content import examine
from newsdesk.sdk.deprecation import Moved, moved_names
from newsdesk.sdk.document import BODY_ROLES, Document, body
from newsdesk.sdk.encoding import Decoded
from newsdesk.sdk.errors import (
    ContractError,
    MissingKind,
    NewsdeskError,
    OptionError,
    PlanError,
    Transient,
    UnreadableContent,
)
from newsdesk.sdk.exporter import Exporter, Finding, Record
from newsdesk.sdk.hooks import hookimpl, hookspec
from newsdesk.sdk.kinds import KINDS, Kind
from newsdesk.sdk.media import HTML, PLAIN
from newsdesk.sdk.processor import Processor
from newsdesk.sdk.reader import Reader
from newsdesk.sdk.text import Canonical, canonical
from newsdesk.sdk.version import API_VERSION

__all__ = [
    "API_VERSION", "BODY_ROLES", "HTML", "KINDS", "PLAIN", "Artifact", "Canonical", "ContractError", "Decoded", "Document",
    "Exporter", "Finding", "Kind", "MissingKind", "NewsdeskError", "OptionError", "PlanError", "Processor", "Reader", "Record",
    "Span",
    "Transient", "UnreadableContent", "body", "canonical", "examine", "hookimpl", "hookspec",
]  # fmt: skip

MOVED: dict[str, Moved] = {}
"""Names that were here and go; nothing does at present. What is promised is in docs/stability.md."""

if not TYPE_CHECKING:  # to a type checker, a module that answers to every name has every name
    __getattr__ = moved_names(__name__, MOVED)
