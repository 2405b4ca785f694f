"""The clauses that all share, and how each tells what it found."""

import json
import pickle
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from newsdesk.sdk.exporter import Exporter
from newsdesk.sdk.processor import Processor, configured, options
from newsdesk.sdk.testing.breach import ContractBroken, broken, shown, told
from newsdesk.sdk.testing.declaration import READER, Wrong
from newsdesk.sdk.testing.fresh import Answer, NotLoaded
from newsdesk.sdk.testing.samples import Sample

COST = "newsdesk-cost"
"""The name under which a test's report carries what the subject costs; pytest's summary shows it."""

_MEBIBYTE = 1024**2


class Clauses:
    """Tests of one subject. `max_seconds` and `max_mebibytes` bound what a document may cost, where they are set."""

    subject: ClassVar[Any]
    max_seconds: ClassVar[float | None] = None
    max_mebibytes: ClassVar[float | None] = None

    def declared(self) -> Iterator[Wrong]:
        """What is wrong with the declaration."""
        raise NotImplementedError

    def setup_method(self, method: Callable[..., object]) -> None:
        """Called by pytest before each clause: one that lacks what makes it one is told so, whatever is asked."""
        if not isinstance(self.subject, (Processor, Exporter)) and not all(hasattr(self.subject, each) for each in READER):
            self.test_declares_itself()

    def test_declares_itself(self) -> None:
        """What it says of itself is such as Newsdesk takes; whatever it says wrong would leave it out."""
        for found, expected, remedy in self.declared():
            raise self.broken("it declares itself", found=found, expected=expected, remedy=remedy)

    def test_survives_pickling(self) -> None:
        """A pickled copy is equal: processors travel to other processes."""
        clause, expected = "it survives pickling", "pickle.loads(pickle.dumps(it)) == it"
        try:
            copy = pickle.loads(pickle.dumps(self.subject))  # noqa: S301 - dumped in this line
        except Exception as error:
            remedy = "define the class in a module, not in a function; keep no lock, file, model or lambda in a field"
            raise self.broken(clause, found=told(error), expected=expected, remedy=remedy) from None
        if copy != self.subject:
            remedy = "make it a frozen dataclass without __reduce__ or __getstate__ of its own"
            raise self.broken(clause, found=f"{shown(copy)} is another", expected=expected, remedy=remedy)

    def test_options_survive_a_round_trip(self) -> None:
        """Its options, written as JSON and read again, make the same: so they are kept and set by people."""
        clause, expected = "options survive a round trip", "configured(it, json.loads(json.dumps(options(it)))) == it"
        try:
            plain = json.loads(json.dumps(options(self.subject), allow_nan=False))
            again = configured(self.subject, plain)
        except Exception as error:
            remedy = "use str, int, float, bool and tuples of them as fields; what is made of them belongs in process()"
            found = f"options {shown(options(self.subject))}: {type(error).__name__}: {error}"
            raise self.broken(clause, found=found, expected=expected, remedy=remedy) from None
        if again != self.subject:
            remedy = "let __post_init__ check values and never change them"
            found = f"{shown(self.subject)}, then {shown(again)}"
            raise self.broken(clause, found=found, expected=expected, remedy=remedy)

    def broken(self, clause: str, document: Sample | str = "", *, found: str, expected: str, remedy: str) -> ContractBroken:
        """The error to raise for this subject."""
        document = document if isinstance(document, str) else document.told
        return broken(self.subject, clause, document=document, found=found, expected=expected, remedy=remedy)

    def copied(self) -> Any:
        """The subject through pickle, or itself where that fails: another clause says so."""
        try:
            return pickle.loads(pickle.dumps(self.subject))  # noqa: S301 - dumped in this line
        except Exception:
            return self.subject

    def heard(self, clause: str, ask: Callable[[], dict[str, Answer]]) -> dict[str, Answer]:
        """The answers of fresh interpreters."""
        remedy = "see that the module imports by itself, and that the class can be pickled (test_survives_pickling)"
        try:
            return ask()
        except NotLoaded as error:
            found = f"a fresh interpreter cannot load it, or ends:\n{error}"
        except Exception as error:
            found = f"it cannot be sent to a fresh interpreter: {type(error).__name__}: {error}"
        raise self.broken(clause, found=found, expected="the same work done there", remedy=remedy)

    def report(self, record_property: Callable[[str, object], None], answer: Answer, times: dict[str, float]) -> None:
        """Put what it costs into the test's report, and hold it to the author's bounds."""
        mebibytes = max(0, answer.peak - answer.before) / _MEBIBYTE
        costs = [f"import {_duration(answer.seconds)}", f"{mebibytes:,.0f} MiB above that"]
        costs += [f"{size} {_duration(seconds)}" for size, seconds in times.items()]
        record_property(COST, f"{self.subject.name} {self.subject.version}: {', '.join(costs)}")
        size, slowest = max(times.items(), key=lambda each: each[1])
        bounds = (("seconds", slowest, self.max_seconds, size), ("mebibytes", mebibytes, self.max_mebibytes, ""))
        for unit, used, most, document in bounds:
            if most is not None and used > most:
                expected = f"{most:g} {unit} at most, as contract(..., max_{unit}={most:g}) says"
                remedy = "make it cheaper for such documents, or raise the bound"
                raise self.broken(
                    "it keeps to its bounds", document, found=f"{used:.3g} {unit}", expected=expected, remedy=remedy
                )


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"
