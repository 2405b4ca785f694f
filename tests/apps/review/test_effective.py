import pytest

from newsdesk.corpus.models import Snapshot
from newsdesk.processing.artifacts import Artifact
from newsdesk.processing.models import Job, Run
from newsdesk.processing.services import process, reprocess
from newsdesk.review.models import Decision
from newsdesk.review.queries import effective, effective_artifact, history, newest_snapshot, reading, standing_decision
from newsdesk.review.services import add, decide, withdraw
from newsdesk.sdk import Artifact as Found
from tests.apps.factories import (
    BODY,
    STORY,
    Actor,
    BrokenLines,
    Lines,
    Names,
    NewNames,
    OtherLines,
    OtherNames,
    actor,
    artifacts,
    body_of,
    effective_of,
    processed,
    processed_again,
    submitted,
)

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"
COUNCIL = {"data": {"name": "the council"}, "spans": [{"start": 47, "end": 58, "role": "mention"}]}


def decided(submission, verdict="accept", *, by=None, kind="person", **rest):
    return decide(artifact_id=artifacts(submission, kind)[0].pk, actor=by or actor(), verdict=verdict, **rest)


def upgraded(install, submission, *processors):
    install(*processors)
    processed_again(submission)


class Headlined(Lines):
    """Says the headline too, which has no place in the text."""

    provides = (*Lines.provides, "metadata")

    def process(self, document):
        yield from super().process(document)
        yield Found("metadata", {"name": "headline", "value": "Voss goes", "evidence": "meta"}, (), 0.4)
        yield Found("metadata", {"name": "headline", "value": "Mara Voss goes", "evidence": "json-ld"}, (), 0.9)


# What the machine says


def test_nothing_stands_in_a_document_that_waits():
    assert effective(submitted().snapshot) == []


def test_what_nobody_decided_on_stands_as_the_machine_has_it():
    assert [
        (item.found.data["name"], item.verdict, item.stands) for item in effective_of(processed("Mara left"), "person")
    ] == [("Mara", None, True)]


def test_findings_come_in_the_order_of_reading():
    places = [item.found.spans[0].start for item in effective(processed().snapshot) if item.found.spans]
    assert places == sorted(places)


# What holds when the machine changes its mind


def test_newer_run_that_finds_the_same_keeps_the_verdict(install):
    submission = processed()
    decision = decided(submission, "reject")
    upgraded(install, submission, Lines(), NewNames())
    item = effective_of(submission, "person")[0]
    assert (item.decision, item.row.run.version) == (decision, "2")


def test_verdict_on_what_is_no_longer_found_stands_where_its_words_stand(install):
    submission = processed()
    decision = decided(submission)
    upgraded(install, submission, Lines(), OtherNames())
    items = [
        (item.found.data["name"], item.row is None, item.decision, item.orphan) for item in effective_of(submission, "person")
    ]
    assert items == [("Mara", True, decision, False), ("the council", False, None, False)]


def test_rejection_of_what_is_no_longer_found_brings_nothing_back(install):
    submission = processed()
    decided(submission, "reject")
    upgraded(install, submission, Lines(), OtherNames())
    assert [item.stands for item in effective_of(submission, "person")] == [False, True]


def test_correction_of_what_is_no_longer_found_stands_where_its_words_stand(install):
    submission = processed()
    decided(submission, "correct", correction=COUNCIL)
    upgraded(install, submission, Lines())
    assert "the council" in [item.found.data["name"] for item in effective_of(submission, "person") if item.stands]


def test_verdict_whose_words_are_gone_is_an_orphan_and_does_not_stand(install):
    submission = processed()
    decision = decided(submission)
    upgraded(install, submission, OtherLines())
    item = effective_of(submission, "person")[0]
    assert (item.decision, item.orphan, item.stands) == (decision, True, False)


def test_addition_whose_words_are_gone_is_an_orphan_and_does_not_stand(install):
    submission = processed()
    add(snapshot_id=submission.snapshot.pk, actor=actor(), kind="person", finding=COUNCIL)
    upgraded(install, submission, OtherLines())
    assert [(item.orphan, item.stands) for item in effective_of(submission, "person")] == [(True, False)]


def test_orphaned_boilerplate_takes_no_paragraph_out(install):
    submission = processed()
    decided(submission, kind="boilerplate")
    upgraded(install, submission, OtherLines())
    assert body_of(submission) == ""


def test_orphan_stands_again_when_its_words_do(install):
    submission = processed()
    decision = decided(submission)
    upgraded(install, submission, OtherLines(), Names())
    upgraded(install, submission, Lines(), Names())
    item = effective_of(submission, "person")[0]
    assert (item.decision, item.orphan) == (decision, False)


def test_decisions_outlive_a_text_that_could_not_be_read(install):
    submission = processed()
    decision = decided(submission)
    upgraded(install, submission, BrokenLines(), Names())
    assert [(item.decision, item.orphan) for item in effective(submission.snapshot)] == [(decision, True)]


def test_verdict_holds_in_a_newer_snapshot_where_the_same_is_found_in_the_same_place():
    old, new = processed(STORY, url=URL), processed(f"{STORY} More.", url=URL)
    decision = decided(old)
    assert effective_of(new, "person")[0].decision == decision


def test_verdict_does_not_hold_for_another_article():
    one, other = processed(url=URL), processed(url="https://news.example/b")
    decided(one, "reject")
    assert effective_of(other, "person")[0].decision is None


def test_no_reprocessing_changes_or_drops_a_decision(install):
    submission = processed()
    decided(submission)
    before = list(Decision.objects.values())
    upgraded(install, submission, Lines(), OtherNames())
    upgraded(install, submission, OtherLines(), Names())
    upgraded(install, submission)
    assert list(Decision.objects.values()) == before


def test_no_decision_changes_or_drops_what_the_machine_found():
    submission, by = processed(), actor()
    before = [list(model.objects.order_by("pk").values()) for model in (Job, Run)]
    decided(submission, "correct", by=by, correction=COUNCIL)
    withdraw(decision=decided(submission, "reject", by=by).uuid, actor=by)
    assert [list(model.objects.order_by("pk").values()) for model in (Job, Run)] == before


# One finding, one article


def test_finding_that_nobody_decided_on_has_no_standing_decision():
    submission = processed()
    assert standing_decision(submission.snapshot.article_id, artifacts(submission, "person")[0].digest) is None


def test_artifact_that_does_not_exist_is_an_error():
    with pytest.raises(Artifact.DoesNotExist):
        effective_artifact(4711)


def test_one_artifact_stands_as_it_does_among_all():
    submission = processed()
    decision = decided(submission, "reject")
    item, snapshot = effective_artifact(artifacts(submission, "person")[0].pk)
    assert (item.decision, item.stands, snapshot) == (decision, False, submission.snapshot)


def test_paragraph_that_was_given_back_says_so_by_itself_too():
    submission = processed()
    decided(submission, "reject", kind="boilerplate")
    assert effective_artifact(artifacts(submission, "paragraph")[1].pk)[0].found.data["role"] == "body"


def test_artifact_of_a_former_run_is_shown_with_its_decision(install):
    submission = processed()
    former = artifacts(submission, "person")[0]
    decision = decided(submission)
    upgraded(install, submission, Lines(), OtherNames())
    item, _ = effective_artifact(former.pk)
    assert (item.row, item.decision) == (former, decision)


def test_history_has_all_that_was_decided_newest_first():
    submission, by = processed(), actor()
    first = decided(submission, by=by)
    last = withdraw(decision=first.uuid, actor=by)
    assert list(history(submission.snapshot.article_id)) == [last, first]


# As a reader gets it


def test_reader_of_a_document_that_waits_gets_neither_text_nor_title():
    read = reading(submitted().snapshot)
    assert (read.title, read.text, read.body, read.items) == (None, None, None, [])


def test_reader_gets_the_text_and_the_body_of_it():
    read = reading(processed().snapshot)
    assert (read.title, read.text, read.body) == ("Mara Voss resigns", STORY, BODY)


def test_reader_gets_the_headline_of_which_the_machine_is_surest(install):
    install(Headlined())
    assert reading(processed().snapshot).title == "Mara Voss goes"


def test_reader_does_not_get_a_headline_that_was_rejected(install):
    install(Headlined())
    submission = processed()
    decide(artifact_id=artifacts(submission, "metadata")[1].pk, actor=actor(), verdict="reject")
    assert reading(submission.snapshot).title == "Voss goes"


# Which snapshot a reader gets


def test_article_that_does_not_exist_has_no_snapshot():
    assert newest_snapshot(4711) is None


def test_first_snapshot_is_read_before_it_was_processed():
    snapshot = submitted().snapshot
    assert newest_snapshot(snapshot.article_id) == snapshot


def test_former_snapshot_is_read_until_the_newest_was_processed():
    old = processed("Old.", url=URL).snapshot
    submitted("New.", url=URL)
    assert newest_snapshot(old.article_id) == old


@pytest.mark.parametrize("state", Job.TERMINAL)
def test_newest_snapshot_is_read_once_it_was_processed_however_that_ended(state):
    _, new = processed("Old.", url=URL), processed("New.", url=URL).snapshot
    Job.objects.filter(snapshot=new).update(state=state)
    assert newest_snapshot(new.article_id) == new


def test_newest_snapshot_is_read_while_it_is_processed_again():
    _, new = processed("Old.", url=URL), processed("New.", url=URL).snapshot
    reprocess(snapshot_ids=[new.pk], actor=Actor.operator())
    assert newest_snapshot(new.article_id) == new


def test_snapshot_without_a_result_is_not_read_while_a_former_has_one(install):
    old, new = submitted("Old.", url=URL), submitted("New.", url=URL)
    process([old.job.pk])
    assert newest_snapshot(new.snapshot.article_id) == Snapshot.objects.get(pk=old.snapshot.pk)
