import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from newsdesk.corpus.services import receive
from newsdesk.pipeline import Findings
from newsdesk.processing.convert import to_columns
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.services import claim
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from tests.apps.factories import Lines, Names, actor, artifacts, processed, processed_again, submitted

pytestmark = pytest.mark.django_db


def broken():
    return [(breach.invariant, breach.what) for breach in breaches()]


@pytest.fixture
def without(transactional_db: None) -> Iterator[Callable[[type[Model], str], None]]:
    """Take a constraint away for a while: it forbids the database what the test is about."""
    taken = []

    def take(model: type[Model], name: str) -> None:
        [constraint] = (each for each in model._meta.constraints if each.name == name)
        model._meta.constraints.remove(constraint)  # SQLite makes the table anew from what is declared
        taken.append((model, constraint))
        with connection.schema_editor() as editor:
            editor.remove_constraint(model, constraint)

    yield take
    Run.objects.all().delete()
    for model, constraint in taken:
        model._meta.constraints.append(constraint)
        with connection.schema_editor() as editor:
            editor.add_constraint(model, constraint)


class Quotes(Names):
    """Quotes the first word."""

    provides = ("quote",)

    def process(self, document):
        word = document.text.split()[0]
        yield Found("quote", {"type": "direct", "quotation": word, "speaker": None}, (Span(0, len(word), "content"),))


def test_snapshot_without_a_job_is_named():
    receive(content=b"One.", actor=actor())
    assert broken() == [("I1", "has no job")]


def test_job_that_ended_without_a_run_of_an_enabled_processor_is_named():
    processed()
    Run.objects.filter(processor="names").update(current=False)
    assert broken() == [("I1", "has ended without a run of names")]


def test_finding_that_a_run_has_twice_is_named():
    (mara,) = artifacts(processed("Mara."), "person")
    Run.objects.filter(pk=mara.run.pk).update(**to_columns(Findings.of([mara.found, mara.found])))
    assert broken() == [("I2", f"has finding {mara.digest[:8]} 2 times")]


def test_second_current_run_of_a_processor_is_named(without):
    processed("Mara.")
    without(Run, "processing_one_current_run")
    again = Run.objects.with_findings().get(processor="names")
    again.pk = None
    again.save(force_insert=True)
    assert broken() == [("I3", "has 2 current runs of names")]


def test_quote_that_does_not_stand_in_the_text_is_named(install):
    install(Lines(), Quotes())
    processed("Mara left.")
    quote = Found("quote", {"type": "direct", "quotation": "Voss", "speaker": None}, (Span(0, 4, "content"),))
    Run.objects.filter(processor="names").update(**to_columns(Findings.of([quote])))
    assert [(invariant, "quotation says" in what) for invariant, what in broken()] == [("I4", True)]


def test_artifact_whose_span_ends_after_the_text_is_named():
    processed("One.")
    found = [Found("text", {"text": "One."}), Found("paragraph", {"role": "body"}, (Span(0, 9, "block"),))]
    Run.objects.filter(processor="lines").update(**to_columns(Findings.of(found)))
    assert broken() == [("I4", "artifact: span 0: end 9 > length 4 of the text; offsets count code points")]


def test_job_whose_worker_is_long_gone_is_named():
    claim([submitted().job.pk])
    Job.objects.update(lease_until=Now() - timedelta(hours=1))
    assert [invariant for invariant, _ in broken()] == ["I6"]


def test_job_whose_lease_has_just_expired_is_the_sweeps_to_find():
    claim([submitted().job.pk])
    Job.objects.update(lease_until=Now())
    assert broken() == []


def test_everything_holds_after_the_usual_work():
    processed("One.")
    processed("Two.")
    submitted("Three.")
    assert broken() == []


# The command


def test_command_names_each_breach_and_ends_with_status_1(capsys):
    receive(content=b"One.", actor=actor())
    claim([submitted().job.pk])
    Job.objects.update(lease_until=Now() - timedelta(hours=1))
    with pytest.raises(CommandError, match="2 breaches") as ended:
        call_command("check_integrity")
    named = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert (named, ended.value.returncode) == (["I1", "I6"], 1)


def test_command_says_that_everything_holds(capsys):
    processed()
    call_command("check_integrity")
    assert capsys.readouterr().out == "everything holds\n"


def test_archive_of_many_articles_is_read_with_as_many_statements_as_one_of_few(django_assert_max_num_queries):
    processed("One.")
    with CaptureQueriesContext(connection) as few:
        broken()
    for number in range(10):
        processed(f"Story {number}.")
    with django_assert_max_num_queries(len(few)):
        broken()


@pytest.mark.parametrize(
    "damage", [b"garbage", b"", *(zlib.compress(b'[["person",1,%d]]\n%b' % (len(each), each)) for each in (b"[", b"[1]", b"7"))]
)
def test_run_whose_findings_are_damaged_is_named_and_the_rest_is_checked(damage, caplog):
    damaged, _ = processed("Mara left."), processed("Voss left.")
    Run.objects.filter(snapshot=damaged.snapshot, processor="names").update(compressed=damage)
    Job.objects.create(
        snapshot=receive(content=b"One.", actor=actor()).snapshot,
        state=Job.State.RUNNING,
        lease_until=Now() - timedelta(days=1),
    )
    assert {invariant for invariant, _ in broken()} == {"I4", "I6"}


def test_run_that_was_damaged_and_computed_again_is_no_breach(caplog):
    submission = processed()
    Run.objects.filter(processor="names").update(compressed=b"garbage")
    processed_again(submission)
    assert broken() == []
