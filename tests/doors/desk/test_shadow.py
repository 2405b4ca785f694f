"""Shadow runs: the list, the form, and the page of a report."""

import re

import pytest

from newsdesk.shadow.models import ShadowRun
from newsdesk.shadow.tally import new_tally
from tests.apps.factories import processed
from tests.apps.shadow.stage import worked
from tests.doors.desk.shadows import HOSTILE, shadow_run, tally, waiting_run
from tests.doors.desk.stage import article, person

LIST, ADD = "/shadow/shadowrun/", "/shadow/shadowrun/add/"
ASKED = {"processor": "quotes", "options": '{"min_confidence": 0.5}', "articles": "20", "which": "newest", "source": ""}


@pytest.fixture
def chief(client, db):
    """A client that is logged in as a chief editor."""
    client.force_login(person("chief editor", "cai"))
    return client


def page(client, run, query=""):
    return client.get(f"{LIST}{run.pk}/change/{query}")


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def errors(answer):
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


# Starting one


@pytest.mark.parametrize("role", ["viewer", "editor"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_start_one_finds_no_form(client, db, role, method):
    client.force_login(person(role))
    assert (getattr(client, method)(ADD, ASKED).status_code, ShadowRun.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"options": "{"}, {"options": ['This is no JSON object, such as {"min_confidence": 0.5}.']}),
        ({"options": "[1]"}, {"options": ['This must be a JSON object, such as {"min_confidence": 0.5}.']}),
        ({"options": "[" * 19_000}, {"options": ['This is no JSON object, such as {"min_confidence": 0.5}.']}),
        ({"options": '{"x": 1}'}, {"options": ["quotes has no option 'x'; it has min_confidence"]}),
        (
            {"options": '{"min_confidence": "\\u0000"}'},
            {
                "options": [
                    "quotes: option 'min_confidence' must be number, not '\\x00'; it takes a number from 0 to 1, such as 0.0"
                ]
            },
        ),
        ({"articles": "0"}, {"articles": ["Ensure this value is greater than or equal to 1."]}),
        ({"articles": "99999999999999999999"}, {"articles": ["Ensure this value is less than or equal to 1000."]}),
        ({"source": "gone"}, {"source": ["there is no source 'gone'; leave it out for all of them"]}),
        ({"source": "\x00"}, {"source": ["Null characters are not allowed."]}),
        ({"processor": "gone"}, {"processor": ["Select a valid choice. gone is not one of the available choices."]}),
        ({"which": "best"}, {"which": ["Select a valid choice. best is not one of the available choices."]}),
    ],
)
def test_what_cannot_be_compared_is_said_beside_the_field(chief, values, wrong):
    assert errors(chief.post(ADD, {**ASKED, **values})) == wrong
    assert not ShadowRun.objects.exists()


def test_form_leads_to_the_page_of_the_run(chief):
    answer = chief.post(ADD, ASKED)
    run = ShadowRun.objects.get()
    assert (answer["Location"], run.options, run.articles, run.created_by.username) == (
        f"{LIST}{run.pk}/change/",
        {"min_confidence": 0.5},
        20,
        "cai",
    )


def test_empty_options_compare_the_installed_version(chief):
    chief.post(ADD, {**ASKED, "options": " "})
    assert ShadowRun.objects.get().options == {}


def test_form_shows_the_present_options_to_be_changed(chief):
    form = chief.get(f"{ADD}?processor=quotes").context["form"]
    assert (form["processor"].value(), form["options"].value()) == ("quotes", '{"min_confidence": 0.0}')


@pytest.mark.parametrize("named", ["gone", "%00", "%ff"])
def test_address_that_names_no_processor_fills_in_nothing(chief, named):
    assert chief.get(f"{ADD}?processor={named}").context["form"]["options"].value() == ""


def test_plugins_page_leads_whoever_may_to_the_form(chief, viewer):
    link = f"{ADD}?processor=quotes"
    assert [link in each.get("/host/processorsetting/").text for each in (chief, viewer)] == [True, False]


# The list


def test_desk_without_shadow_runs_says_what_they_are_and_who_starts_one(chief, viewer):
    texts = [plain(each.get(LIST)) for each in (chief, viewer)]
    assert ["No shadow run yet" in text for text in texts] == [True, True]
    assert ["Start one" in texts[0], "A chief editor or a plugin admin can start one" in texts[1]] == [True, True]


def test_list_says_how_far_each_is(viewer):
    shadow_run(state="done")
    shadow_run(article(name="b"), state="running")
    assert re.findall(r'field-compared">([^<]+)<', viewer.get(LIST).text) == ["1 of 10", "1"]


@pytest.mark.parametrize("count", [1, 9])
def test_list_needs_no_more_queries_for_more_runs(viewer, django_assert_max_num_queries, count):
    row = article()
    [shadow_run(row, created_by=person(username=f"u{number}")) for number in range(count)]
    with django_assert_max_num_queries(6):
        viewer.get(LIST)


def test_list_leaves_what_was_counted_in_the_database(viewer):
    shadow_run()
    row = viewer.get(LIST).context["cl"].result_list[0]
    assert {"tally", "snapshots", "candidate"} <= row.get_deferred_fields()


# The page of a report


@pytest.mark.parametrize("number", ["4711", "x", "1_3", "99999999999999999999"])
def test_run_that_is_not_there_is_not_found(viewer, number):
    assert viewer.get(f"{LIST}{number}/change/").status_code == 404


def test_state_of_a_run_that_is_not_there_is_not_found(viewer):
    assert viewer.get(f"{LIST}4711/state/").status_code == 404


def test_reading_a_report_takes_few_queries_and_writes_nothing(viewer, django_assert_max_num_queries):
    run = shadow_run()
    before = ShadowRun.objects.values().get()
    with django_assert_max_num_queries(5):
        page(viewer, run)
    assert ShadowRun.objects.values().get() == before


def test_page_cannot_be_posted_to(chief):
    assert chief.post(f"{LIST}{shadow_run().pk}/change/").status_code == 405


def test_run_that_waits_says_so_and_how_far_it_is(viewer):
    run = waiting_run()
    assert "0 of 10 articles compared" in plain(page(viewer, run))
    assert viewer.get(f"{LIST}{run.pk}/state/").json() == {"ended": False, "done": 0, "total": 0}


def test_run_that_failed_says_why(viewer):
    assert "start it again" in plain(page(viewer, waiting_run(state="failed", reason="plugins changed; start it again")))


def test_run_over_nothing_says_what_to_do(chief):
    run = shadow_run(tally=new_tally())
    assert "No article was compared: none that was processed is among those chosen. Choose others" in plain(page(chief, run))


def test_page_says_what_is_compared(viewer):
    shown = plain(page(viewer, shadow_run()))
    assert ("min_confidence 0.0 → to 0.8" in shown, "others" in shown, "compared too: census" in shown) == (True, False, True)


def test_agreement_comes_first_with_its_interval(viewer):
    shown = plain(page(viewer, shadow_run()))
    assert "95 % now → 92 % candidate of 62 decisions are met. 95 % interval 87–98 now, 82–97 candidate." in shown
    assert "1 newly met, 3 newly missed" in shown


def test_few_decisions_give_no_share(viewer):
    run = shadow_run()
    run.tally = tally(article(name="b"), decided=10)
    run.save()
    assert "9 now → 7 candidate of 12 decisions are met: not enough decisions yet (12) to say a share." in plain(
        page(viewer, run)
    )


def test_each_kind_has_its_counts_and_a_bar_of_them(viewer):
    findings = page(viewer, shadow_run()).context["findings"]
    assert [(each["kind"], each["before"], each["after"]) for each in findings] == [("metadata", 4, 4), ("quote", 4, 4)]
    assert [(part["x"], part["width"]) for part in findings[1]["bar"]] == [
        ("0.00", "40.00"),
        ("40.00", "20.00"),
        ("60.00", "20.00"),
        ("80.00", "20.00"),
    ]


def test_failures_are_named_by_cause_with_the_first_article(viewer):
    shown = plain(page(viewer, shadow_run()))
    assert ("2 × quotes SIGSEGV crashed" in shown, "1 more of other causes" in shown) == (True, True)


def test_decisions_that_are_missed_come_before_those_that_are_met(viewer):
    context = page(viewer, shadow_run()).context
    assert [each["turn"] for each in context["turned"] + context["turned_rest"]] == ["lost"] * 7 + ["gained"]


def test_finding_that_changed_shows_what_differs_and_nothing_else(viewer):
    changed = page(viewer, shadow_run()).context["items"][0]
    assert [side["details"] for side in changed["sides"]] == [
        [{"name": "speaker name", "value": "Astrid Lind"}],
        [{"name": "speaker name", "value": "Per Holm"}],
    ]


def test_finding_that_moved_shows_where_it_stood_and_stands(viewer):
    run = shadow_run()
    run.tally["items"][0]["after"] = {**run.tally["items"][0]["before"], "spans": [[90, 99, "content"]]}
    run.save()
    changed = page(viewer, run).context["items"][0]
    assert [side["details"][0]["value"] for side in changed["sides"]] == ["3–12 content", "90–99 content"]


def test_side_that_lacks_the_finding_says_so(viewer):
    shown = page(viewer, shadow_run()).context["items"]
    assert [[side["there"] for side in each["sides"]] for each in shown] == [[True, True], [True, False], [False, True]]


def test_one_kind_and_change_can_be_chosen(viewer):
    context = page(viewer, shadow_run(), "?kind=quote&change=gone").context
    assert [each["change"] for each in context["items"]] == ["gone"]
    assert [(each["change"], each["here"]) for each in context["filters"]] == [
        ("added", False),
        ("changed", False),
        ("gone", True),
    ]


@pytest.mark.parametrize("query", ["?kind=x", "?change=%00", "?kind=quote&change=%ff"])
def test_choice_that_there_is_not_shows_nothing_and_the_way_back(viewer, query):
    assert "Nothing matches. Show all" in plain(page(viewer, shadow_run(), query))


def test_words_of_articles_are_escaped(viewer):
    text = page(viewer, shadow_run()).text
    assert (HOSTILE in text, "&lt;script&gt;alert(1)" in text) == (False, True)


def test_report_of_real_plugins_is_shown(chief):
    processed("Harbour vote passes\n\n“We have waited for thirty years,” said Mayor Astrid Lind.\n")
    chief.post(ADD, {**ASKED, "options": '{"min_confidence": 1.0}'})
    run = worked(ShadowRun.objects.get())
    assert "gone Quote" in plain(page(chief, run))
