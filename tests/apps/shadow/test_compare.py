import pytest
from django.db import connection

from newsdesk.pipeline.run import call_here
from newsdesk.pipeline.runner import ProcessorCrashed
from newsdesk.processing.integrity import breaches
from newsdesk.review import services as review
from newsdesk.review.models import Decision
from newsdesk.shadow.report import ENOUGH
from newsdesk.shadow.services import compare
from newsdesk.shadow.tally import MAX_ITEMS
from tests.apps.factories import BrokenNames, Lines, Names, NewLines, NewNames, OtherNames, actor, artifacts, processed
from tests.apps.shadow.stage import OPERATOR, compared, decided

pytestmark = pytest.mark.django_db

NOTHING = {"before": 0, "after": 0, "unchanged": 0, "changed": 0, "gone": 0, "added": 0}


def rows():
    """How many rows each table has."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def findings(report, kind="person"):
    return {change: count for change, count in report["findings"].get(kind, NOTHING).items() if count}


def agreement(report):
    everything = report["agreement"]["all"]
    return everything["decided"], everything["before"]["right"], everything["after"]["right"]


def items(report):
    return [
        (each["change"], *((each[side] or {"data": {"name": None}})["data"]["name"] for side in ("before", "after")))
        for each in report["items"]["items"]
    ]


# Nothing is stored


def test_nothing_is_written_and_everything_still_holds():
    decided(processed("Mara Voss left."), "accept", "Mara")
    before = rows()
    compared(options={"letters": 3})
    assert (rows(), list(breaches())) == (before, [])


# The difference


def test_empty_archive_gives_an_empty_report():
    report = compared()
    assert (report["articles"]["chosen"], report["findings"], agreement(report)) == (0, {}, (0, 0, 0))


def test_same_version_and_options_change_nothing():
    processed("Mara Voss left.")
    assert findings(compared()) == {"before": 2, "after": 2, "unchanged": 2}


def test_other_option_says_what_goes_and_comes():
    processed("Mara and Per left.")
    report = compared(options={"letters": 3})
    assert (findings(report), items(report)) == (
        {"before": 1, "after": 1, "gone": 1, "added": 1},
        [("gone", "Mara", None), ("added", None, "Per")],
    )


def test_new_version_that_finds_the_same_changes_nothing(install):
    processed("Mara left.")
    install(Lines(), NewNames())
    report = compared()
    versions = {side: report["processors"]["names"][side]["versions"] for side in ("before", "after")}
    assert (findings(report), versions) == (
        {"before": 1, "after": 1, "unchanged": 1},
        {"before": {"1": 1}, "after": {"2": 1}},
    )


def test_item_leads_to_the_article_and_shows_the_words_of_each_side(install):
    submission = processed("Mara left the council.")
    install(Lines(), OtherNames())
    item = compared()["items"]["items"][1]
    assert (item["article"], item["title"], item["before"], item["after"]["words"]) == (
        submission.snapshot.article_id,
        "Mara left the council.",
        None,
        "the council",
    )


def test_findings_that_move_with_a_new_text_are_unchanged(install):
    processed("Voted today.\nMara left.")
    install(NewLines(), Names())
    report = compared(processor="lines")
    assert (findings(report), findings(report, "text"), report["candidate"]["compared"]) == (
        {"before": 1, "after": 2, "unchanged": 1, "added": 1},
        {"before": 1, "after": 1, "changed": 1},
        ["lines", "names"],
    )


def test_changed_text_is_shown_where_it_begins_to_differ(install):
    processed("Mara left.")
    install(NewLines(), Names())
    item = next(each for each in compared(processor="lines")["items"]["items"] if each["kind"] == "text")
    assert (item["before"]["words"], item["after"]["words"]) == ("Mara left.", "Text: Mara left.")


def test_counts_are_of_everything_and_items_are_the_first_few():
    count = MAX_ITEMS + 7
    processed("Mara left. " * count)
    report = compared(options={"letters": 3})
    assert (findings(report)["gone"], len(report["items"]["items"]), report["items"]["left_out"]) == (count, MAX_ITEMS, 7)


# Failures


def test_candidate_that_fails_is_counted_by_cause_and_the_rest_goes_on(install):
    class Particular(Names):
        version = "4"

        def process(self, document):
            assert "Voss" not in document.text, "no Voss here"
            return super().process(document)

    processed("Mara left."), processed("Voss left.")
    install(Lines(), Particular())
    report = compared()
    causes = [(each["processor"], each["cause"], each["count"]) for each in report["failures"]["causes"]]
    assert (causes, report["articles"]["compared"], findings(report)) == (
        [("names", "AssertionError", 1)],
        2,
        {"before": 1, "after": 1, "unchanged": 1},
    )


def test_document_that_takes_the_plugins_process_down_is_a_failure_like_others():
    def crashing(processor, dossier):
        if "Voss" in (dossier.text or ""):
            raise ProcessorCrashed("names crashed: SIGSEGV", "SIGSEGV")
        return call_here(processor, dossier)

    processed("Mara left."), processed("Voss left.")
    report = compared(call=crashing)
    causes = [(each["cause"], each["count"], each["reason"]) for each in report["failures"]["causes"]]
    assert (causes, findings(report)["unchanged"]) == ([("SIGSEGV", 1, "names crashed: SIGSEGV")], 1)


def test_causes_that_a_plugin_makes_up_fill_nothing(install, monkeypatch):
    monkeypatch.setattr("newsdesk.shadow.tally.MAX_FAILURES", 1)

    def raising(processor, dossier):
        raise type(f"Error{len(dossier.text or '')}", (Exception,), {})

    processed("Mara left."), processed("Mara came back.")
    failures = compared(call=raising)["failures"]
    assert (len(failures["causes"]), failures["others"]) == (1, 1)


def test_what_a_crash_does_not_find_is_neither_gone_nor_agreed_with(install):
    decided(processed("Mara left."), "reject", "Mara")
    install(Lines(), BrokenNames())
    report = compared()
    assert (report["findings"], agreement(report), report["agreement"]["unmeasured"]) == ({}, (0, 0, 0), 1)


def test_failure_that_the_candidate_mends_shows(install):
    install(Lines(), BrokenNames())
    processed("Mara left.")
    install(Lines(), Names())
    report = compared()
    outcomes = {side: report["processors"]["names"][side]["outcomes"] for side in ("before", "after")}
    assert (outcomes, findings(report)) == (
        {"before": {"failed": 1}, "after": {"done": 1}},
        {"after": 1, "added": 1},
    )


# Agreement with editors


def test_undecided_findings_measure_nothing():
    processed("Mara left.")
    assert agreement(compared()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("verdict", "letters", "right"),
    [("accept", 4, (1, 1, 1)), ("accept", 3, (1, 1, 0)), ("reject", 4, (1, 0, 0)), ("reject", 3, (1, 0, 1))],
    ids=["accepted, found", "accepted, gone", "rejected, found", "rejected, gone"],
)
def test_candidate_agrees_where_accepted_findings_are_found_and_rejected_ones_are_not(verdict, letters, right):
    decided(processed("Mara and Per left."), verdict, "Mara")
    assert agreement(compared(options={"letters": letters})) == right


def test_corrected_finding_is_right_as_the_editor_has_it():
    correction = {"data": {"name": "Per"}, "spans": [{"start": 9, "end": 12, "role": "mention"}]}
    decided(processed("Mara and Per left."), "correct", "Mara", correction=correction)
    assert agreement(compared(options={"letters": 3})) == (1, 0, 1)


def test_added_finding_is_right_where_the_candidate_finds_it():
    submission = processed("Mara and Per left.")
    finding = {"data": {"name": "Per"}, "spans": [{"start": 9, "end": 12, "role": "mention"}]}
    review.add(snapshot_id=submission.snapshot.pk, actor=actor(), kind="person", finding=finding)
    assert agreement(compared(options={"letters": 3})) == (1, 0, 1)


def test_decision_that_was_taken_back_measures_nothing():
    decision = decided(processed("Mara left."), "accept", "Mara")
    review.withdraw(decision=decision.uuid, actor=actor("chief editor"))
    assert agreement(compared()) == (0, 0, 0)


def test_verdict_that_says_nothing_of_what_should_be_found_measures_nothing():
    decision = decided(processed("Mara left."), "accept", "Mara")
    Decision.objects.filter(pk=decision.pk).update(verdict="keep")
    report = compared()
    assert (agreement(report), report["agreement"]["unmeasured"]) == ((0, 0, 0), 1)


def test_decision_whose_words_no_longer_stand_in_the_article_measures_nothing():
    decided(processed("Mara left.", url="https://news.example/a"), "accept", "Mara")
    processed("Voss came.", url="https://news.example/a")
    report = compared()
    assert (agreement(report), report["agreement"]["unmeasured"]) == ((0, 0, 0), 1)


def test_accepted_finding_that_moves_with_a_new_text_is_still_right(install):
    decided(processed("Voted today.\nMara left."), "accept", "Mara")
    install(NewLines(), Names())
    assert agreement(compared(processor="lines")) == (1, 1, 1)


def test_decisions_on_what_the_candidate_does_not_give_measure_nothing():
    submission = processed("Mara left.\nAdvertisement")
    (row,) = artifacts(submission, "boilerplate")
    review.decide(artifact_id=row.pk, actor=actor(), verdict="accept")
    assert (agreement(compared()), agreement(compared(processor="lines"))) == ((0, 0, 0), (1, 1, 1))


def test_decision_that_a_side_newly_misses_is_shown_with_the_verdict():
    decided(processed("Mara left."), "accept", "Mara")
    turned = compared(options={"letters": 3})["turned"]["items"]
    assert [(each["turn"], each["verdict"], each["finding"]["words"]) for each in turned] == [("lost", "accept", "Mara")]


def test_gone_finding_says_what_was_decided_on_it():
    decided(processed("Mara left."), "accept", "Mara")
    assert compared(options={"letters": 3})["items"]["items"][0]["verdict"] == "accept"


def test_few_decisions_give_counts_but_no_share():
    decided(processed("Mara left."), "accept", "Mara")
    everything = compared()["agreement"]["all"]
    assert (everything["enough"], everything["after"]) == (False, {"right": 1, "share": None, "low": None, "high": None})


def test_enough_decisions_give_a_share_with_its_interval():
    submission = processed("Mara left. " * ENOUGH)
    editor = actor()
    for row in artifacts(submission, "person"):
        review.decide(artifact_id=row.pk, actor=editor, verdict="accept")
    everything = compared(options={"letters": 3})["agreement"]["all"]
    assert [everything[side] for side in ("before", "after")] == [
        {"right": 50, "share": 1.0, "low": 0.9287, "high": 1.0},
        {"right": 0, "share": 0.0, "low": 0.0, "high": 0.0713},
    ]


# Cost


@pytest.mark.parametrize("count", [2, 9])
def test_article_costs_one_query_for_its_decisions_and_its_share_of_a_batch(count, django_assert_num_queries):
    for number in range(count):
        processed(f"Mara said {number}.")
    with django_assert_num_queries(11 + count):
        list(compare(processor="names", actor=OPERATOR, call=call_here))
