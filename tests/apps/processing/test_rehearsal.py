from dataclasses import dataclass

import pytest

from newsdesk.host.services import enable, set_options
from newsdesk.pipeline.runner import ProcessorCrashed
from newsdesk.processing.integrity import breaches
from newsdesk.processing.models import Job, Run
from newsdesk.processing.rehearsal import PluginsNotStarted, candidate, rehearse
from newsdesk.sdk import Artifact as Found
from newsdesk.sdk import OptionError, PlanError
from tests.apps.factories import BrokenNames, Census, Lines, Names, NewLines, OtherNames, actor, processed

pytestmark = pytest.mark.django_db


def rehearsed(submission, processor="names", **options):
    return next(rehearse([submission.snapshot.pk], candidate(processor, options)))


def persons(side):
    return [each.data["name"] for each in side.found(["person"])]


def outcomes(side):
    return {name: str(ran.outcome) for name, ran in side.runs.items()}


def test_processor_that_is_not_installed_is_no_candidate():
    with pytest.raises(PlanError, match=r"^no processor 'gone' is installed; there are lines, names$"):
        candidate("gone", {})


def test_options_that_the_processor_does_not_take_make_no_candidate():
    with pytest.raises(OptionError, match="names has no option 'characters'; it has letters"):
        candidate("names", {"characters": 3})


def test_processor_that_finds_no_place_in_the_plan_is_no_candidate(install):
    install(Names())
    with pytest.raises(PlanError, match="names requires 'text', which nothing provides"):
        candidate("names", {})


def test_nothing_is_written():
    submission = processed()
    tables = (Job, Run)
    before = [list(each.objects.order_by("pk").values()) for each in tables]
    rehearsed(submission, letters=3)
    assert ([list(each.objects.order_by("pk").values()) for each in tables], list(breaches())) == (before, [])


def test_process_that_does_not_start_is_no_finding_about_the_document():
    def call(processor, dossier):
        raise ProcessorCrashed("the plugins' process did not start: no answer", "start")

    with pytest.raises(PluginsNotStarted, match="did not start"):
        list(rehearse([processed().snapshot.pk], candidate("names", {}), call))


def test_other_option_finds_something_else():
    sides = rehearsed(processed("Mara Voss and Per left."), letters=3)
    assert (persons(sides.before), persons(sides.after)) == (["Mara", "Voss"], ["Per"])


def test_options_lie_over_those_that_were_saved():
    set_options(processor="names", options={"letters": 3}, actor=actor("plugin admin"))
    assert candidate("names", {}).processor == Names(letters=3)


def test_new_version_finds_something_else(install):
    submission = processed()
    install(Lines(), OtherNames())
    assert persons(rehearsed(submission).after) == ["the council"]


def test_candidate_that_raises_is_a_failed_run(install):
    submission = processed()
    install(Lines(), BrokenNames())
    assert [(ran.processor, ran.cause) for ran in rehearsed(submission).after.broken] == [("names", "ValueError")]


def test_what_depends_on_the_candidate_is_compared_too(install):
    install(Lines(), Names(), Census())
    sides = rehearsed(processed("Mara Voss left."), letters=5)
    said = [side.found(["near-duplicate"])[0].data["article"] for side in (sides.before, sides.after)]
    assert said == ["2 persons", "0 persons"]


def test_what_does_not_depend_on_the_candidate_is_not_compared():
    assert list(rehearsed(processed()).after.runs) == ["names"]


def test_candidate_is_called_though_nothing_says_that_it_changed_and_what_stands_is_kept(install):
    install(Lines(), Names(), Census())
    assert outcomes(rehearsed(processed()).after) == {"names": "done", "census": "kept"}


def test_change_that_nobody_gave_a_new_version_shows(install):
    @dataclass(frozen=True)
    class Meddled(Names):
        def process(self, document):
            yield Found("person", {"name": "Nobody"}, ())

    submission = processed()
    install(Lines(), Meddled())
    assert rehearsed(submission).after.broken[0].cause == "ContractError"


def test_each_side_has_the_text_that_its_findings_stand_in(install):
    submission = processed("Mara left.")
    install(NewLines(), Names())
    sides = rehearsed(submission, "lines")
    assert (sides.before.text, sides.after.text) == ("Mara left.", "Text: Mara left.")


def test_processor_that_was_off_is_compared_as_if_it_were_on():
    enable(processor="names", enabled=False, actor=actor("plugin admin"))
    sides = rehearsed(processed("Mara left."))
    assert (outcomes(sides.before), persons(sides.after)) == ({}, ["Mara"])


@pytest.mark.parametrize("count", [1, 5])
def test_more_documents_need_no_more_queries(django_assert_num_queries, count):
    numbers = [processed(f"Mara said {number}.").snapshot.pk for number in range(count)]
    chosen = candidate("names", {"letters": 3})
    with django_assert_num_queries(3):
        assert [each.snapshot.pk for each in rehearse(numbers, chosen)] == numbers
