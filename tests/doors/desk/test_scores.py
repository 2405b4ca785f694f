"""The pages of scores: numbers with the way to their items, and what they say where there is nothing yet."""

import csv
import html
import re

import pytest

from newsdesk.desk.score_table import table
from newsdesk.scores.models import Drift, Pace, Score
from newsdesk.scores.queries import versions
from tests.apps.scores.stage import a_source, count, documents, usual
from tests.doors.desk.scoring import decided, drifting
from tests.doors.desk.stage import add_run, article, person

SCORES = "/scores/score/"
ITEMS = "/scores/judgement/"


def links(page):
    """All addresses with a choice that a page leads to."""
    return [html.unescape(each) for each in re.findall(r'href="(/[^"]*\?[^"]*)"', page.text)]


def test_nobody_gets_no_scores(client, db):
    assert client.get(SCORES).status_code == 302


def test_person_without_a_role_gets_no_scores(client, db):
    client.force_login(person(None))
    assert [client.get(path).status_code for path in (SCORES, f"{SCORES}of/finder/", f"{SCORES}scores.csv", ITEMS)] == [302] * 4


def test_scores_are_only_read(editor):
    assert [editor.post(path).status_code for path in (SCORES, f"{SCORES}of/finder/", f"{SCORES}scores.csv")] == [405] * 3


def test_desk_on_which_nothing_ran_says_what_will_stand_here(viewer):
    assert "Nothing is counted yet" in viewer.get(SCORES).text


def test_processor_that_never_ran_has_no_page(viewer):
    assert [viewer.get(f"{SCORES}of/{name}/").status_code for name in ("nobody", "%00")] == [404, 404]


def test_processor_of_which_nothing_is_decided_says_so(viewer):
    article()
    count()
    assert "nothing decided yet" in viewer.get(f"{SCORES}of/finder/").text


def test_too_few_decisions_give_no_share_but_how_many_there_are(viewer):
    decided(quotes=49, accepted=40, rejected=9)
    page = viewer.get(f"{SCORES}of/finder/").text
    assert ("not enough decisions yet (49)" in page, "0.82" in page) == (True, False)


def test_precision_stands_with_its_interval(viewer):
    decided(quotes=50, accepted=45, rejected=5)
    assert '<b>0.90</b> <span class="interval">[0.79–0.96]</span>' in viewer.get(f"{SCORES}of/finder/").text


def test_each_number_of_decisions_leads_to_so_many_items(viewer):
    decided(quotes=60, accepted=45, rejected=10)
    (row,) = viewer.get(f"{SCORES}of/finder/").context["rows"]
    shown = [viewer.get(each["url"]).context["cl"].result_count for each in row["counts"]]
    assert (shown, viewer.get(row["decided_url"]).context["cl"].result_count) == ([45, 0, 10, 0], 55)


def test_each_number_of_runs_leads_to_so_many_runs(viewer):
    snapshot = article().snapshots.get()
    add_run(snapshot, "names", outcome="failed", cause="KeyError", error="KeyError: 'x'")
    add_run(snapshot, "names", version="2", fingerprint="2", seconds=0.2, current=False)
    count()
    rows = viewer.get(f"{SCORES}of/names/").context["rows"]
    urls = [row["speed"][name] for row in rows for name in ("runs_url", "failed_url")]
    assert [viewer.get(url).context["cl"].result_count for url in urls] == [1, 0, 1, 1]


def test_slow_runs_are_those_that_took_the_rest_of_the_time(viewer):
    snapshot = article().snapshots.get()
    for number in range(20):
        add_run(snapshot, "names", fingerprint=str(number), seconds=0.001 if number < 18 else 0.5, current=False)
    count()
    (row,) = viewer.get(f"{SCORES}of/names/").context["rows"]
    assert viewer.get(row["speed"]["slow_url"]).context["cl"].result_count == 2


@pytest.mark.parametrize("slower", ["-1", "1e9", "nan", "%00", "x", "1" * 30])
def test_time_that_no_run_takes_narrows_nothing(viewer, slower):
    article()
    assert viewer.get(f"/processing/run/?slower={slower}").context["cl"].result_count == 2


def test_failures_are_listed_by_cause_and_lead_to_their_runs(viewer):
    snapshot = article().snapshots.get()
    add_run(snapshot, "names", outcome="failed", cause="KeyError", error="KeyError: 'x'")
    count()
    (each,) = viewer.get(f"{SCORES}of/names/").context["failures"]
    assert (each["cause"], each["count"], viewer.get(each["url"]).context["cl"].result_count) == ("KeyError", 1, 1)


def test_failure_without_a_cause_leads_to_such_failures_alone(viewer):
    snapshot = article().snapshots.get()
    add_run(snapshot, "names", outcome="failed", error="no reason")
    add_run(snapshot, "names", outcome="failed", cause="KeyError", error="KeyError: 'x'", current=False)
    count()
    found = {each["cause"]: each["url"] for each in viewer.get(f"{SCORES}of/names/").context["failures"]}
    assert viewer.get(found[""]).context["cl"].result_count == 1


def test_the_page_of_all_has_the_version_of_each_that_began_last(viewer):
    decided(quotes=3, accepted=2, rejected=1, version="2", name="a")
    decided(quotes=5, accepted=5, rejected=0, version="10", name="b")
    rows = {row["card"].processor: row["card"] for row in viewer.get(SCORES).context["rows"]}
    assert (rows["finder"].version, rows["finder"].decided) == ("10", 5)


def test_calibration_leads_to_the_items_of_a_tenth(viewer):
    decided(quotes=60, accepted=45, rejected=10)
    (each,) = viewer.get(f"{SCORES}of/finder/").context["calibrations"]
    (tenth,) = each["tenths"]
    assert (tenth["name"], tenth["percent"], viewer.get(tenth["url"]).context["cl"].result_count) == ("0.9–1.0", "82", 55)


def test_trend_has_a_point_for_each_version_with_enough_decisions(viewer):
    decided(quotes=50, accepted=30, rejected=20, version="1", name="a")
    decided(quotes=50, accepted=45, rejected=5, version="2", name="b")
    decided(quotes=20, accepted=20, rejected=0, version="3", name="c")
    (trend,) = viewer.get(f"{SCORES}of/finder/").context["trends"]
    assert [(each["version"], each["said"]) for each in trend["points"]] == [("1", "0.60"), ("2", "0.90")]


def test_source_narrows_everything(viewer):
    decided(quotes=50, accepted=45, rejected=5)
    here, elsewhere = (viewer.get(f"{SCORES}of/finder/?source={source}").context["rows"] for source in ("tidende", "avisen"))
    assert ([row["card"].decided for row in here], elsewhere) == ([50], [])


def test_processor_is_broken_down_by_source(viewer):
    decided(quotes=50, accepted=45, rejected=5)
    (row,) = viewer.get(f"{SCORES}of/finder/").context["by_source"]
    assert (row["card"].source, row["card"].decided, row["url"]) == ("tidende", 50, f"{SCORES}of/finder/?source=tidende")


def test_all_addresses_that_the_pages_lead_to_are_there(viewer):
    decided(quotes=50, accepted=45, rejected=5)
    drifting()
    found = [url for path in (SCORES, f"{SCORES}of/finder/") for url in links(viewer.get(path))]
    assert ({viewer.get(url).status_code for url in found}, len(found) > 8) == ({200}, True)


@pytest.mark.parametrize("query", ["tenth=11", "tenth=%00", "version=%00", "source=x", "kind=nothing", "verdict__in=x"])
def test_choice_that_nobody_offers_breaks_nothing(viewer, query):
    decided(quotes=2, accepted=1, rejected=1)
    assert viewer.get(f"{ITEMS}?{query}", follow=True).status_code == 200


def test_item_says_what_was_decided_on_which_words_of_which_article(viewer):
    decided(quotes=1, accepted=1, rejected=0)
    page = viewer.get(ITEMS).text
    assert [words in page for words in ("Statement number 1000 was made,", "Harbour vote passes", "ben-a", "finder 1")] == [
        True
    ] * 4


def test_without_a_drift_the_page_says_what_is_watched(viewer):
    assert "No source has left what is usual for it" in viewer.get(SCORES).text


def test_drift_says_what_was_usual_what_is_now_and_leads_to_the_documents(viewer):
    drifting()
    (each,) = viewer.get(SCORES).context["drifts"]
    shown = viewer.get(each["url"]).context["cl"]
    assert (each["usual"], each["now"], each["direction"], shown.result_count) == ("501", "150", "less", 20)


def test_the_start_page_says_how_many_sources_drift(viewer):
    drifting()
    assert "source drifts" in viewer.get("/").text


def test_names_are_escaped(viewer):
    Score.objects.create(processor="<b>x</b>", version="<i>1</i>", kind="quote", verdict="accepted", count=3)
    Pace.objects.create(processor="<b>x</b>", version="<i>1</i>", first_run=1, runs=1)
    page = viewer.get(SCORES).text
    assert ("<b>x</b>" in page, "<i>1</i>" in page, "&lt;b&gt;x&lt;/b&gt;" in page) == (False, False, True)


def test_table_has_what_the_pages_have(viewer):
    decided(quotes=60, accepted=45, rejected=10)
    rows = {row["processor"]: row for row in csv.DictReader(viewer.get(f"{SCORES}scores.csv").text.splitlines())}
    assert [rows["finder"][name] for name in ("kind", "decided", "accepted", "rejected", "strict", "runs")] == [
        "quote", "55", "45", "10", "0.8182", "1",
    ]  # fmt: skip
    assert rows["plain-text"]["decided"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@sum", "\t=1"])
@pytest.mark.django_db
def test_no_cell_of_the_table_is_a_formula(name):
    Score.objects.create(processor=name, version="1", kind="quote", verdict="accepted", count=3)
    assert next(csv.DictReader(table(versions()).splitlines()))["processor"].startswith("'")


@pytest.mark.parametrize("sources", [1, 6])
def test_queries_do_not_grow_with_versions_and_sources(viewer, django_assert_max_num_queries, sources):
    for number in range(sources):
        source, sort = (
            a_source(f"source-{number}"),
            {"processor": f"p{number}", "kind": "quote", "verdict": "accepted", "count": 60},
        )
        Score.objects.bulk_create(
            Score(version=version, source=where, **sort) for version in "123"[: number + 1] for where in ("", source.slug)
        )
        Pace.objects.bulk_create(
            Pace(processor=f"p{number}", version=version, first_run=int(version), runs=1) for version in "123"[: number + 1]
        )
        documents(source, usual(1))
        since = source.articles.get().snapshots.get()
        Drift.objects.create(source=source, measure="words", usual=1, low=0, high=2, now=5, since=since)
    with django_assert_max_num_queries(8):
        viewer.get(SCORES)
    with django_assert_max_num_queries(7):
        viewer.get(f"{SCORES}of/p0/")


@pytest.mark.parametrize("quotes", [1, 40])
def test_queries_of_the_items_do_not_grow_with_their_rows(viewer, django_assert_max_num_queries, quotes):
    decided(quotes=quotes, accepted=quotes, rejected=0)
    with django_assert_max_num_queries(6):
        viewer.get(ITEMS)


def test_reading_the_scores_writes_nothing(viewer, django_assert_max_num_queries):
    decided(quotes=3, accepted=2, rejected=1)
    with django_assert_max_num_queries(8) as queries:
        viewer.get(SCORES)
    assert [each["sql"] for each in queries if not each["sql"].startswith("SELECT")] == []
