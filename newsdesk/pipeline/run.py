"""One document through the plan: what each processor found, kept, skipped or failed at."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from newsdesk.pipeline.fingerprint import fingerprint
from newsdesk.pipeline.plan import Plan
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import check_artifacts
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError, NewsdeskError
from newsdesk.sdk.processor import Processor, accepts
from newsdesk.sdk.text import canonical

MAX_ERROR_CHARS = 2_000

Call = Callable[[Processor, Document], Iterable[Artifact]]
"""How a processor is called with its view of the document: in this process, or in one that can be killed."""

Known = Mapping[str, tuple[Artifact, ...]]
"""Results of former runs, by fingerprint."""


class Outcome(StrEnum):
    """How a run ended: `blocked` if something that it needs failed, `skipped` if the document is none for it."""

    DONE = "done"
    KEPT = "kept"
    SKIPPED = "skipped"
    FAILED = "failed"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class Run:
    """One processor over one document. `cause` groups failures; `error` explains one, or why it was skipped or blocked."""

    processor: str
    version: str
    outcome: Outcome
    fingerprint: str
    artifacts: tuple[Artifact, ...] = ()
    seconds: float = 0.0
    error: str | None = None
    cause: str | None = None


@dataclass(frozen=True)
class Result:
    """The document with all that was found, and the runs in the order of the plan."""

    document: Document
    runs: tuple[Run, ...]

    @property
    def failed(self) -> bool:
        """Whether any processor failed or was blocked by one that did, or none found the text."""
        return not self.document.has_text or any(run.outcome in (Outcome.FAILED, Outcome.BLOCKED) for run in self.runs)


def call_here(processor: Processor, document: Document) -> Iterable[Artifact]:
    """Call the processor in this process."""
    return processor.process(document)


def run(plan: Plan, document: Document, known: Known | None = None, call: Call = call_here) -> Result:
    """Run each processor of the plan that has what it needs. Never raises for what a processor does."""
    runs: list[Run] = []
    for processor in plan.processors:
        print_ = fingerprint(processor, document)
        outcome = _obstacle(processor, document, print_, plan, runs) or _result(processor, document, print_, known or {}, call)
        runs.append(outcome)
        document = document.with_artifacts(outcome.artifacts) if outcome.artifacts else document
    return Result(document, tuple(runs))


def _obstacle(processor: Processor, document: Document, print_: str, plan: Plan, runs: list[Run]) -> Run | None:
    """Why this processor cannot run on this document, if it cannot."""
    outcomes = {each.processor: each.outcome for each in runs}
    if not accepts(processor, document.media_type):
        reason = f"does not read {document.media_type}"
        return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    for kind in processor.requires:
        providers = [each.name for each in plan.providers(kind) if each.name != processor.name]
        broken = [name for name in providers if outcomes[name] in (Outcome.FAILED, Outcome.BLOCKED)]
        if broken:
            reason = f"needs {kind!r} from {', '.join(broken)}, which failed"
            return Run(processor.name, processor.version, Outcome.BLOCKED, print_, error=reason)
        if providers and all(outcomes[name] == Outcome.SKIPPED for name in providers):
            reason = f"needs {kind!r}, which nothing provides for {document.media_type}"
            return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    if "text" in processor.requires and not document.has_text:
        reason = "needs 'text', but no processor found one in this document"
        return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    return None


def _result(processor: Processor, document: Document, print_: str, known: Known, call: Call) -> Run:
    if print_ in known:
        return Run(processor.name, processor.version, Outcome.KEPT, print_, known[print_])
    view = document.view(processor.requires)
    started = time.perf_counter()
    try:
        artifacts = check_artifacts(call(processor, view), processor, view.text if view.has_text else None)
        if document.has_text and any(artifact.kind == "text" for artifact in artifacts):
            raise ContractError("the document has a text already; only one processor may provide it, once")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may raise anything, SystemExit too; it becomes a row, not a stopped house
        error_text, cause = explain(error)
        seconds = time.perf_counter() - started
        return Run(processor.name, processor.version, Outcome.FAILED, print_, (), seconds, error_text, cause)
    return Run(processor.name, processor.version, Outcome.DONE, print_, artifacts, time.perf_counter() - started)


def explain(error: BaseException) -> tuple[str, str]:
    """An exception as a message that is safe to store and show, and the cause that it is counted under."""
    kind = type(error).__name__
    try:
        message = str(error)
    except Exception:
        message = "(an error without words)"
    own = isinstance(error, NewsdeskError)
    cause = getattr(error, "cause", kind) if own else kind
    return canonical(message if own else f"{kind}: {message}").text[:MAX_ERROR_CHARS], canonical(str(cause)).text[:100]
