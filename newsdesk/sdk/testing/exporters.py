"""The contract of an exporter, clause by clause: each is a test of its own."""

import copy
import gc
import time
import weakref
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, ClassVar

from newsdesk.sdk.exporter import Exporter, Record
from newsdesk.sdk.testing.breach import shown, told
from newsdesk.sdk.testing.clauses import Clauses
from newsdesk.sdk.testing.declaration import Wrong, wrong_exporter
from newsdesk.sdk.testing.fresh import Answer, fresh, work
from newsdesk.sdk.testing.records import MANY, many, record, records
from newsdesk.sdk.testing.samples import ARTICLE

_AHEAD = 100
"""How many records an exporter may be ahead of what it gave, or hold at once."""


class Exported:
    """An exporter and what fresh interpreters make of records, computed once."""

    def __init__(self, exporter: Exporter, own: Iterable[Record], huge: int) -> None:
        self.exporter, self._huge = exporter, huge
        self.records = {**records(), **{f"record {number}": each for number, each in enumerate(own, 1)}}

    @cached_property
    def huge(self) -> Record:
        """A record of so many characters."""
        return record("\n".join([ARTICLE] * (self._huge // (len(ARTICLE) + 1) + 1))[: self._huge])

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What fresh interpreters make of each record by itself; the first of them is given the huge one too, and last."""
        small = list(self.records.values())
        return fresh(self.exporter, {"1": [*small, self.huge], "2": small})

    def pieces(self, given: Iterable[Record]) -> list[Any]:
        """What the exporter yields for these records."""
        return list(self.exporter.export(given))


class ExporterContract(Clauses):
    """What holds for every exporter. `contract(exporter)` makes a class of these tests for one."""

    tried: ClassVar[Exported]

    def declared(self) -> Iterator[Wrong]:
        """What is wrong with the declaration."""
        return wrong_exporter(self.subject)

    def test_yields_bytes(self) -> None:
        """A file comes as pieces of bytes."""
        for name, given in self.tried.records.items():
            for number, piece in enumerate(self._pieces("it yields bytes", name, [given])):
                if not isinstance(piece, bytes):
                    raise self.broken(
                        "it yields bytes",
                        repr(name),
                        found=f"piece {number} is {shown(piece)}",
                        expected="bytes",
                        remedy='encode what you yield: text.encode("utf-8")',
                    )

    def test_survives_no_records(self) -> None:
        """An export of nothing is a file too: empty, or a header."""
        self._pieces("it survives no records", "no records", [])

    def test_survives_hostile_records(self) -> None:
        """Emoji, right-to-left, quotation marks without end, missing keys: nothing makes it raise."""
        for name, given in self.tried.records.items():
            self._pieces("it survives hostile records", name, [given])

    def test_survives_huge_records(self) -> None:
        """An article of 200,000 characters, or as many as the author says, is written as any other."""
        self._pieces("it survives huge records", f"huge ({len(self.tried.huge.text):,} characters)", [self.tried.huge])

    def test_streams(self) -> None:
        """The file begins before the last record is there, and no record is kept: an archive may be of any size."""
        given: list[int] = []
        alive: list[weakref.ref[Record]] = []
        began, most = 0, 0
        remedy = "yield what a record gives before you ask for the next; write long intermediate data to a temporary file"
        for piece in self.tried.exporter.export(_counted(many(given), alive)):
            began = began or (len(given) if piece else 0)
            if most <= _AHEAD and len(given) % 50 == 0:
                most = max(most, _living(alive))
        if began > _AHEAD or most > _AHEAD:
            found = f"of {MANY} records it took {began} before the first piece, and held {most} at once"
            expected = f"{_AHEAD} at most, of either"
            raise self.broken("it streams", f"{MANY} records", found=found, expected=expected, remedy=remedy)

    def test_leaves_its_input_alone(self) -> None:
        """Records are afterwards as they were before."""
        for name, given in self.tried.records.items():
            before = copy.deepcopy(given)
            work(self.subject, given)
            if given != before:
                expected = "the record as it was: others write the same one"
                remedy = "copy before you change: dict(record.document); or begin with record.to_plain()"
                found = f"it was {shown(before.document)}, and is {shown(given.document)}"
                if given.document == before.document:
                    found = "its findings or runs are others"
                raise self.broken("it leaves its input alone", repr(name), found=found, expected=expected, remedy=remedy)

    def test_gives_the_same_again(self) -> None:
        """The same record gives the same bytes, from a copy of it too, and after other files."""
        once = {name: work(self.subject, given) for name, given in self.tried.records.items()}
        copied = self.copied()
        for name, given in reversed(self.tried.records.items()):
            if (again := work(copied, given)) != once[name]:
                raise self.broken(
                    "it gives the same again",
                    repr(name),
                    found=_differing(once[name], again),
                    expected="the same bytes",
                    remedy="use no clock, no chance, and nothing that is kept from one file to the next",
                )

    def test_gives_the_same_in_a_fresh_interpreter(self) -> None:
        """Two interpreters with other seeds for hashes and in another time zone give what this one gives."""
        clause = "it gives the same in a fresh interpreter"
        for seed, answer in self.heard(clause, lambda: self.tried.answers).items():
            for (name, given), there in zip(self.tried.records.items(), answer.results, strict=False):
                if (here := work(self.subject, given)) != there:
                    raise self.broken(
                        clause,
                        repr(name),
                        found=f"here, then with PYTHONHASHSEED={seed}: {_differing(here, there)}",
                        expected="the same bytes in every process and on every machine",
                        remedy="sort what comes from a set; use no hash(), id(), clock, locale or environment",
                    )

    def test_reports_time_and_memory(self, record_property: Callable[[str, object], None]) -> None:
        """What it costs stands in pytest's summary; it is held to no bound but those that the author set."""
        answer = self.heard("it reports time and memory", lambda: self.tried.answers)["1"]
        sized = {"article": self.tried.records["article"], "huge": self.tried.huge}
        times = {f"{name!r} ({len(each.text):,} characters)": self._seconds(each) for name, each in sized.items()}
        self.report(record_property, answer, times)

    def _seconds(self, given: Record) -> float:
        started = time.perf_counter()
        work(self.subject, given)
        return time.perf_counter() - started

    def _pieces(self, clause: str, name: str, given: list[Record]) -> list[Any]:
        try:
            return self.tried.pieces(given)
        except (Exception, SystemExit) as error:
            expected = "a file: no record may stop an export"
            remedy = "catch what this record raises; use .get() for keys, and escape what your format needs escaped"
            raise self.broken(clause, repr(name), found=told(error), expected=expected, remedy=remedy) from None


def _differing(one: str, other: str) -> str:
    """The first place where two files, as `work` gives them, differ."""
    if "-" in (one[:1], other[:1]):
        return f"{one[:80]}, then {other[:80]}"
    before, after = bytes.fromhex(one), bytes.fromhex(other)
    at = next((i for i, pair in enumerate(zip(before, after, strict=False)) if len({*pair}) > 1), min(len(before), len(after)))
    return f"from byte {at:,} on {shown(before[at : at + 40])}, then {shown(after[at : at + 40])}"


def _counted(given: Iterator[Record], alive: "list[weakref.ref[Record]]") -> Iterator[Record]:
    for each in given:
        alive.append(weakref.ref(each))
        yield each
        del each


def _living(alive: "list[weakref.ref[Record]]") -> int:
    living = sum(each() is not None for each in alive)
    if living > _AHEAD:
        gc.collect()  # what only waits to be collected is not kept
        living = sum(each() is not None for each in alive)
    return living
