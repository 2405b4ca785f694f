"""Submit once, learn the end."""

import base64

import pytest

STORY = "Harbour to reopen\n\n“We open on Monday,” said Ana Ruiz.\n"


def fields(answer) -> list[str]:
    return [each["field"] for each in answer.json()["errors"]]


def test_same_bytes_at_the_same_address_are_a_duplicate(editor) -> None:
    first = editor.post("/snapshots", {"content": STORY, "url": "https://news.example/a"})
    second = editor.post("/snapshots", {"content": STORY, "url": "https://news.example/a?utm_source=mail"})
    assert second.status_code == 200
    assert second.json() == first.json() | {"duplicate": True}
    assert second["Location"] == first["Location"]


def test_new_bytes_at_the_same_address_are_a_new_snapshot_of_the_article(editor) -> None:
    first = editor.post("/snapshots", {"content": STORY, "url": "https://news.example/a"}).json()
    second = editor.post("/snapshots", {"content": STORY + "More.", "url": "https://news.example/a"}).json()
    assert (second["article"], second["duplicate"]) == (first["article"], False)
    assert editor.get(f"/articles/{first['article']}").json()["snapshots"] == [second["id"], first["id"]]


def test_bytes_are_taken_in_their_own_encoding(editor, work) -> None:
    content = base64.b64encode("Der Hafen öffnet\n\n„Am Montag“, sagte Ruiz.".encode("cp1252")).decode()
    snapshot = editor.post("/snapshots", {"content_base64": content, "charset": "windows-1252"}).json()
    work()
    assert editor.get(f"/snapshots/{snapshot['id']}").json()["encoding"] == "cp1252"
    assert "öffnet" in editor.get(f"/articles/{snapshot['article']}").json()["text"]


def test_text_is_read_as_text_whatever_the_page_says_of_itself(editor, work) -> None:
    page = '<html><head><meta charset="shift_jis"></head><body><p>Größe zählt</p></body></html>'
    snapshot = editor.post("/snapshots", {"content": page}).json()
    work()
    assert "Größe zählt" in editor.get(f"/articles/{snapshot['article']}").json()["text"]


def test_what_fails_says_why(editor, work) -> None:
    snapshot = editor.post("/snapshots", {"content": "Words that refuse to be processed"}).json()
    work()
    outcome = editor.get(f"/snapshots/{snapshot['id']}").json()
    assert outcome["state"] == "failed"
    assert [run["error"] for run in outcome["runs"]] == [None, "RuntimeError: as asked"]


def test_article_can_be_read_before_it_is_processed(editor) -> None:
    article = editor.post("/snapshots", {"content": STORY}).json()["article"]
    read = editor.get(f"/articles/{article}").json()
    assert (read["state"], read["title"], read["text"], read["body"]) == ("queued", None, None, None)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "content"),
        ({"content": "a", "content_base64": "YQ=="}, "content"),
        ({"content": "Some words", "charset": "utf-8"}, "charset"),
        ({"content_base64": "not base64!"}, "content_base64"),
        ({"content": "  \n "}, "content"),
        ({"content_base64": base64.b64encode(b"%PDF-1.7 ...").decode()}, "content"),
        ({"content": "Some words", "media_type": "application/pdf"}, "content"),
        ({"content": "Some words", "source": "!!!"}, "source"),
        ({"content": "Some words", "surprise": 1}, "surprise"),
        ({"content": 7}, "content"),
    ],
)
def test_what_is_no_document_is_refused_by_field(editor, body, field) -> None:
    answer = editor.post("/snapshots", body)
    assert (answer.status_code, fields(answer)) == (422, [field])


@pytest.mark.parametrize(
    "url", ["ftp://news.example/a", "news.example", "https://u:p@news.example/", "https://a b/", "https://[::1"]
)
def test_what_is_no_web_address_is_refused(editor, url) -> None:
    assert editor.post("/snapshots", {"content": STORY, "url": url}).status_code == 422


def test_document_over_the_limit_is_refused_with_the_limit(editor) -> None:
    answer = editor.post("/snapshots", {"content": "a" * (20 * 1024 * 1024 + 1)})
    assert (answer.status_code, answer.json()["detail"]) == (
        413,
        "the document has 20,971,521 bytes; the limit is 20,971,520",
    )


def test_reprocessing_keeps_what_could_not_have_changed(editor, article, work) -> None:
    before = editor.get(f"/articles/{article}/runs").json()["items"]
    answer = editor.post(f"/articles/{article}/reprocess")
    assert (answer.status_code, answer.json()["state"], answer.json()["queued"]) == (202, "queued", True)
    work()
    assert editor.get(answer["Location"].removeprefix("/api/v1")).json()["state"] == "processed"
    assert editor.get(f"/articles/{article}/runs").json()["items"] == before


def test_reprocessing_what_waits_already_changes_nothing(editor) -> None:
    article = editor.post("/snapshots", {"content": STORY}).json()["article"]
    assert editor.post(f"/articles/{article}/reprocess").json()["queued"] is False


ITEM = '{"uri": "urn:example:1", "headlines": [{"value": "Harbour to reopen"}], "bodies": [{"value": "We open on Monday."}]}'


@pytest.mark.parametrize("said", [{"media_type": "application/ninjs+json"}, {"name": "harbour.ninjs"}])
def test_what_a_reader_reads_is_taken_as_it_is(editor, said) -> None:
    snapshot = editor.post("/snapshots", {"content": ITEM, **said}).json()
    found = editor.get(f"/snapshots/{snapshot['id']}").json()
    assert (found["media_type"], found["encoding"]) == ("application/ninjs+json", "")


def test_media_type_that_nobody_reads_is_refused_with_those_that_are_read(editor) -> None:
    answer = editor.post("/snapshots", {"content": ITEM, "media_type": "application/json"})
    assert "Newsdesk reads application/xhtml+xml, text/html, text/plain, application/ninjs+json" in answer.json()["detail"]
