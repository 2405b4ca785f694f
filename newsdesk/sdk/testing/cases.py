"""Golden cases: a folder with a document and what is to be found in it; `pytest --newsdesk-update` writes the latter anew."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from newsdesk.sdk.artifact import Artifact
from newsdesk.sdk.document import Document
from newsdesk.sdk.errors import ContractError, UnreadableContent
from newsdesk.sdk.kinds import Kind
from newsdesk.sdk.media import HTML, PLAIN
from newsdesk.sdk.processor import Processor, accepts
from newsdesk.sdk.reader import Reader
from newsdesk.sdk.testing.breach import ContractBroken, broken
from newsdesk.sdk.testing.checking import check_processor, check_reader
from newsdesk.sdk.testing.documents import make_document
from newsdesk.sdk.testing.golden import CLAUSE, UPDATE, settle

_INPUTS = {"in.txt": PLAIN, "in.html": HTML}

Show = Callable[[tuple[Artifact, ...], str], Any]
"""The artifacts and their text, as what `out.json` has of them."""


def cases(
    subject: Processor | Reader,
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
    it has all of each, with its words. For a reader the document is `in` with any ending, taken for the first of its media
    types, and what is read equals `out.txt` or `out.html`. Raises FileNotFoundError where there is no case.
    """
    folder = Path(folder) if folder else Path(sys._getframe(1).f_code.co_filename).parent / "cases"
    names, words = (("in.*",), "in.ENDING") if isinstance(subject, Reader) else (tuple(_INPUTS), " or ".join(_INPUTS))
    inputs = sorted(path for name in names for path in folder.glob(f"*/{name}"))
    if not inputs:
        raise FileNotFoundError(f"no case in {folder}: make a folder NAME there with {words}, then run pytest {UPDATE}")
    if isinstance(subject, Reader):
        return type("Cases", (), {_name(path, inputs): _reading(subject, path) for path in inputs})
    known = tuple(kinds)
    return type("Cases", (), {_name(path, inputs): _case(subject, path, before, known, show or whole) for path in inputs})


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
            raise _unfit(processor, path, error) from error
        full = document.with_artifacts(found)
        outcome = show(found, full.text if full.has_text else "")
        settle(processor, path, path.with_name("out.json"), _written(outcome), lambda text: _written(json.loads(text)), request)

    test.__doc__ = f"What is found in {path.parent.name} is what out.json says."
    return test


def _reading(reader: Reader, path: Path) -> Any:
    def test(self: Any, request: Any) -> None:
        document = Document(content=path.read_bytes(), media_type=reader.media_types[0], url="https://news.example/case")
        try:
            read = check_reader(reader, document)
        except (AssertionError, ContractError, UnreadableContent) as error:
            raise _unfit(reader, path, error) from error
        out = path.with_name("out.html" if read.media_type == HTML else "out.txt")
        settle(reader, path, out, read.decoded.text, str, request)

    test.__doc__ = f"What is read from {path.parent.name} is what its out file says."
    return test


def _unfit(subject: Any, path: Path, error: Exception) -> ContractBroken:
    expected, remedy = "what the contract allows", "see what contract(...) says of it"
    return broken(subject, CLAUSE, document=str(path), found=str(error), expected=expected, remedy=remedy)


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
        raise broken(processor, CLAUSE, document=str(path), found="a page", expected="a text", remedy=remedy)
    return document.with_artifacts(make_document(document.decoded.text).artifacts)


def _written(outcome: Any) -> str:
    return json.dumps(outcome, indent=1, ensure_ascii=False) + "\n"
