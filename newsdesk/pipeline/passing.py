"""How a dossier passes to the plugins' process: what is there already is not sent again.

A document goes through several processors, one after the other. Its bytes go over once, and what one processor found
stays there for the next; the worker names it, and sends only what the process has not, such as results that were kept.
"""

from typing import Any

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.sdk.document import Document
from newsdesk.sdk.processor import Processor


class Sender:
    """The worker's side, for the life of one process: knows what that has."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._has_content = False
        self._has: dict[str, Findings] = {}

    def pack(self, processor: Processor, dossier: Dossier) -> tuple[dict[str, Any], bytes]:
        """What to say of the dossier so that the processor can see what it requires, and the bytes that go with it."""
        document = dossier.document
        another = document is not self._document
        if another:
            self._document, self._has_content, self._has = document, False, {}
        seen = "content" in processor.requires
        pieces = [document.content] if seen and not self._has_content else []
        head: dict[str, Any] = {
            "another": another,
            "media_type": document.media_type,
            "content": len(pieces[0]) if pieces else None,
            "url": document.url if seen else None,
            "charset": document.charset if seen else None,
            "found": [],
        }
        self._has_content = self._has_content or seen
        for finder, findings in dossier.found:
            kinds = [kind for kind in findings.kinds if kind in processor.requires]
            if kinds and self._has.get(finder) is findings:
                head["found"].append([finder, None, 0])
            elif kinds:
                index, payload = findings.pack()
                pieces.append(payload)
                head["found"].append([finder, index, len(payload)])
                self._has[finder] = findings
        return head, b"".join(pieces)

    def keep(self, finder: str, findings: Findings) -> None:
        """The process has this too, since it found it. What was made of it here since, if anything was, is something else."""
        self._has[finder] = findings


class Receiver:
    """The process's side: keeps what came, and what was found, while it is about the same document."""

    def __init__(self) -> None:
        self._content = b""
        self._has: dict[str, Findings] = {}

    def unpack(self, head: dict[str, Any], payload: bytes, processor: Processor) -> Document:
        """The document as the processor sees it; what it does to its copy reaches no other."""
        if head["another"]:
            self._content, self._has = b"", {}
        position = 0
        if head["content"] is not None:
            position = head["content"]
            self._content = payload[:position]
        for finder, index, length in head["found"]:
            if index is not None:
                self._has[finder] = Findings.unpack(index, payload[position : position + length])
                position += length
        found = (self._has[finder] for finder, *_ in head["found"])
        artifacts = tuple(artifact for each in found for artifact in each.of_kinds(processor.requires))
        whole = Document("document", head["url"], head["media_type"], self._content, head["charset"], artifacts)
        return whole.view(processor.requires)

    def keep(self, finder: str, findings: Findings) -> None:
        """Have what this process found for the processors that come next."""
        self._has[finder] = findings
