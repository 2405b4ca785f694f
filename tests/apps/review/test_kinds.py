"""Kinds of plugins from processing through decisions to exports; and what is left of one whose plugin is gone."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from newsdesk.export.convert import to_record
from newsdesk.host import registry
from newsdesk.pipeline import Findings
from newsdesk.processing.convert import to_columns
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Run
from newsdesk.processing.queries import current_runs
from newsdesk.processing.services import process
from newsdesk.review.queries import pending
from newsdesk.review.services import add, decide
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import Span
from tests.apps.factories import (
    GUARDED,
    RUMOUR,
    STORY,
    Lines,
    Rumours,
    actor,
    artifacts,
    effective_of,
    processed,
    submitted,
    updated,
)

pytestmark = pytest.mark.django_db
LEFT = STORY.index("left")


@pytest.fixture(autouse=True)
def _installed(install):
    install(Lines(), Rumours(), kinds=(RUMOUR,))


def decided(submission, verdict="accept", by=None, **rest):
    return decide(artifact_id=artifacts(submission, "rumour")[0].pk, actor=by or actor(), verdict=verdict, **rest)


def finding(start=LEFT, role="words", **data):
    return {"data": data, "spans": [{"start": start, "end": start + 4, "role": role}]}


def exported(submission, **asked):
    record = to_record(submission.snapshot, **asked)
    return [(each.artifact.kind, each.verdict) for each in record.findings if each.artifact.kind == "rumour"]


def gone(install):
    """The plugin is uninstalled: neither its processor nor its kind is there."""
    install(Lines())


def elsewhere(processor, dossier):
    """A call to another process: what it says is looked at here, and no code of its kinds runs here."""
    return Findings.of(processor.process(dossier.view(processor.requires)))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (finding(), "data must have 'type'"),
        (finding(type="a" * 21), "data.type must have 20 characters or fewer"),
        (finding(role="mention", type="a"), "span role 'mention'; rumour has 'words'"),
        (finding(start=4711, type="a"), "end 4715 > length"),
    ],
)
def test_addition_that_breaks_the_kind_is_refused(given, message):
    with pytest.raises(ValidationError, match=message):
        add(snapshot_id=processed().snapshot.pk, actor=actor(), kind="rumour", finding=given)


def test_correction_that_breaks_the_kind_is_refused():
    with pytest.raises(ValidationError, match="data must have 'type'"):
        decided(processed(), "correct", correction=finding())


def test_run_that_breaks_the_kind_fails(install):
    install(Lines(), Rumours(), kinds=(replace(RUMOUR, roles={"mention": (1, 1)}),))
    run = current_runs(processed().snapshot.pk).get(processor="rumours")
    assert (run.outcome, run.cause) == ("failed", "ContractError")


def test_code_of_a_kind_does_not_run_where_results_are_stored(install):
    install(Lines(), Rumours(), kinds=(GUARDED,))
    submission = submitted()
    process([submission.job.pk], call=elsewhere)
    assert current_runs(submission.snapshot.pk).get(processor="rumours").outcome == "done"


def test_code_of_a_kind_does_not_run_where_editors_decide(install):
    submission = processed()
    install(Lines(), Rumours(), kinds=(GUARDED,))
    assert decided(submission, "correct", correction=finding(type="a")).after["data"] == {"type": "a"}


def test_finding_waits_for_an_editor():
    submission = processed()
    row = pending().get(pk=submission.snapshot.article_id)
    assert row.open == len(artifacts(submission, "rumour") + artifacts(submission, "boilerplate"))


def test_kind_that_is_not_reviewed_waits_for_nobody(install):
    install(Lines(), Rumours(), kinds=(replace(RUMOUR, reviewed=False),))
    submission = processed()
    assert current_runs(submission.snapshot.pk).get(processor="rumours").reviewed == 0


def test_kind_that_is_not_reviewed_is_not_decided_on(install):
    install(Lines(), Rumours(), kinds=(replace(RUMOUR, reviewed=False),))
    with pytest.raises(ValidationError, match="are not decided on"):
        decided(processed())


def test_correction_that_keeps_to_the_kind_holds():
    submission = processed()
    decided(submission, "correct", correction=finding(type="arrival"))
    assert [(each.found.data, each.verdict) for each in effective_of(submission, "rumour")] == [
        ({"type": "arrival"}, "correct")
    ]


def test_decision_follows_its_words_into_another_text():
    submission = processed(url="https://news.example/a")
    decided(submission)
    newer = updated(submission, f"Corrected on Monday\n{STORY}")
    assert [(each.verdict, each.orphan) for each in effective_of(newer, "rumour")] == [("accept", False)]


def test_finding_is_exported_with_its_verdict():
    submission = processed()
    decided(submission)
    assert exported(submission, reviewed_only=True) == [("rumour", "accept")]


def test_another_schema_makes_documents_due(install):
    processed()
    before = registry.plan().digest
    install(Lines(), Rumours(), kinds=(replace(RUMOUR, roles={"words": (0, 1)}),))
    assert registry.plan().digest != before


# The plugin is gone


def test_finding_of_a_kind_that_is_gone_is_still_there(install):
    submission = processed()
    gone(install)
    assert [each.found.data["type"] for each in effective_of(submission, "rumour")] == ["departure"]


def test_finding_of_a_kind_that_is_gone_is_still_decided_on(install):
    submission = processed()
    gone(install)
    decided(submission)
    assert exported(submission, reviewed_only=True) == [("rumour", "accept")]


def test_finding_of_a_kind_that_is_gone_cannot_be_corrected_since_nobody_knows_its_rules(install):
    submission = processed()
    gone(install)
    with pytest.raises(ValidationError, match="which nobody has declared"):
        decided(submission, "correct", correction=finding(type="a"))


def test_nothing_of_a_kind_that_is_gone_can_be_added(install):
    submission = processed()
    gone(install)
    with pytest.raises(ValidationError, match="kind is 'rumour'; it must be one of metadata"):
        add(snapshot_id=submission.snapshot.pk, actor=actor(), kind="rumour", finding=finding(type="a"))


def test_kind_that_is_gone_goes_by_its_name(install):
    gone(install)
    assert registry.kind("rumour").label == "rumour"


def test_finding_of_a_kind_that_is_gone_breaks_no_invariant(install):
    processed()
    gone(install)
    assert list(breaches()) == []


def test_finding_of_a_kind_that_is_gone_is_still_held_to_its_text(install):
    submission = processed()
    run = current_runs(submission.snapshot.pk).get(processor="rumours")
    gone(install)
    Run.objects.filter(pk=run.pk).update(**to_columns(Findings.of([Found("rumour", {}, (Span(0, 4711, "words"),))])))
    assert [each.invariant for each in breaches()] == ["I4"]
