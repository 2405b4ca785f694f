import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.corpus.queries import contents
from newsdesk.corpus.services import clean_name, receive
from newsdesk.sdk.content import MAX_BYTES
from tests.apps.factories import actor, person

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"


def received(content=b"Words.", **document):
    return receive(content=content, **{"actor": Actor.operator(), "url": URL, **document})


def refusal(**document):
    with pytest.raises(ValidationError) as refused:
        received(**document)
    return refused.value.message_dict


def stored():
    return [model.objects.count() for model in (Source, Article, Content, Snapshot)]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"%PDF-1.7 words", "story.html is a PDF document, not HTML or plain text; extract its text"),
        (b"\x89PNG\r\n", "story.html is a PNG image, not HTML or plain text; extract its text"),
        (b"", "story.html is empty; send a document that has text"),
        (b" \n\t ", "story.html is empty; send a document that has text"),
        (b"<html><title>T</title><p>&nbsp;</p><script>words</script></html>", "story.html has no text: nothing but markup"),
        (b"\x00\x01\x02\x03" * 50, "story.html is binary data, not HTML or plain text"),
        (("é" * 9).encode() + b"\xff\xfe" * 4, "story.html: encoding doubtful: 8 of 17 characters are not utf-8; declare"),
        (b"a" * (MAX_BYTES + 1), "story.html has 20,971,521 bytes; the limit is 20,971,520; split it"),
    ],
    ids=["pdf", "png", "nothing", "blanks", "markup", "binary", "doubtful", "large"],
)
def test_content_that_is_no_document_is_refused_by_name_rule_and_remedy(content, rule):
    assert refusal(content=content, name="story.html")["content"][0].startswith(rule)


@pytest.mark.parametrize(
    ("field", "document"),
    [
        ("content", {"content": b"%PDF-1.7"}),
        ("content", {"media_type": "application/pdf"}),
        ("url", {"url": "ftp://news.example/"}),
        ("source", {"source": "..."}),
        ("charset", {"charset": "utf-8\x00"}),
        ("charset", {"charset": "\ud800"}),
        ("charset", {"charset": "x" * 41}),
    ],
)
def test_refused_document_leaves_nothing_and_says_which_field(field, document):
    assert ([*refusal(**document)], stored()) == ([field], [0, 0, 0, 0])


@pytest.mark.parametrize("role", ["viewer", "plugin admin", None])
def test_person_without_the_role_may_not(role):
    with pytest.raises(PermissionDenied, match=r"may not submit; it takes the role editor or chief editor$"):
        received(actor=actor(role))


def test_editor_who_left_may_not():
    with pytest.raises(PermissionDenied):
        received(actor=actor("editor", is_active=False))


def test_anonymous_may_not():
    with pytest.raises(PermissionDenied, match=r"^nobody may not submit"):
        received(actor=Actor(None, "desk"))


def test_editors_key_with_the_scope_read_may_not():
    with pytest.raises(PermissionDenied, match="through a key with the scope 'read'"):
        received(actor=Actor(person("editor"), "api", "read"))


def test_editors_key_with_the_scope_write_may():
    assert received(actor=Actor(person("editor"), "api", "write")).created


def test_who_may_not_leaves_nothing():
    with pytest.raises(PermissionDenied):
        received(actor=actor("viewer"))
    assert stored() == [0, 0, 0, 0]


def test_same_bytes_at_the_same_address_are_the_same_snapshot():
    first, second = received(), received(url=f"{URL}?utm_source=mail", name="other.txt")
    assert (second.snapshot, first.created, second.created) == (first.snapshot, True, False)


def test_other_bytes_at_the_same_address_are_a_new_snapshot_of_the_same_article():
    first, second = received().snapshot, received(b"Other words.").snapshot
    assert (second.article, second.pk != first.pk) == (first.article, True)


def test_same_bytes_at_another_address_are_an_article_of_their_own_with_the_content_stored_once():
    first, second = received().snapshot, received(url="https://news.example/b").snapshot
    assert (second.article != first.article, second.content) == (True, first.content)


def test_same_address_of_another_source_is_an_article_of_its_own():
    assert received(source="wire").snapshot.article != received(source="desk").snapshot.article


def test_same_bytes_in_another_charset_are_another_snapshot():
    content = "Да, это слова.".encode("koi8-r")
    assert received(content, charset="koi8-r").snapshot != received(content, charset="windows-1251").snapshot


def test_document_without_an_address_goes_by_the_digest_of_its_bytes():
    assert received(url=None).snapshot.article.address == f"urn:sha256:{hashlib.sha256(b'Words.').hexdigest()}"


def test_document_without_an_address_has_no_address_on_the_web():
    assert received(url=None).snapshot.article.url is None


def test_same_bytes_without_an_address_are_the_same_snapshot():
    assert received(url=None).snapshot == received(url="").snapshot


def test_bytes_come_back_as_they_came():
    content = "\ufeffWörds\r\n\x00 and more of them, so that one NUL is little".encode()
    snapshot = received(content).snapshot
    assert {sha256: each.data for sha256, each in contents([snapshot]).items()} == {
        hashlib.sha256(content).hexdigest(): content
    }


def test_what_was_dropped_to_read_it_is_counted():
    assert received(b"a\x00b\x00\x07" + b"words " * 50).snapshot.warnings == {"nul-removed": 2, "control-removed": 1}


def test_bytes_that_are_not_in_the_charset_are_counted_while_they_are_few():
    assert received("é".encode() * 2 + b"\xff" + b"words " * 50).snapshot.warnings == {"undecodable-replaced": 1}


def test_charset_that_nobody_knows_is_counted_and_the_bytes_speak():
    snapshot = received("Wörter".encode(), charset="x-none").snapshot
    assert (snapshot.encoding, snapshot.warnings) == ("utf-8", {"charset-unknown": 1})


@pytest.mark.parametrize("charset", ["", "  ", None])
def test_page_speaks_for_itself_where_no_charset_is_declared(charset):
    page = '<html><meta charset="koi8-r"><p>Да, это слова</p></html>'.encode("koi8-r")
    assert received(page, charset=charset).snapshot.encoding == "koi8-r"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(b"<p>Words</p>", "text/html"), (b"Words <p>", "text/plain"), (b"\xef\xbb\xbf<p>Words", "text/html")],
)
def test_media_type_is_what_the_bytes_are_whatever_the_name(content, media_type):
    assert received(content, name="story.pdf").snapshot.media_type == media_type


def test_source_is_made_at_its_first_document():
    received(source="Harbour Wire")
    received(source="Harbour Wire", url="https://news.example/b")
    assert list(Source.objects.values_list("slug", "name")) == [("harbour-wire", "Harbour Wire")]


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\story.html", "story.html"),
        ("/", ""),
        ("ytrots\u202elmth.txt", "ytrotslmth.txt"),
        ("sto\x00ry\n.html", "story.html"),
        ("\ud800story", "story"),
        (".htaccess", ".htaccess"),
        ("x" * 300, "x" * 200),
        ("Das Wörterbuch – 2.html", "Das Wörterbuch – 2.html"),
    ],
)
def test_name_loses_folders_and_what_hides_or_turns_it(name, cleaned):
    assert clean_name(name) == cleaned


def test_name_is_stored_clean():
    assert received(name="../../\u202ex\x00.html").snapshot.name == "x.html"
