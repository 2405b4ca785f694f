import pytest

from newsdesk.processing.selection import Selection
from newsdesk.review.queries import articles_decided_on, decided_among, open_counts, pending
from newsdesk.review.services import decide, reconcile, withdraw
from tests.apps.factories import (
    BrokenLines,
    Lines,
    Names,
    Namesakes,
    NewNames,
    OtherNames,
    actor,
    artifacts,
    processed,
    processed_again,
    submitted,
)

pytestmark = pytest.mark.django_db

URL = "https://news.example/a"


def decided(submission, by, verdict="accept", **rest):
    reviewed = artifacts(submission, "person") + artifacts(submission, "boilerplate")
    return [decide(artifact_id=each.pk, actor=by, verdict=verdict, **rest) for each in reviewed]


def worked_again(submission):
    """Processed again, and decisions placed anew, as a worker does."""
    processed_again(submission)
    reconcile(articles_decided_on([submission.job.pk]))


def addresses():
    return list(pending().values_list("address", flat=True))


def counts(submission):
    return list(open_counts([submission.snapshot.pk, None]).values())


def test_document_that_waits_for_work_is_not_pending():
    submission = submitted()
    assert (addresses(), counts(submission)) == ([], [])


def test_document_without_findings_is_not_pending():
    submission = processed("nobody left.")
    assert (addresses(), counts(submission)) == ([], [])


def test_document_that_could_not_be_read_is_not_pending(install):
    install(BrokenLines(), Names())
    processed()
    assert addresses() == []


def test_article_with_a_finding_that_nobody_decided_on_is_pending():
    submission = processed("Mara Voss left.", url=URL)
    assert (addresses(), counts(submission)) == ([URL], [2])


def test_kinds_that_editors_do_not_review_do_not_count():
    assert counts(processed()) == [5]


def test_article_is_pending_until_the_last_finding_is_decided_on():
    submission, by = processed("Mara Voss left.", url=URL), actor()
    decide(artifact_id=artifacts(submission, "person")[0].pk, actor=by, verdict="reject")
    assert (addresses(), counts(submission)) == ([URL], [1])


@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_article_on_which_all_is_decided_is_not_pending(verdict):
    submission = processed(url=URL)
    decided(submission, actor(), verdict)
    assert (addresses(), counts(submission)) == ([], [])


def test_one_decision_is_enough_for_all_who_found_the_same(install):
    install(Lines(), Names(), Namesakes())
    submission = processed("Mara left.")
    decide(artifact_id=artifacts(submission, "person")[0].pk, actor=actor(), verdict="accept")
    assert addresses() == []


def test_withdrawn_decision_makes_the_article_pending_again():
    submission, by = processed("Mara left.", url=URL), actor()
    withdraw(decision=decided(submission, by)[0].uuid, actor=by)
    assert (addresses(), counts(submission)) == ([URL], [1])


def test_withdrawn_decision_over_another_leaves_the_article_decided():
    submission, by = processed("Mara left.", url=URL), actor()
    decided(submission, by)
    withdraw(decision=decided(submission, by, "reject")[0].uuid, actor=by)
    assert addresses() == []


def test_newer_version_that_finds_the_same_leaves_the_article_decided(install):
    submission = processed()
    decided(submission, actor())
    install(Lines(), NewNames())
    worked_again(submission)
    assert addresses() == []


def test_until_decisions_are_placed_on_what_a_newer_version_found_all_of_it_counts(install):
    submission = processed(url=URL)
    decided(submission, actor())
    install(Lines(), NewNames())
    processed_again(submission)
    assert (addresses(), counts(submission)) == ([URL], [5])


def test_newer_version_that_finds_something_else_makes_the_article_pending(install):
    submission = processed(url=URL)
    decided(submission, actor())
    install(Lines(), OtherNames())
    worked_again(submission)
    assert (addresses(), counts(submission)) == ([URL], [1])


def test_decisions_on_one_article_leave_another_pending():
    one, _ = processed("Mara left.", url=URL), processed("Mara left.", url="https://news.example/b")
    decided(one, actor())
    assert addresses() == ["https://news.example/b"]


def test_only_the_newest_snapshot_of_an_article_makes_it_pending():
    processed("Mara left.", url=URL)
    processed("Nobody left", url=URL), processed("nobody at all", url=URL)
    assert addresses() == []


def test_pending_articles_come_newest_first_each_once():
    processed("Mara Voss left.", url=URL), processed("Mara stays.", url="https://news.example/b")
    assert addresses() == ["https://news.example/b", URL]


def test_counts_of_many_snapshots_take_one_query(django_assert_num_queries):
    snapshots = [processed(words).snapshot.pk for words in ("Mara left.", "Mara Voss stays.")]
    with django_assert_num_queries(1):
        assert open_counts(snapshots) == dict(zip(snapshots, (1, 2), strict=True))


# What bulk work would touch


def test_what_nobody_decided_on_is_not_counted():
    processed()
    assert decided_among(Selection(), ["person", "boilerplate"]) == 0


def test_findings_decided_on_are_counted_by_kind():
    decided(processed(), actor())
    assert (decided_among(Selection(), ["person"]), decided_among(Selection(), ["person", "boilerplate"])) == (4, 5)


def test_finding_decided_on_twice_is_one_and_one_taken_back_is_none():
    submission, by = processed(), actor()
    first, second, *_ = artifacts(submission, "person")
    decide(artifact_id=first.pk, actor=by, verdict="accept")
    decide(artifact_id=first.pk, actor=by, verdict="reject")
    withdraw(decision=decide(artifact_id=second.pk, actor=by, verdict="accept").uuid, actor=by)
    assert decided_among(Selection(), ["person"]) == 1


def test_findings_of_articles_that_are_not_selected_do_not_count():
    decided(processed(source="tidende"), actor())
    processed("Mara.", source="elsewhere")
    assert decided_among(Selection(source="elsewhere"), ["person"]) == 0
