"""Decisions outlive new texts and new versions."""

import pytest

from newsdesk.processing.queries import text_of
from newsdesk.review.models import Decision
from newsdesk.review.queries import open_counts, pending
from newsdesk.review.services import add, decide, withdraw
from tests.apps.factories import (
    Lines,
    Names,
    NewLines,
    Quotes,
    ShorterQuotes,
    actor,
    artifacts,
    body_of,
    effective_of,
    processed,
    processed_again,
    updated,
)
from tests.apps.review.edits import article, doubled, thinned

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"
STORY = (
    "The council met on Monday to talk about the harbour.\n"
    "“We will paint the cranes,” said Odela Marn.\n"
    "Advertisement\n"
    "“Nobody asked what it costs,” said Tevin Roske.\n"
    "“No comment,” said Sorel Pahl."
)


class SilentQuotes(Quotes):
    """A version that finds none."""

    version = "3"

    def process(self, document):
        return ()


@pytest.fixture(autouse=True)
def quotes(install):
    install(Lines(), Quotes())


def story(content=STORY):
    return processed(content, url=URL)


def decided(submission, *verdicts, kind="quote", by=None):
    by = by or actor()
    return [
        decide(artifact_id=row.pk, actor=by, verdict=verdict)
        for row, verdict in zip(artifacts(submission, kind), verdicts, strict=False)
    ]


def stand(submission, kind="quote"):
    return [
        (item.found.data["quotation"], item.verdict, str(item.outcome.status) if item.outcome else None)
        for item in effective_of(submission, kind)
    ]


def statuses(submission, kind="quote"):
    return [str(item.outcome.status) if item.outcome else None for item in effective_of(submission, kind)]


# Another text


def test_update_on_top_carries_every_decision():
    submission = story()
    decided(submission, "accept", "reject", "accept")
    assert stand(updated(submission, f"Update, 14:20: the mayor answers.\n{STORY}")) == [
        ("We will paint the cranes,", "accept", "carried"),
        ("Nobody asked what it costs,", "reject", "suppressed"),
        ("No comment,", "accept", "carried"),
    ]


def test_update_on_top_leaves_a_decided_article_decided():
    submission = story()
    decided(submission, "accept", "reject", "accept")
    decided(submission, "accept", kind="boilerplate", by=actor("editor", username="other"))
    newer = updated(submission, f"Update, 14:20: the mayor answers.\n{STORY}")
    assert (list(pending()), open_counts([newer.snapshot.pk])) == ([], {})


def test_block_that_was_given_back_stays_in_the_body():
    submission = story()
    decided(submission, "reject", kind="boilerplate")
    assert "Advertisement" in body_of(updated(submission, f"Update, 14:20.\n{STORY}"))


def test_new_quote_is_open_beside_those_that_are_carried():
    submission = story()
    decided(submission, "accept", "reject", "accept")
    newer = updated(submission, f"“At last,” said Dag Verlo.\n{STORY}")
    assert (statuses(newer), open_counts([newer.snapshot.pk])) == (
        [None, "carried", "suppressed", "carried"],
        {newer.snapshot.pk: 2},
    )


def test_words_that_changed_a_little_are_carried_as_they_stand_now():
    submission = story(STORY.replace("Nobody asked", "Nobody aksed"))
    decided(submission, "accept", "accept", "accept")
    item = effective_of(updated(submission, STORY), "quote")[1]
    assert (item.found.data["quotation"], item.stands, item.outcome.moved) == ("Nobody asked what it costs,", True, True)


def test_quote_whose_paragraph_is_gone_is_an_orphan_and_leaves_nothing_behind():
    submission = story()
    decided(submission, "accept", "accept", "accept")
    newer = updated(submission, STORY.replace("“Nobody asked what it costs,” said Tevin Roske.\n", ""))
    assert [item.stands for item in effective_of(newer, "quote")] == [True, False, True]
    assert sorted(statuses(newer)) == ["carried", "carried", "orphan"]


def test_orphan_that_comes_back_is_carried():
    submission = story()
    decided(submission, "accept", "accept", "accept")
    gone = updated(submission, "The council met.")
    assert (statuses(gone), statuses(updated(gone, f"{STORY}\nThe end."))) == (["orphan"] * 3, ["carried"] * 3)


def test_look_alike_of_a_rejected_quote_that_was_deleted_is_proposed():
    lines = [f"“District {number} gets a new roof in May,” said Odela Marn." for number in (4, 5)]
    submission = story("\n".join(lines))
    decided(submission, "reject")
    item = next(item for item in effective_of(updated(submission, lines[1]), "quote") if item.row)
    assert (item.verdict, item.stands) == (None, True)


def test_every_fifth_paragraph_deleted_loses_those_alone():
    long = article(40)
    submission = story(long.text)
    decided(submission, *["accept"] * 40)
    newer = updated(submission, thinned(long.text, 5).text)
    assert (statuses(newer).count("carried"), statuses(newer).count("orphan"), None in statuses(newer)) == (32, 8, False)


def test_text_that_stands_twice_has_every_decision_asked_about_and_every_finding_open():
    long = article(4)
    submission = story(long.text)
    decided(submission, *["accept"] * 4)
    newer = updated(submission, doubled(long.text).text)
    assert (statuses(newer).count("ambiguous"), statuses(newer).count(None)) == (4, 8)


def test_added_quote_is_carried_with_its_words():
    submission = story()
    start = STORY.index("talk about")
    finding = {
        "data": {"type": "indirect", "quotation": "talk about the harbour", "speaker": None},
        "spans": [{"start": start, "end": start + 22, "role": "content"}],
    }
    add(snapshot_id=submission.snapshot.pk, actor=actor(), kind="quote", finding=finding)
    item = effective_of(updated(submission, f"Update.\n{STORY}"), "quote")[0]
    assert (item.found.spans[0].start, item.verdict, str(item.outcome.status)) == (start + 8, "add", "kept")


def test_decisions_of_a_snapshot_hold_for_the_next_but_one():
    submission = story()
    decided(submission, "accept", "reject", "accept")
    between = updated(submission, "Something else altogether.")
    assert statuses(updated(between, f"Update.\n{STORY}")) == ["carried", "suppressed", "carried"]


def test_quote_is_placed_with_its_speaker():
    submission = story()
    decided(submission, "accept")
    newer = updated(submission, f"Odela Marn spoke. {STORY}")
    text = text_of(newer.snapshot.pk)
    assert [span.of(text) for span in effective_of(newer, "quote")[0].found.spans] == [
        "We will paint the cranes,",
        "Odela Marn",
    ]


# Another version


def test_version_that_reads_another_text_out_of_the_same_bytes_carries(install):
    submission = processed("Mara Voss left the council. Mara Voss had led it for years.")
    install(Lines(), Names())
    processed_again(submission)
    decided(submission, "accept", "reject", "reject", "accept", kind="person")
    install(NewLines(), Names())
    processed_again(submission)
    assert [item.verdict for item in effective_of(submission, "person") if item.row][1:] == [
        "accept",
        "reject",
        "reject",
        "accept",
    ]


def test_version_that_finds_other_spans_and_speakers_is_asked_about(install):
    submission = story()
    decided(submission, "accept", "reject")
    install(Lines(), ShorterQuotes())
    processed_again(submission)
    assert stand(submission) == [
        ("We will paint the cranes,", "accept", "changed"),
        ("Nobody asked what it costs", "reject", "suppressed"),
        ("No comment", None, None),
    ]


def test_version_that_finds_nothing_leaves_what_editors_said(install):
    submission = story()
    decided(submission, "accept", "reject")
    install(Lines(), SilentQuotes())
    processed_again(submission)
    assert stand(submission)[:2] == [
        ("We will paint the cranes,", "accept", "kept"),
        ("Nobody asked what it costs,", "reject", "kept"),
    ]


# Decisions on what was carried


def test_decision_on_what_was_carried_follows_the_earlier_one():
    submission = story()
    first = decided(submission, "accept")[0]
    newer = updated(submission, f"Update.\n{STORY}")
    second = decided(newer, "reject", by=actor(username="other"))[0]
    assert (second.key, stand(newer)[0]) == (first.key, ("We will paint the cranes,", "reject", "suppressed"))


def test_decision_on_what_was_carried_that_is_taken_back_leaves_the_earlier_one():
    submission, by = story(), actor()
    decided(submission, "accept", by=by)
    newer = updated(submission, f"Update.\n{STORY}")
    withdraw(decision=decided(newer, "reject", by=by)[0].uuid, actor=by)
    assert stand(newer)[0] == ("We will paint the cranes,", "accept", "carried")


def test_decision_on_the_former_text_holds_for_the_new_one():
    submission = story()
    former = artifacts(submission, "quote")
    newer = updated(submission, f"Update.\n{STORY}")
    decide(artifact_id=former[0].pk, actor=actor(), verdict="accept")
    assert statuses(newer) == ["carried", None, None]


def test_decision_that_does_not_say_its_text_is_carried_all_the_same():
    submission = story()
    decided(submission, "accept", "reject", "accept")
    Decision.objects.update(text="")
    assert statuses(updated(submission, f"Update.\n{STORY}")) == ["carried", "suppressed", "carried"]


def test_decision_whose_text_is_nowhere_is_carried_by_what_was_kept_with_it():
    submission = story()
    decided(submission, "accept")
    Decision.objects.update(text="0" * 64)
    item = effective_of(updated(submission, f"Update.\n{STORY}"), "quote")[0]
    assert (str(item.outcome.status), item.outcome.moved) == ("carried", True)


def test_correction_whose_text_is_nowhere_is_not_taken_for_what_the_machine_had_said():
    submission = story()
    row = artifacts(submission, "quote")[2]
    start, source = STORY.index("comment"), STORY.index("Sorel")
    correction = {
        "data": {"type": "direct", "quotation": "comment", "speaker": None},
        "spans": [
            {"start": start, "end": start + 7, "role": "content"},
            {"start": source, "end": source + 10, "role": "source"},
        ],
    }
    decide(artifact_id=row.pk, actor=actor(), verdict="correct", correction=correction)
    Decision.objects.update(text="0" * 64)
    items = effective_of(updated(submission, f"Update.\n{STORY}"), "quote")
    assert [(item.found.data["quotation"], item.verdict) for item in items][2:] == [
        ("No comment,", None),
        ("comment", "correct"),
    ]
