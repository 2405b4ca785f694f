"""One document through the plan: what each processor found, kept, skipped or failed at."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from newsdesk.pipeline.dossier import Dossier
from newsdesk.pipeline.findings import Findings
from newsdesk.pipeline.fingerprint import fingerprint
from newsdesk.pipeline.holding import hold
from newsdesk.pipeline.kinds import Kinds
from newsdesk.pipeline.limits import ProcessorFailed
from newsdesk.pipeline.plan import Plan
from newsdesk.pipeline.reading import Reading, read_document
from newsdesk.pipeline.trace import traced
from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.contract import check_artifacts
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError, NewsdeskError
from newsdesk.sdk.kinds import KINDS
from newsdesk.sdk.media import READABLE
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
    """The document as processors saw it, with all that was found, and the runs in the order of the plan."""

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


def call_here(processor: Processor, dossier: Dossier, kinds: Kinds = KINDS) -> Findings:
    """Call the processor in this process, and the checks of kinds too. What it raises to end the process, such as SystemExit,
    is a failure like another."""
    view = dossier.view(processor.requires)
    try:
        if isinstance(processor, Reading):
            return Findings.of(processor.process(view))
        return Findings.of(check_artifacts(processor.process(view), processor, view.text if view.has_text else None, kinds))
    except (Exception, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise ProcessorFailed(*explain(error)) from error


def here(plan: Plan) -> Call:
    """How this plan's processors are called in this process."""
    return partial(call_here, kinds=plan.kinds)


def run(plan: Plan, document: Document, known: Known | None = None, call: Call | None = None) -> Result:
    """Run each processor of the plan that has what it needs, in this process or by `call`. Never raises for what one does."""
    call = call or here(plan)
    runs: list[Run] = []
    dossier = Dossier.open(document)
    if reader := plan.reader(document.media_type):
        reading, read = _read(reader, dossier, known or {}, call)
        if read is None:
            return Result(dossier, (reading, *_blocked(plan, dossier, reader)))
        runs, dossier = [reading], Dossier.open(read)
    for processor in plan.processors:
        print_ = fingerprint(processor, dossier, plan.kinds)
        outcome = _obstacle(processor, dossier, print_, plan, runs)
        outcome = outcome or _result(processor, dossier, print_, known or {}, call, plan.plain_kinds)
        runs.append(outcome)
        dossier = dossier.with_findings(processor.name, outcome.findings) if len(outcome.findings) else dossier
    return Result(dossier, tuple(runs))


def _read(reader: Reading, dossier: Dossier, known: Known, call: Call) -> tuple[Run, Document | None]:
    """The reader's run, and the document that it gives; None where it failed."""
    print_ = fingerprint(reader, dossier)
    started = time.perf_counter()
    try:
        findings = known[print_] if print_ in known else call(reader, dossier)
        document = read_document(reader, findings, dossier.document)
    except Exception as error:  # as in _result
        return _failed(reader, print_, started, error), None
    outcome = Outcome.KEPT if print_ in known else Outcome.DONE
    seconds = 0.0 if print_ in known else time.perf_counter() - started
    return Run(reader.name, reader.version, outcome, print_, findings, seconds), document


def _blocked(plan: Plan, dossier: Dossier, reader: Reading) -> Iterator[Run]:
    """The runs of all processors where there is no document for them."""
    reason = f"needs the document from {reader.name}, which failed"
    for each in plan.processors:
        print_ = fingerprint(each, dossier, plan.kinds)
        yield Run(each.name, each.version, Outcome.BLOCKED, print_, error=reason)


def _failed(processor: Processor, print_: str, started: float, error: Exception) -> Run:
    error_text, cause = explain(error)
    seconds = time.perf_counter() - started
    return Run(processor.name, processor.version, Outcome.FAILED, print_, Findings(), seconds, error_text, cause)


def _obstacle(processor: Processor, dossier: Dossier, print_: str, plan: Plan, runs: list[Run]) -> Run | None:
    """Why this processor cannot run on this document, if it cannot."""
    outcomes, media_type = {each.processor: each.outcome for each in runs}, dossier.document.media_type
    if not accepts(processor, media_type) or media_type not in READABLE:  # its reader is gone: raw bytes are for nobody else
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


def _result(processor: Processor, dossier: Dossier, print_: str, known: Known, call: Call, kinds: Kinds) -> Run:
    if print_ in known:
        return Run(processor.name, processor.version, Outcome.KEPT, print_, known[print_])
    started = time.perf_counter()
    try:
        text = dossier.text if "text" in processor.requires else None
        with traced(f"call {processor.name} {processor.version} on {dossier.document.name:.100}") as came_of_it:
            findings = hold(call(processor, dossier), processor, text, kinds)
            came_of_it.append(f"{len(findings)} found")
        if dossier.text is not None and findings.count("text"):
            raise ContractError("the document has a text already; only one processor may provide it, once")
    except Exception as error:  # whatever it is, it becomes a row; what ends this process is nobody's failure, and goes on
        return _failed(processor, print_, started, error)
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
