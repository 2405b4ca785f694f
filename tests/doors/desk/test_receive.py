"""Adding a document by hand, and getting back its bytes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from newsdesk.corpus.models import Snapshot
from newsdesk.worker import enqueue
from tests.doors.desk.stage import TEXT, person, received

ADD = "/corpus/article/add/"


@pytest.fixture
def nudged(monkeypatch):
    """The jobs that workers are told of."""
    jobs = []
    monkeypatch.setattr(enqueue, "_send", jobs.extend)
    return jobs


def errors(client, **fields):
    return client.post(ADD, {"source": "desk", **fields}).context["form"].non_field_errors()


def test_a_pasted_text_is_received_and_handed_to_a_worker(editor, nudged, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(ADD, {"text": "A pasted text – with a dash.", "source": "Tidende"})
    snapshot = Snapshot.objects.get()
    assert answer["Location"] == f"/corpus/article/{snapshot.article_id}/change/"
    assert (snapshot.content.data.decode(), snapshot.encoding, nudged) == (
        "A pasted text – with a dash.", "utf-8", [snapshot.job.pk],
    )  # fmt: skip


def test_a_file_keeps_its_bytes_and_its_name(editor, nudged):
    file = SimpleUploadedFile("../../story.html", b"<p>caf\xe9 society met today in Oslo</p>")
    editor.post(ADD, {"file": file, "source": "desk", "url": "https://news.example/x"})
    snapshot = Snapshot.objects.get()
    assert (snapshot.content.data, snapshot.name) == (b"<p>caf\xe9 society met today in Oslo</p>", "story.html")


def test_the_same_twice_is_said(editor, nudged):
    for _ in range(2):
        answer = editor.post(ADD, {"text": "A pasted text.", "source": "desk"}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == ["The desk had this document already."]


def test_neither_text_nor_file(editor):
    assert errors(editor)


def test_both_text_and_file(editor):
    assert errors(editor, text="A text.", file=SimpleUploadedFile("a.txt", b"A text."))


def test_what_is_no_document_is_refused_with_the_reason(editor, nudged):
    file = SimpleUploadedFile("a.html", b"%PDF-1.7\n" + bytes(range(256)))
    assert "PDF" in " ".join(errors(editor, file=file))


def test_an_address_that_is_none(editor, nudged):
    assert "url" in " ".join(errors(editor, text="A text.", url="javascript:alert(1)"))


def test_the_original_comes_as_a_download_that_nothing_runs(editor):
    row, snapshot = received("page.html", content=b"<script>alert(1)</script>")
    answer = editor.get(f"/corpus/article/{row.pk}/original/{snapshot.pk}/")
    assert (answer.content, answer["Content-Type"], answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (
        b"<script>alert(1)</script>", "application/octet-stream", "sandbox; default-src 'none'", "nosniff",
    )  # fmt: skip
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''page.html"


@pytest.mark.parametrize("role", ["viewer", "plugin admin"])
def test_the_original_is_for_editors(client, db, role):
    row, snapshot = received()
    client.force_login(person(role))
    assert client.get(f"/corpus/article/{row.pk}/original/{snapshot.pk}/").status_code == 403


def test_the_original_of_another_article(editor):
    row, _ = received("1")
    _, other = received("2", content=TEXT.encode())
    assert editor.get(f"/corpus/article/{row.pk}/original/{other.pk}/").status_code == 404


@pytest.mark.parametrize("name", ['a"\r\nX-Evil: 1.html', "‮lmth.exe", "…", ""])
def test_the_name_of_a_file_never_breaks_the_answer(editor, name):
    row, snapshot = received()
    Snapshot.objects.update(name=name)
    answer = editor.get(f"/corpus/article/{row.pk}/original/{snapshot.pk}/")
    assert (answer.status_code, "X-Evil" in answer) == (200, False)


def test_what_a_reader_reads_is_received_by_its_name(editor, nudged):
    editor.post(ADD, {"file": SimpleUploadedFile("a.ninjs", b'{"bodies": []}'), "source": "desk"})
    assert Snapshot.objects.get().media_type == "application/ninjs+json"


def test_the_form_tells_what_is_read(editor):
    assert "what a plugin reads: .ninjs, .ninjs.json" in editor.get(ADD).text


@pytest.mark.parametrize(
    ("media_type", "name"), [("application/ninjs+json", "snapshot-1.ninjs"), ("application/x-gone", "snapshot-1")]
)
def test_the_original_of_another_format_is_no_page_either(editor, media_type, name):
    row, snapshot = received("", content=b"<script>alert(1)</script>")
    Snapshot.objects.filter(pk=snapshot.pk).update(media_type=media_type)
    answer = editor.get(f"/corpus/article/{row.pk}/original/{snapshot.pk}/")
    assert (answer["Content-Type"], answer["Content-Disposition"].replace(str(snapshot.pk), "1")) == (
        "application/octet-stream",
        f"attachment; filename*=UTF-8''{name}",
    )
