from dataclasses import dataclass, replace

import pytest

from newsdesk.pipeline import Dossier
from newsdesk.pipeline.fingerprint import fingerprint
from newsdesk.sdk import Artifact, Document

TEXT = Artifact("text", {"text": "Zoë"})
PERSON = Artifact("person", {"name": "Zoë"}, confidence=0.5)
OTHER = Artifact("person", {"name": "Ada"}, confidence=0.5)
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


def printed(processor, document):
    return fingerprint(processor, Dossier.open(document))


@pytest.mark.parametrize("other", [Renamed(), Newer(), Finder(least=3)])
def test_another_name_version_or_option_changes_it(other):
    assert printed(other, DOCUMENT) != printed(Finder(), DOCUMENT)


@pytest.mark.parametrize(
    ("processor", "document"),
    [
        (Finder(), replace(DOCUMENT, artifacts=(Artifact("text", {"text": "Zoe"}),))),
        (Finder(), replace(DOCUMENT, media_type="text/html")),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT,))),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT, replace(PERSON, confidence=0.6)))),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT, PERSON, OTHER))),
        (Merger(), replace(DOCUMENT, artifacts=(TEXT, OTHER))),
        (Reader(), replace(DOCUMENT, content=b"Zo")),
        (Reader(), replace(DOCUMENT, url="https://example.org/b")),
        (Reader(), replace(DOCUMENT, charset=None)),
    ],
)
def test_another_input_changes_it(processor, document):
    assert printed(processor, document) != printed(processor, DOCUMENT)


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
    assert printed(processor, document) == printed(processor, DOCUMENT)


def test_it_stays_the_same_from_process_to_process_and_release_to_release():
    assert printed(Finder(), DOCUMENT) == "eecb2d17733fe13c0ae4ce707558dd461871396a914dba3334c02a6e0e6ce7c8"
