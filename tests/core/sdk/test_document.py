import hashlib

import pytest

from newsdesk.sdk import Artifact, Document, MissingKind, Span, body

TEXT = "Headline\nFirst.\nA list\nAdvertisement\nSub\nLast 🦊."


def paragraph(words, role):
    start = TEXT.index(words)
    return Artifact("paragraph", {"role": role}, (Span(start, start + len(words), "block"),))


def test_document_without_a_text_says_what_to_require():
    with pytest.raises(MissingKind, match=r"^a\.html has no text here; .* must have 'text' in `requires`$"):
        Document("a.html").text  # noqa: B018


def test_document_without_a_text_knows_it():
    assert not Document(content=b"words").has_text


def test_text_is_that_of_the_text_artifact():
    assert Document(artifacts=(Artifact("person", {"name": "A"}), Artifact("text", {"text": "words"}))).text == "words"


def test_bytes_are_known_by_their_hash():
    assert Document(content=b"words").sha256 == hashlib.sha256(b"words").hexdigest()


def test_bytes_are_decoded_with_the_declared_charset():
    assert Document(content="Да".encode("koi8-r"), charset="koi8-r").decoded.text == "Да"


def test_added_artifacts_come_last_and_leave_the_old_document_alone():
    first, second = Artifact("person", {"name": "A"}), Artifact("person", {"name": "B"})
    document = Document(artifacts=(first,))
    assert (document.with_artifacts([second]).artifacts, document.artifacts) == ((first, second), (first,))


def test_artifacts_of_kinds_come_in_the_order_in_which_they_were_found():
    person, place, text = Artifact("person"), Artifact("place"), Artifact("text")
    assert Document(artifacts=(place, text, person)).of_kind("person", "place") == (place, person)


def test_view_without_content_has_neither_bytes_nor_address_nor_charset():
    view = Document("a", "https://example.org/", content=b"words", charset="utf-8").view(("text",))
    assert (view.content, view.url, view.charset) == (b"", None, None)


def test_view_with_content_has_bytes_address_and_charset():
    document = Document("a", "https://example.org/", content=b"words", charset="utf-8")
    assert document.view(("content",)) == Document(url="https://example.org/", content=b"words", charset="utf-8")


def test_view_has_only_the_kinds_asked_for():
    person, text = Artifact("person"), Artifact("text", {"text": "words"})
    assert Document(artifacts=(text, person)).view(("person",)).artifacts == (person,)


def test_view_of_nothing_has_no_text():
    assert not Document(artifacts=(Artifact("text", {"text": "words"}),)).view(()).has_text


def test_body_is_empty_where_there_are_no_paragraphs():
    assert body(TEXT, ()) == ""


def test_body_is_what_a_reader_would_call_the_article_in_the_order_of_the_text():
    paragraphs = (
        paragraph("Last 🦊.", "body"),
        paragraph("Headline", "headline"),
        paragraph("Advertisement", "boilerplate"),
        paragraph("Sub", "subhead"),
        paragraph("A list", "list-item"),
        paragraph("First.", "body"),
    )
    document = Document(artifacts=(Artifact("text", {"text": TEXT}), *paragraphs))
    assert document.body == "First.\n\nA list\n\nSub\n\nLast 🦊."
