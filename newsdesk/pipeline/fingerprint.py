"""What a run's result depends on, as one digest: same fingerprint, same result, so nothing runs again for it."""

import hashlib

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.kinds import Kinds, digests
from newsdesk.sdk.artifact import canonical_json
from newsdesk.sdk.kinds import KINDS
from newsdesk.sdk.processor import Processor, options

FORMAT = 2
"""Raised when the pipeline itself begins to give processors something else for the same document."""


def fingerprint(processor: Processor, dossier: Dossier, kinds: Kinds = KINDS) -> str:
    """The SHA-256 over processor, version, options, everything that the processor sees of the document, and what holds the
    kinds of plugins that it provides."""
    document = dossier.document
    inputs: list[object] = [[kind, dossier.digests(kind)] for kind in sorted(set(processor.requires) - {"content"})]
    if "content" in processor.requires:
        inputs += [document.sha256, document.url, document.charset]
    steps = [FORMAT, processor.name, processor.version, options(processor), document.media_type, inputs]
    steps += digests(kinds, processor.provides)
    return hashlib.sha256(canonical_json(steps)).hexdigest()
