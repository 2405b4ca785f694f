"""Options of one source: what becomes due, and what does not."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsdesk.access.policy import Actor
from newsdesk.host.services import set_options
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.rehearsal import candidate, rehearse
from newsdesk.processing.services import hand_out, process, rearm_outdated
from newsdesk.sdk import Transient
from tests.apps.factories import Census, Keyed, Lines, Names, NewNames, names, processed

pytestmark = pytest.mark.django_db

OPERATOR = Actor.operator()


def save(source="", **options):
    set_options(processor="names", options=options, source=source, actor=OPERATOR)


def due():
    rearm_outdated(100)
    return set(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True))


def work():
    rearm_outdated(100)
    process(hand_out(100))


@pytest.fixture
def two():
    """A document of the wire and one of the web."""
    return processed("Mara and Per left.", source="wire"), processed("Mara and Per stayed.", source="web")


def test_options_of_another_source_make_nothing_due(two):
    save("elsewhere", letters=3)
    assert due() == set()


def test_options_of_a_source_make_its_documents_due_and_no_others(two):
    save("wire", letters=3)
    assert due() == {two[0].job.pk}


def test_what_was_done_again_is_due_no_more(two):
    save("wire", letters=3)
    work()
    assert due() == set()


def test_document_is_processed_with_the_options_of_its_source(two):
    save("wire", letters=3)
    work()
    assert [names(each) for each in two] == [["Per"], ["Mara"]]


def test_document_that_comes_in_later_is_processed_with_the_options_of_its_source():
    save("wire", letters=3)
    assert names(processed("Mara and Per left.", source="wire")) == ["Per"]


def test_options_of_a_source_that_are_taken_back_make_its_documents_due_again(two):
    save("wire", letters=3)
    work()
    save("wire")
    assert due() == {two[0].job.pk}


def test_options_of_all_make_no_document_due_whose_source_has_its_own(two):
    save("wire", letters=3)
    work()
    save(letters=5)
    assert due() == {two[1].job.pk}


def test_new_version_makes_documents_of_all_sources_due(two, install):
    save("wire", letters=3)
    work()
    install(Lines(), NewNames())
    assert due() == {each.job.pk for each in two}


def test_other_options_for_two_sources_make_each_ones_documents_due(two):
    save("wire", letters=3)
    work()
    save("wire", letters=5), save("web", letters=3)
    assert due() == {each.job.pk for each in two}


def test_only_steps_whose_inputs_changed_run_again_for_documents_of_that_source(install):
    install(Lines(), Names(), Census())
    wire, _ = processed("Mara and Per left.", source="wire"), processed("Mara and Per left.", source="web")
    before = set(Run.objects.values_list("pk", flat=True))
    save("wire", letters=3)
    work()
    fresh = Run.objects.exclude(pk__in=before).order_by("pk").values_list("snapshot", "processor")
    assert list(fresh) == [(wire.snapshot.pk, "names"), (wire.snapshot.pk, "census")]


def test_job_that_an_earlier_version_added_learns_its_source(two):
    Job.objects.update(source=None)
    save("wire", letters=3)
    assert due() == {two[0].job.pk}


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_no_more_become_due_at_once_than_asked_for(two, limit):
    save("wire", letters=3), save("web", letters=5)
    assert rearm_outdated(limit) == limit


@pytest.mark.parametrize("count", [2, 6])
def test_sweep_asks_as_often_however_many_documents_a_source_has(count):
    for number in range(count):
        processed(f"Mara left {number}.", source="wire")
    save("wire", letters=3)
    work()
    with CaptureQueriesContext(connection) as asked:
        rearm_outdated(100)
    assert len([each for each in asked if "processing_job" in each["sql"]]) == 5


def test_everything_holds_with_options_of_a_source(two):
    save("wire", letters=3)
    work()
    assert list(breaches()) == []


def test_job_of_another_source_than_its_article_is_a_breach(two):
    wire, web = two
    Job.objects.filter(pk=wire.job.pk).update(source=web.job.source)
    assert [(each.invariant, each.thing) for each in breaches()] == [("I1", f"job {wire.job.pk}")]


def test_rehearsal_has_the_other_options_of_each_source(install, two):
    install(Lines(), Names(), Census())
    set_options(processor="census", options={}, actor=OPERATOR)
    save("wire", letters=3)
    work()
    chosen = candidate("names", {})
    found = [each.after.found(["person"]) for each in rehearse([each.snapshot.pk for each in two], chosen)]
    assert [[each.data["name"] for each in side] for side in found] == [["Per"], ["Mara"]]


def test_option_to_try_lies_over_those_of_sources_too(two):
    save("wire", letters=3)
    work()
    chosen = candidate("names", {"letters": 4})
    found = [each.after.found(["person"]) for each in rehearse([each.snapshot.pk for each in two], chosen)]
    assert [[each.data["name"] for each in side] for side in found] == [["Mara"], ["Mara"]]


def test_jobs_from_before_the_upgrade_learn_their_source(two):
    Job.objects.update(source=None)
    import_module("newsdesk.processing.migrations.0006_jobs_know_their_source").fill_in(apps, None)
    assert list(Job.objects.order_by("pk").values_list("source__slug", flat=True)) == ["wire", "web"]


def test_secret_is_not_in_what_a_job_waits_for(install):
    class Away(Keyed):
        def process(self, document):
            raise Transient(f"503 for {self.key}")

    install(Lines(), Away())
    save(key="s3cr3t")
    assert processed().job.trouble == "names: 503 for ••••••"
