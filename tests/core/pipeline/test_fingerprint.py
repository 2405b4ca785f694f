from dataclasses import dataclass, replace

import pytest

from newsdesk.pipeline.fingerprint import fingerprint
from newsdesk.sdk import Artifact, Document

TEXT = Artifact("text", {"text": "Zoë"})
PERSON = Artifact("person", {"name": "Zoë"}, confidence=0.5)
DOCUMENT = Document("a", "https://example.org/a", "text/plain", b"Zoe", "utf-8", (TEXT, PERSON))


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("person",)

    least: int = 2

    def process(self, document):
        return ()


class Renamed(Finder):
    name = "renamed"


class Newer(Finder):
    version = "2"


class Reader(Finder):
    requires = ("content",)


class Merger(Finder):
    requires = ("text", "person")


@pytest.mark.parametrize("other", [Renamed(), Newer(), Finder(least=3)])
def test_another_name_version_or_option_changes_it(other):
    assert fingerprint(other, DOCUMENT) != fingerprint(Finder(), DOCUMENT)


@pytest.mark.parametrize(
    ("processor", "document"),
    [
        (Finder(), replace(DOCUMENT, artifacts=(Artifact("text", {"text": "Zoe"}),))),
        (Finder(), replace(DOCUMENT, media_type="text/html")),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT,))),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT, replace(PERSON, confidence=0.6)))),
        (Merger(), replace(DOCUMENT, artifacts=(PERSON, TEXT))),
        (Reader(), replace(DOCUMENT, content=b"Zo")),
        (Reader(), replace(DOCUMENT, url="https://example.org/b")),
        (Reader(), replace(DOCUMENT, charset=None)),
    ],
)
def test_another_input_changes_it(processor, document):
    assert fingerprint(processor, document) != fingerprint(processor, DOCUMENT)


@pytest.mark.parametrize(
    ("processor", "document"),
    [
        (Finder(), replace(DOCUMENT, content=b"other", url=None, charset=None)),
        (Finder(), replace(DOCUMENT, artifacts=(TEXT,))),
        (Reader(), replace(DOCUMENT, artifacts=())),
        (Reader(), replace(DOCUMENT, name="b")),
    ],
)
def test_what_the_processor_does_not_see_changes_nothing(processor, document):
    assert fingerprint(processor, document) == fingerprint(processor, DOCUMENT)


def test_it_stays_the_same_from_process_to_process_and_release_to_release():
    assert fingerprint(Finder(), DOCUMENT) == "df30cb3c92df4039f1edd083a4dfdbd61fda0510bc9b31af50c3db5f7b24db97"
