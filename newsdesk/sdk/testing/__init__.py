"""For a plugin's own tests: the whole contract in one line, golden cases in another, and documents for the rest.

Needs nothing but the standard library and pluggy; pytest finds the tests in what `contract` and `cases` return.
"""

from collections.abc import Iterable
from typing import Any

from newsdesk.sdk.exporter import Record
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.testing.breach import ContractBroken
from newsdesk.sdk.testing.cases import cases
from newsdesk.sdk.testing.checking import check_processor, check_reader
from newsdesk.sdk.testing.clauses import Clauses
from newsdesk.sdk.testing.documents import make_document, paragraphs
from newsdesk.sdk.testing.exporters import Exported, ExporterContract
from newsdesk.sdk.testing.processors import Given, ProcessorContract, TriedProcessor
from newsdesk.sdk.testing.readers import ReaderContract, TriedReader
from newsdesk.sdk.testing.samples import HUGE_CHARS, samples

__all__ = ["ContractBroken", "cases", "check_processor", "check_reader", "contract", "make_document", "paragraphs", "samples"]


def contract(
    subject: Any,
    *,
    documents: Iterable[Given | Record] = (),
    kinds: Iterable[Kind] = (),
    huge: int = HUGE_CHARS,
    max_seconds: float | None = None,
    max_mebibytes: float | None = None,
) -> type[Clauses]:
    """A class of tests that hold a processor, an exporter or a reader to the whole contract: a test for each clause.

    Give it a name that pytest collects: `TestContract = contract(Shouting())`. `documents` are more documents to try: texts
    (made a page of where a processor reads nothing else), bytes as they come in, or whole documents; for an exporter
    records; for a reader some of its format, which nobody else has. Give at least one in which a processor finds
    something, where it finds nothing in the kit's own. `kinds` are those that the plugin declares itself. The huge document
    has `huge` characters. No document may take more than `max_seconds`, nor all together more than `max_mebibytes` at once,
    where these are set. Raises TypeError for what is none of the three.
    """
    if isinstance(subject, type):
        raise TypeError(f"contract({subject.__name__}) is given a class; give it an object: contract({subject.__name__}())")
    bounds = {"subject": subject, "max_seconds": max_seconds, "max_mebibytes": max_mebibytes}
    if hasattr(subject, "process"):
        given = [each for each in documents if not isinstance(each, Record)]
        return type("ProcessorContract", (ProcessorContract,), {**bounds, "tried": TriedProcessor(subject, given, kinds, huge)})
    if hasattr(subject, "export"):
        records = [each for each in documents if isinstance(each, Record)]
        return type("ExporterContract", (ExporterContract,), {**bounds, "tried": Exported(subject, records, huge)})
    if hasattr(subject, "read"):
        given = [each for each in documents if not isinstance(each, Record)]
        return type("ReaderContract", (ReaderContract,), {**bounds, "tried": TriedReader(subject, given)})
    raise TypeError(f"{subject!r:.80} has no process(), export() or read(): it is no processor, no exporter and no reader")
