"""One document through the plan: what each processor found, kept, skipped or failed at."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.fingerprint import fingerprint
from newsdesk.pipeline.holding import hold
from newsdesk.pipeline.plan import Plan
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import check_artifacts
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError, NewsdeskError
from newsdesk.sdk.options import redacted
from newsdesk.sdk.processor import Processor, accepts
from newsdesk.sdk.text import canonical

MAX_ERROR_CHARS = 2_000

Call = Callable[[Processor, Dossier], Findings]
"""How a processor is called with what it may see of a dossier: in this process, or in one that can be killed."""

Known = Mapping[str, Findings]
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
    findings: Findings = field(default_factory=Findings)
    seconds: float = 0.0
    error: str | None = None
    cause: str | None = None

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """What it found."""
        return self.findings.artifacts


@dataclass(frozen=True)
class Result:
    """The document with all that was found, and the runs in the order of the plan."""

    dossier: Dossier
    runs: tuple[Run, ...]

    @property
    def document(self) -> Document:
        """The document with all that was found, as artifacts."""
        return self.dossier.whole

    @property
    def failed(self) -> bool:
        """Whether any processor failed or was blocked by one that did, or none found the text."""
        return self.dossier.text is None or any(run.outcome in (Outcome.FAILED, Outcome.BLOCKED) for run in self.runs)


def call_here(processor: Processor, dossier: Dossier) -> Findings:
    """Call the processor in this process."""
    view = dossier.view(processor.requires)
    return Findings.of(check_artifacts(processor.process(view), processor, view.text if view.has_text else None))


def run(plan: Plan, document: Document, known: Known | None = None, call: Call = call_here) -> Result:
    """Run each processor of the plan that has what it needs. Never raises for what a processor does."""
    runs: list[Run] = []
    dossier = Dossier.open(document)
    for processor in plan.processors:
        print_ = fingerprint(processor, dossier)
        outcome = _obstacle(processor, dossier, print_, plan, runs) or _result(processor, dossier, print_, known or {}, call)
        runs.append(outcome)
        dossier = dossier.with_findings(processor.name, outcome.findings) if len(outcome.findings) else dossier
    return Result(dossier, tuple(runs))


def _obstacle(processor: Processor, dossier: Dossier, print_: str, plan: Plan, runs: list[Run]) -> Run | None:
    """Why this processor cannot run on this document, if it cannot."""
    outcomes, media_type = {each.processor: each.outcome for each in runs}, dossier.document.media_type
    if not accepts(processor, media_type):
        reason = f"does not read {media_type}"
        return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    for kind in processor.requires:
        providers = [each.name for each in plan.providers(kind) if each.name != processor.name]
        broken = [name for name in providers if outcomes[name] in (Outcome.FAILED, Outcome.BLOCKED)]
        if broken:
            reason = f"needs {kind!r} from {', '.join(broken)}, which failed"
            return Run(processor.name, processor.version, Outcome.BLOCKED, print_, error=reason)
        if providers and all(outcomes[name] == Outcome.SKIPPED for name in providers):
            reason = f"needs {kind!r}, which nothing provides for {media_type}"
            return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    if "text" in processor.requires and dossier.text is None:
        reason = "needs 'text', but no processor found one in this document"
        return Run(processor.name, processor.version, Outcome.SKIPPED, print_, error=reason)
    return None


def _result(processor: Processor, dossier: Dossier, print_: str, known: Known, call: Call) -> Run:
    if print_ in known:
        return Run(processor.name, processor.version, Outcome.KEPT, print_, known[print_])
    started = time.perf_counter()
    try:
        findings = hold(call(processor, dossier), processor, dossier.text if "text" in processor.requires else None)
        if dossier.text is not None and findings.count("text"):
            raise ContractError("the document has a text already; only one processor may provide it, once")
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin may raise anything, SystemExit too; it becomes a row, not a stopped house
        error_text, cause = explain(error)
        error_text, cause = redacted(error_text, processor), redacted(cause, processor)
        seconds = time.perf_counter() - started
        return Run(processor.name, processor.version, Outcome.FAILED, print_, Findings(), seconds, error_text, cause)
    return Run(processor.name, processor.version, Outcome.DONE, print_, findings, time.perf_counter() - started)


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
