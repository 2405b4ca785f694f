"""Documents that a reader reads: received as they came, read as the first step, and never read twice."""

import pytest
from django.core.exceptions import ValidationError

from newsdesk.api.convert import to_snapshot
from newsdesk.corpus.services import receive
from newsdesk.export.convert import to_record
from newsdesk.host import checks, registry
from newsdesk.processing.artifacts import MAX_PLACES, Artifact, artifact
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.queries import current_runs, text_of
from newsdesk.processing.selection import Selection, forecast
from newsdesk.processing.services import reprocess_many
from newsdesk.review.queries import effective, pending, reading
from tests.apps.factories import (
    CARDS,
    BrokenCards,
    Cards,
    Lines,
    Names,
    NewCards,
    actor,
    crash,
    names,
    processed,
    processed_again,
    quarantined,
    submitted,
)

pytestmark = pytest.mark.django_db
TEXT = "Mara Voss left."
CARD = f"CARDS:{TEXT[::-1]}"


@pytest.fixture(autouse=True)
def _installed(install):
    install(Lines(), Names(), Cards())


def outcomes(submission):
    return {run.processor: run.outcome for run in current_runs(submission.snapshot.pk)}


def refusal(content, **document):
    with pytest.raises(ValidationError) as refused:
        receive(content=content, actor=actor(), **document)
    return refused.value.message_dict["content"]


# At the door


def test_media_type_that_nobody_reads_is_refused_with_those_that_are_read():
    known = f"application/xhtml+xml, text/html, text/plain, {CARDS}"
    assert refusal(b"words", media_type="image/png") == [f"the document is declared as image/png; Newsdesk reads {known}"]


@pytest.mark.parametrize("content", [b"", b" \n"])
def test_empty_document_is_refused_whatever_it_is_declared_as(content):
    assert refusal(content, media_type=CARDS) == ["the document is empty; send a document that has text"]


def test_document_that_is_too_large_is_refused_whatever_reads_it():
    assert "the limit is 20,971,520" in refusal(b"CARDS:" + b"a" * 20 * 1024 * 1024)[0]


def test_without_its_reader_it_is_what_its_bytes_are(install):
    install(Lines())
    assert submitted(CARD).snapshot.media_type == "text/plain"


@pytest.mark.parametrize("declared", [{}, {"media_type": CARDS}])
def test_bytes_are_stored_as_they_came(declared):
    snapshot = submitted(CARD, **declared).snapshot
    assert (snapshot.content.data, snapshot.media_type, snapshot.encoding, snapshot.warnings) == (CARD.encode(), CARDS, "", {})


def test_declared_media_type_is_believed():
    assert submitted(CARD, media_type="text/plain").snapshot.media_type == "text/plain"


def test_same_bytes_twice_are_one_snapshot():
    assert submitted(CARD).snapshot == submitted(CARD).snapshot


# The first step


def test_processors_find_what_stands_in_the_document_that_was_read():
    submission = processed(CARD)
    assert (outcomes(submission), text_of(submission.snapshot.pk), names(submission)) == (
        {"cards": "done", "lines": "done", "names": "done"},
        TEXT,
        ["Mara", "Voss"],
    )


def test_what_a_reader_read_is_no_finding():
    submission = processed(CARD)
    assert {each.found.kind for each in effective(submission.snapshot)} == {"text", "paragraph", "person"}


def test_what_a_reader_read_has_no_number():
    run = current_runs(processed(CARD).snapshot.pk).get(processor="cards")
    with pytest.raises(Artifact.DoesNotExist):
        artifact(run.pk * MAX_PLACES)


def test_what_a_reader_read_waits_for_no_editor():
    submission = processed(CARD)
    assert pending().get(pk=submission.snapshot.article_id).open == len(names(submission))


def test_reader_that_raises_fails_the_document_under_its_own_name(install):
    install(Lines(), Names(), BrokenCards())
    submission = processed(CARD)
    run = current_runs(submission.snapshot.pk).get(processor="cards")
    assert (submission.job.state, run.error, outcomes(submission)["names"]) == (
        Job.State.FAILED,
        "ValueError: the card is torn",
        "blocked",
    )


def test_reader_that_crashes_each_time_puts_the_document_into_quarantine():
    assert quarantined(crash, CARD).job.crashed_in == "cards"


def test_other_documents_never_meet_the_reader():
    assert "cards" not in outcomes(processed("Mara Voss left."))


def test_export_says_what_came_in():
    submission = processed(CARD)
    record = to_record(submission.snapshot)
    assert (record.document["media_type"], record.document["sha256"], record.text) == (
        CARDS,
        submission.snapshot.content_id,
        TEXT,
    )


def test_api_tells_of_the_readers_run():
    snapshot = processed(CARD).snapshot
    assert [each.processor for each in to_snapshot(snapshot, current_runs(snapshot.pk)).runs] == ["cards", "lines", "names"]


def test_every_invariant_holds():
    processed(CARD)
    assert list(breaches()) == []


# Again


def test_document_that_was_read_is_not_read_again(install):
    submission = processed(CARD)
    before = list(Run.objects.values_list("pk", flat=True))
    install(Lines(), Names(letters=3), Cards())
    processed_again(submission)
    fresh = Run.objects.exclude(pk__in=before)
    assert [run.processor for run in fresh] == ["names"]


def test_newer_reader_makes_documents_due_and_keeps_what_follows_from_the_same_text(install):
    submission = processed(CARD)
    before, runs = registry.plan().digest, list(Run.objects.values_list("pk", flat=True))
    install(Lines(), Names(), NewCards())
    processed_again(submission)
    fresh = [(run.processor, run.version) for run in Run.objects.exclude(pk__in=runs)]
    assert (registry.plan().digest != before, fresh) == (True, [("cards", "2")])


def test_reader_can_be_asked_to_read_afresh():
    processed(CARD)
    assert forecast(Selection(processor="cards")).calls == {"cards": 1, "lines": 1, "names": 1}


def test_reading_afresh_chooses_only_what_it_reads():
    processed(CARD)
    processed("Mara Voss left.")
    assert reprocess_many(selection=Selection(processor="cards"), actor=actor("plugin admin")).jobs == 1


def test_what_was_found_stays_when_the_reader_is_gone(install):
    submission = processed(CARD)
    install(Lines(), Names())
    processed_again(submission)
    assert (text_of(submission.snapshot.pk), names(submission)) == (TEXT, ["Mara", "Voss"])


def test_limits_of_a_reader_are_no_misspelt_name(settings):
    settings.NEWSDESK = {**settings.NEWSDESK, "processor_limits": {"cards": settings.NEWSDESK["plugin_limits"]}}
    assert checks.check_plugins() == []


def test_title_is_that_of_what_was_read():
    assert reading(processed(CARD).snapshot).title == TEXT


def test_address_that_a_reader_knows_changes_no_article():
    assert processed(CARD).snapshot.article.url is None
