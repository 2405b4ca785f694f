"""What other options would make due, before they are saved."""

import pytest
from django.core.exceptions import PermissionDenied

from newsdesk.access.policy import Actor
from newsdesk.host.models import ProcessorSetting
from newsdesk.host.services import set_options, would_be
from newsdesk.processing.foresight import foresee
from newsdesk.processing.services import hand_out, process, rearm_outdated
from tests.apps.factories import Census, Keyed, Lines, Names, actor, processed, submitted

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


def asked(source="", **options):
    return {"processor": "names", "options": options, "source": source, "actor": OPERATOR}


def foreseen(source="", **options):
    return foresee("names", would_be(**asked(source, **options)))


@pytest.fixture(autouse=True)
def three():
    """Two documents of the wire and one of the web, and one more that waits."""
    for words, source in (("Mara left.", "wire"), ("Mara stayed.", "wire"), ("Mara came.", "web")):
        processed(words, source=source)
    submitted("Mara waits.", source="web")


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor"])
def test_whoever_may_not_save_options_is_not_told(role):
    with pytest.raises(PermissionDenied):
        would_be(**{**asked(letters=5), "actor": actor(role)})


def test_nothing_is_saved():
    foreseen(letters=5)
    assert ProcessorSetting.objects.count() == 0


def test_same_options_make_nothing_due():
    found = foreseen(letters=4)
    assert (found.documents, found.calls, found.seconds) == (0, {}, 0)


def test_secret_makes_nothing_due(install):
    install(Lines(), Keyed())
    rearm_outdated(100)
    process(hand_out(100))
    assert foreseen(key="s3cr3t").documents == 0


def test_options_of_all_make_all_documents_due_that_have_ended():
    assert (foreseen(letters=5).documents, foreseen(letters=5).calls) == (3, {"names": 3})


def test_options_of_a_source_make_its_documents_due():
    assert (foreseen("wire", letters=5).documents, foreseen("wire", letters=5).kinds) == (2, ("person",))


def test_options_of_all_leave_the_documents_of_a_source_that_has_its_own():
    set_options(**asked("wire", letters=5))
    assert foreseen(letters=6).documents == 1


@pytest.mark.parametrize(("source", "options"), [("", {"letters": 5}), ("wire", {"letters": 5}), ("web", {"letters": 3})])
def test_as_many_become_due_as_were_foreseen(source, options):
    expected = foreseen(source, **options).documents
    set_options(**asked(source, **options))
    assert rearm_outdated(100) == expected


def test_what_depends_on_the_processor_is_counted_too(install):
    install(Lines(), Names(), Census())
    assert foreseen(letters=5).calls == {"names": 3, "census": 3}
