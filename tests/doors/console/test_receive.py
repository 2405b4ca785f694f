"""`manage.py receive`: what is taken from files and folders."""

import pytest
from django.core.management import CommandError, call_command

from newsdesk.corpus.models import Snapshot

pytestmark = pytest.mark.django_db
ITEM = b'{"bodies": [{"value": "We open on Monday."}]}'


@pytest.fixture
def folder(tmp_path):
    """A folder with a page, an item for a reader, and what nobody reads."""
    files = {"a.html": b"<p>Words</p>", "b.ninjs": ITEM, "c.NINJS.json": ITEM + b" ", "d.json": ITEM, "e.pdf": b"%PDF-1.7"}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def received():
    return list(Snapshot.objects.order_by("name").values_list("name", "media_type"))


def test_media_type_that_nobody_reads_is_refused(folder):
    with pytest.raises(CommandError, match=r"d\.json: d\.json is declared as application/json; Newsdesk reads"):
        call_command("receive", str(folder / "d.json"), media_type="application/json")


def test_folder_is_searched_for_what_readers_read_too(folder):
    call_command("receive", str(folder))
    assert received() == [
        ("a.html", "text/html"),
        ("b.ninjs", "application/ninjs+json"),
        ("c.NINJS.json", "application/ninjs+json"),
    ]


def test_declared_media_type_has_a_reader_read_it_under_any_name(folder):
    call_command("receive", str(folder / "d.json"), media_type="application/ninjs+json")
    assert received() == [("d.json", "application/ninjs+json")]
