"""The list of articles: fast whatever its length, searched, filtered, and never empty-handed."""

import pytest

from newsdesk.access.policy import Actor
from newsdesk.processing.models import Job
from newsdesk.review.services import decide, withdraw
from tests.doors.desk.stage import article, artifact, person, received

LIST = "/corpus/article/"


def listed(client, query=""):
    return [row.synopsis.title for row in client.get(LIST + query).context["cl"].result_list]


def open_in_list(client):
    return [row.open_findings for row in client.get(LIST).context["cl"].result_list]


@pytest.mark.parametrize("count", [2, 40])
def test_queries_do_not_grow_with_the_rows(editor, django_assert_max_num_queries, count):
    for number in range(count):
        article(name=str(number), title=f"Story {number}")
    with django_assert_max_num_queries(8):
        editor.get(LIST)


def test_newest_first(editor):
    article(name="1", title="Older")
    article(name="2", title="Newer")
    assert listed(editor) == ["Newer", "Older"]


@pytest.mark.parametrize("query", ["?q=harb", "?q=example/2"])
def test_search_looks_at_title_and_address(editor, query):
    article(name="1", title="Storm")
    article(name="2", title="Harbour")
    assert listed(editor, query) == ["Harbour"]


def test_filter_by_state(editor):
    article(name="1", title="Fine")
    article(name="2", title="Broken", state=Job.State.FAILED)
    assert listed(editor, "?state=failed") == ["Broken"]


def test_what_is_not_processed_yet_goes_by_its_address(editor):
    received("fresh")
    assert "https://news.example/fresh" in editor.get(LIST).text


def test_open_findings_are_counted(editor):
    article()
    assert open_in_list(editor) == [4]


def test_what_is_decided_is_not_open(editor):
    decide(artifact_id=artifact(article()).pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    assert open_in_list(editor) == [3]


def test_what_was_taken_back_is_open_again(editor):
    ben = Actor(person(username="ben"), "desk")
    withdraw(decision=decide(artifact_id=artifact(article()).pk, actor=ben, verdict="accept").uuid, actor=ben)
    assert open_in_list(editor) == [4]


def test_a_hostile_title_is_inert(editor):
    article(title="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in editor.get(LIST).text


@pytest.mark.parametrize(
    "query",
    [
        "?q=%00",
        "?q=%ff",
        "?state=nonsense",
        "?p=10000000000000000000000",
        "?o=99.x",
        "?source__id__exact=" + "9" * 30,
        "?source__id__exact=x",
    ],
)
def test_nonsense_in_the_address_is_no_error(editor, query):
    article()
    assert editor.get(LIST + query, follow=True).status_code == 200


def test_an_empty_desk_says_what_to_do(editor):
    assert "manage.py receive" in editor.get(LIST).text


def test_an_empty_search_leads_back(editor):
    article()
    assert "Show all articles" in editor.get(LIST + "?q=zebra").text
