import hashlib
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError

from newsdesk.access.policy import Actor
from newsdesk.export.models import Export
from newsdesk.export.queries import exports, file_of
from newsdesk.export.services import ExportFailed, deliver, opened
from newsdesk.sdk import NewsdeskError
from tests.apps.factories import BrokenTitles, Lines, Names, Titles, actor, person, processed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "exports"
    return settings.MEDIA_ROOT


def delivered(by=None, **options):
    return deliver(**{"exporter": "titles", "actor": by or Actor.operator(), **options})


def left(folder):
    return [path.name for path in folder.glob("*")], Export.objects.count()


class Prose(Titles):
    """Gives text instead of bytes."""

    def export(self, records):
        yield "words"


class Leaving(Titles):
    """Wants to leave."""

    def export(self, records):
        raise SystemExit("bye")
        yield


@pytest.mark.parametrize("role", ["viewer", "plugin admin", None])
def test_person_without_the_role_may_not_and_nothing_leaves(folder, role):
    with pytest.raises(PermissionDenied, match="may not export"):
        delivered(actor(role))
    assert left(folder) == ([], 0)


@pytest.mark.parametrize("asking", [lambda: Actor(None, "api"), lambda: Actor(person("viewer"), "api", "admin")])
def test_whoever_has_no_role_for_it_may_not_by_any_door(asking):
    with pytest.raises(PermissionDenied):
        delivered(asking())


def test_format_that_is_not_installed_is_refused_with_those_that_are(folder):
    with pytest.raises(ValidationError) as refused:
        delivered(exporter="../jsonl")
    assert (refused.value.message_dict, left(folder)) == (
        {"exporter": ["no exporter '../jsonl' is installed; there are titles"]},
        ([], 0),
    )


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (BrokenTitles(), "titles failed: ValueError: cannot write"),
        (Prose(), "titles failed: TypeError: export() must yield bytes, not str"),
        (Leaving(), "titles failed: SystemExit: bye"),
    ],
)
def test_exporter_that_breaks_is_named_and_leaves_neither_file_nor_row(folder, install, broken, reason):
    install(Lines(), Names(), broken)
    processed()
    with pytest.raises(ExportFailed) as failed:
        delivered()
    assert (str(failed.value).startswith(reason), isinstance(failed.value, NewsdeskError), left(folder)) == (
        True,
        True,
        ([], 0),
    )


def test_export_that_cannot_be_recorded_leaves_no_file(folder, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Export.objects, "create", full)
    with pytest.raises(DatabaseError):
        delivered()
    assert left(folder) == ([], 0)


def test_export_after_one_that_broke_is_whole(folder, install):
    install(Lines(), BrokenTitles())
    with pytest.raises(ExportFailed):
        delivered()
    install(Lines(), Titles())
    export = delivered()
    assert left(folder) == ([export.file], 1)


def test_export_is_traced_where_the_operator_asks_for_it(monkeypatch, capfd):
    monkeypatch.setenv("NEWSDESK_TRACE_PLUGINS", "1")
    processed("One.", name="one.txt")
    delivered()
    assert re.findall(r" (export titles \S+): \d+\.\d{4} s, (.*)$", capfd.readouterr().err, re.MULTILINE) == [
        ("export titles 1", "8 bytes")
    ]


@pytest.mark.parametrize("scope", ["read", "write", "admin"])
def test_editors_key_of_any_scope_may(scope):
    assert delivered(Actor(person("editor"), "api", scope)).created_by.username == "editor"


def test_nothing_to_export_is_an_empty_file():
    export = delivered()
    assert (export.articles, export.size, file_of(export).read_bytes()) == (0, 0, b"")


def test_digest_and_size_are_those_of_the_file():
    processed("One.", name="one.txt"), processed("Two.", name="two.txt")
    export = delivered()
    with opened(export) as file:
        content = file.read()
    assert (content, export.size, export.sha256, export.articles) == (
        b"one.txt\ntwo.txt\n",
        16,
        hashlib.sha256(content).hexdigest(),
        2,
    )


def test_export_says_in_which_version_and_for_whom_it_was_written():
    export = delivered(actor("chief editor"), reviewed_only=True)
    assert (export.exporter, export.version, export.reviewed_only, export.created_by.username) == (
        "titles",
        "1",
        True,
        "chief editor",
    )


def test_file_has_the_formats_ending_and_lies_in_the_folder_for_exports(folder):
    export = delivered()
    assert (export.file.endswith("-titles.txt"), file_of(export)) == (True, folder / export.file)


def test_two_exports_are_two_files(folder):
    files = {delivered().file, delivered().file}
    assert ({path.name for path in folder.iterdir()}, len(files)) == (files, 2)


def test_whoever_may_not_export_does_not_see_what_left():
    with pytest.raises(PermissionDenied):
        exports(actor("viewer"))


def test_exports_come_newest_first():
    first, second = delivered(), delivered()
    assert list(exports(actor())) == [second, first]
