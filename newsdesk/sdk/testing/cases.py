"""Golden cases: a folder with a document and what is to be found in it; `pytest --newsdesk-update` writes the latter anew."""

import difflib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.media import HTML, PLAIN
from newsdesk.sdk.processor import Processor, accepts
from newsdesk.sdk.testing.breach import ContractBroken, broken
from newsdesk.sdk.testing.checking import check_processor
from newsdesk.sdk.testing.documents import make_document

UPDATE = "--newsdesk-update"
UPDATED = "newsdesk-updated"
"""The name under which a test's report carries the path of a file that it wrote."""

_INPUTS = {"in.txt": PLAIN, "in.html": HTML}
_MOST_LINES = 60

Show = Callable[[tuple[Artifact, ...], str], Any]
"""The artifacts and their text, as what `out.json` has of them."""


def cases(
    processor: Processor,
    folder: str | Path | None = None,
    *,
    before: Sequence[Processor] = (),
    kinds: Iterable[Kind] = (),
    show: Show | None = None,
) -> type:
    """A class with a test for each folder NAME that has `in.txt` or `in.html`: what is found equals its `out.json`.

    Give it a name that pytest collects: `TestCases = cases(Shouting())`. `folder` is `cases` beside the calling file, or
    another. A processor that requires more than "content" gets a text whose lines are paragraphs, or what the processors
    `before` it find. `kinds` are those that the plugin declares itself. `show` says what of the findings `out.json` has;
    it has all of each, with its words. Raises FileNotFoundError where there is no case.
    """
    folder = Path(folder) if folder else Path(sys._getframe(1).f_code.co_filename).parent / "cases"
    inputs = sorted(path for name in _INPUTS for path in folder.glob(f"*/{name}"))
    if not inputs:
        raise FileNotFoundError(
            f"no case in {folder}: make a folder NAME there with in.txt or in.html, then run pytest {UPDATE}"
        )
    known = tuple(kinds)
    return type("Cases", (), {_name(path, inputs): _case(processor, path, before, known, show or whole) for path in inputs})


def whole(found: tuple[Artifact, ...], text: str) -> list[dict[str, Any]]:
    """All of each artifact; a span as its role, its offsets and its words."""
    return [
        {**each.to_plain(), "spans": [f"{span.role} {span.start}-{span.end}: {span.of(text)}" for span in each.spans]}
        for each in found
    ]


def _name(path: Path, inputs: Sequence[Path]) -> str:
    both = sum(other.parent == path.parent for other in inputs) > 1
    return f"test_{path.parent.name}{'_' + path.suffix[1:] if both else ''}"


def _case(processor: Processor, path: Path, before: Sequence[Processor], kinds: tuple[Kind, ...], show: Show) -> Any:
    def test(self: Any, request: Any) -> None:
        try:
            document = _document(processor, path, before, kinds)
            found = check_processor(processor, document, kinds)
        except ContractBroken:
            raise
        except (AssertionError, ContractError) as error:
            expected, remedy = "what the contract allows", "see what contract(...) says of it"
            raise broken(
                processor, "golden case", document=str(path), found=str(error), expected=expected, remedy=remedy
            ) from error
        full = document.with_artifacts(found)
        outcome = json.loads(json.dumps(show(found, full.text if full.has_text else "")))
        out = path.with_name("out.json")
        if request.config.getoption(UPDATE, default=False):
            if not out.exists() or json.loads(out.read_text("utf-8")) != outcome:
                out.write_text(_written(outcome), "utf-8")
                request.node.user_properties.append((UPDATED, str(out)))
            return
        _compare(processor, path, out, outcome)

    test.__doc__ = f"What is found in {path.parent.name} is what out.json says."
    return test


def _document(processor: Processor, path: Path, before: Sequence[Processor], kinds: tuple[Kind, ...]) -> Document:
    content, media_type = path.read_bytes(), _INPUTS[path.name]
    document = Document(content=content, media_type=media_type, url="https://news.example/case")
    for each in before:
        if accepts(each, media_type):
            document = document.with_artifacts(check_processor(each, document, kinds))
    if "text" in processor.provides or document.has_text or set(processor.requires) <= {"content"}:
        return document
    if media_type != PLAIN:
        remedy = "give cases(..., before=[...]) the processors that find its text, or save the text as in.txt"
        raise broken(processor, "golden case", document=str(path), found="a page", expected="a text", remedy=remedy)
    return document.with_artifacts(make_document(document.decoded.text).artifacts)


def _compare(processor: Processor, path: Path, out: Path, outcome: Any) -> None:
    clause, remedy = "golden case", f"mend the processor; or, where what is found now is right, run pytest {UPDATE}"
    if not out.exists():
        found = "\n".join(_cut(_written(outcome).splitlines()))
        remedy = f"run pytest {UPDATE}, and read what it wrote"
        raise broken(
            processor, clause, document=str(path), found=found, expected=f"{out.name}, which is not there", remedy=remedy
        )
    try:
        expected = json.loads(out.read_text("utf-8"))
    except ValueError as error:
        remedy = f"mend it by hand, or run pytest {UPDATE}"
        raise broken(processor, clause, document=str(out), found=f"{error}", expected="JSON", remedy=remedy) from None
    if outcome != expected:
        lines = difflib.unified_diff(
            _written(expected).splitlines(), _written(outcome).splitlines(), "out.json", "found now", lineterm="", n=2
        )
        raise broken(
            processor,
            clause,
            document=str(path),
            found="\n".join(["", *_cut(list(lines))]),
            expected=f"what {out.name} says: its lines begin with -, those found now with +",
            remedy=remedy,
        )


def _written(outcome: Any) -> str:
    return json.dumps(outcome, indent=1, ensure_ascii=False) + "\n"


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"... and {more} lines more"]
