"""What a run's result depends on, as one digest: same fingerprint, same result, so nothing runs again for it."""

import hashlib

from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.document import Document
from newsdesk.sdk.processor import Processor, options

FORMAT = 1
"""Raised when the pipeline itself begins to give processors something else for the same document."""


def fingerprint(processor: Processor, document: Document) -> str:
    """The SHA-256 over processor, version, options, and everything that the processor sees of the document."""
    inputs: list[object] = [[artifact.digest, artifact.confidence] for artifact in document.view(processor.requires).artifacts]
    if "content" in processor.requires:
        inputs += [document.sha256, document.url, document.charset]
    steps = [FORMAT, processor.name, processor.version, options(processor), document.media_type, inputs]
    return hashlib.sha256(canonical_json(steps)).hexdigest()
