import hashlib

import pytest

from newsdesk.access.policy import Actor
from newsdesk.export.queries import records
from newsdesk.host.services import enable
from newsdesk.processing.models import Job
from newsdesk.processing.services import process, rearm_outdated, reprocess
from newsdesk.review.services import add, decide
from tests.apps.factories import (
    BODY,
    STORY,
    BrokenNames,
    Lines,
    NewNames,
    OtherLines,
    Quotes,
    ShorterQuotes,
    actor,
    artifacts,
    processed,
    processed_again,
    submitted,
)

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"
COUNCIL = {"data": {"name": "the council"}, "spans": [{"start": 47, "end": 58, "role": "mention"}]}


def record(**options):
    return next(iter(records(**options)))


def decided(submission, verdict="accept", *, number=0, kind="person", **rest):
    return decide(artifact_id=artifacts(submission, kind)[number].pk, actor=actor(), verdict=verdict, **rest)


def findings(kind="person", **options):
    return [each for each in record(**options).findings if each.artifact.kind == kind]


def texts():
    return [each.text for each in records()]


def test_nothing_leaves_where_there_is_nothing():
    assert texts() == []


def test_document_that_waits_does_not_leave():
    submitted()
    assert texts() == []


def test_document_in_quarantine_does_not_leave():
    submitted()
    Job.objects.update(state=Job.State.QUARANTINED)
    assert texts() == []


def test_document_that_workers_died_with_does_not_leave_when_it_is_released():
    processed()
    Job.objects.update(state=Job.State.QUEUED, lost=5)
    assert texts() == []


def test_document_that_crashed_once_does_not_leave_with_half_a_result():
    processed()
    Job.objects.update(state=Job.State.QUEUED, crashes=1)
    assert texts() == []


def test_articles_leave_oldest_first_each_in_its_newest_processed_snapshot():
    old = processed("Old.", url=URL)
    processed("Other."), processed("New.", url=URL), submitted("Newest.", url=URL)
    assert (texts(), record().document["article"]) == (["New.", "Other."], old.snapshot.article_id)


def test_article_leaves_as_it_is_while_it_is_processed_again(install):
    processed("Old.", url=URL), processed("New.", url=URL)
    install(Lines(), NewNames())
    rearm_outdated(10)
    process([Job.objects.earliest("pk").pk])
    assert texts() == ["New."]


def test_article_that_waits_for_another_processing_is_not_left_out():
    submission = processed()
    reprocess(snapshot_ids=[submission.snapshot.pk], actor=Actor.operator())
    assert texts() == [STORY]


def test_document_says_which_it_is_and_where_it_came_from():
    submission = processed(url=URL, name="story.txt", source="wire")
    assert record().document == {
        "name": "story.txt",
        "media_type": "text/plain",
        "sha256": hashlib.sha256(STORY.encode()).hexdigest(),
        "url": URL,
        "encoding": "utf-8",
        "warnings": {},
        "article": submission.snapshot.article_id,
        "snapshot": submission.snapshot.pk,
        "source": "wire",
        "received_at": submission.snapshot.received_at.isoformat(),
    }


def test_document_without_an_address_says_so():
    submission = processed()
    assert (record().document["url"], record().document["name"]) == (None, submission.snapshot.article.address)


def test_record_has_text_body_and_runs():
    processed()
    runs = [(run["processor"], run["version"], run["outcome"], run["error"]) for run in record().runs]
    assert (record().text, record().body, runs) == (STORY, BODY, [("lines", "1", "done", None), ("names", "1", "done", None)])


def test_text_is_not_among_the_findings():
    processed()
    assert findings("text") == []


def test_finding_that_nobody_decided_on_leaves_without_a_verdict():
    processed("Mara left.")
    assert findings()[0].to_plain() == {
        "kind": "person",
        "data": {"name": "Mara"},
        "confidence": None,
        "spans": [{"start": 0, "end": 4, "role": "mention"}],
        "processor": "names",
        "version": "1",
    }


def test_rejected_finding_does_not_leave():
    decided(processed(), "reject")
    assert [each.artifact.data["name"] for each in findings()] == ["Voss", "Mara", "Voss"]


def test_accepted_finding_leaves_with_verdict_editor_and_time():
    decision = decided(processed())
    found = findings()[0]
    assert (found.verdict, found.decided_by, found.decided_at) == ("accept", "editor", decision.decided_at.isoformat())


def test_corrected_finding_leaves_as_the_editor_has_it_under_the_processors_name():
    decided(processed(), "correct", correction=COUNCIL)
    found = findings()[-1]
    assert (found.artifact.data["name"], found.verdict, found.processor) == ("the council", "correct", "names")


def test_added_finding_leaves_as_the_editors():
    add(snapshot_id=processed().snapshot.pk, actor=actor(), kind="person", finding=COUNCIL)
    found = findings()[-1]
    assert (found.artifact.data["name"], found.verdict, found.processor, found.version) == ("the council", "add", "editor", "")


def test_orphan_does_not_leave(install):
    submission = processed()
    decided(submission)
    install(OtherLines())
    processed_again(submission)
    assert findings() == []


def test_finding_that_a_newer_version_finds_otherwise_leaves_as_decided_and_flagged(install):
    install(Lines(), Quotes())
    submission = processed("“We will paint the cranes,” said Odela Marn.")
    decided(submission, kind="quote")
    install(Lines(), ShorterQuotes())
    processed_again(submission)
    plain = findings("quote")[0].to_plain()
    assert (plain["data"]["quotation"], plain["needs_look"]) == ("We will paint the cranes,", True)


def test_rejected_boilerplate_is_in_the_body_that_leaves():
    decided(processed(), "reject", kind="boilerplate")
    assert record().body == STORY.replace("\n", "\n\n")


def test_reviewed_only_leaves_out_what_nobody_decided_on():
    decided(processed())
    assert [each.artifact.data["name"] for each in findings(reviewed_only=True)] == ["Mara"]


def test_reviewed_only_leaves_out_what_was_rejected():
    decided(processed(), "reject")
    assert findings(reviewed_only=True) == []


def test_reviewed_only_has_text_and_body_all_the_same():
    processed()
    assert (record(reviewed_only=True).text, record(reviewed_only=True).body) == (STORY, BODY)


def test_run_that_failed_leaves_with_its_reason(install):
    install(Lines(), BrokenNames())
    processed()
    assert record().runs[-1]["error"] == "ValueError: cannot count to three"


def test_document_without_a_text_leaves_with_an_empty_one():
    enable(processor="lines", enabled=False, actor=Actor.operator())
    processed()
    assert (record().text, record().body, record().findings) == ("", "", ())


def test_every_span_that_leaves_lies_in_the_text_that_leaves():
    processed()
    assert [each.artifact.spans[0].of(record().text) for each in findings()] == ["Mara", "Voss", "Mara", "Voss"]
