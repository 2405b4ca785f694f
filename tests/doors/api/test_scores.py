"""Scores: numbers, and addresses at which the items behind them are found."""

import pytest

from newsdesk.scores.models import Pace, Score
from tests.apps.scores.stage import a_source, count, documents, usual


@pytest.fixture
def reader(program):
    """A program that may only read."""
    return program("read", "viewer")


@pytest.fixture
def decided(editor, submit):
    """Two articles of two sources; three quotes were decided on, and one missed, and all is counted."""
    for number, source in enumerate(("wire", "gazette")):
        article = submit(
            f"Harbour {number}\n\n“We open on Monday,” said Ana Ruiz.\n\n“We are late,” said Ben Okoro.", source=source
        )
        quotes = editor.get(f"/articles/{article['article']}/artifacts", kind="quote").json()["items"]
        editor.post(f"/artifacts/{quotes[0]['id']}/decisions", {"verdict": "accept"})
    editor.post(f"/artifacts/{quotes[1]['id']}/decisions", {"verdict": "reject"})
    missed = {"kind": "quote", "data": {"type": "direct", "quotation": "Harbour", "speaker": None}}
    editor.post(f"/articles/{article['article']}/artifacts", missed | {"spans": [{"start": 0, "end": 7, "role": "content"}]})
    count()


def score(reader, **query):
    """What is said of the quotes that one processor finds."""
    (found,) = reader.get("/scores", processor="test-marks", **query).json()["items"]
    return found


def follow(reader, address):
    """The items at an address that an answer gave."""
    return reader.http.get(address, headers=reader.headers).json()["items"]


def test_desk_on_which_nothing_ran_has_no_scores(reader):
    assert reader.get("/scores").json() == {"items": [], "next": None, "count": 0}


@pytest.mark.parametrize("query", [{"source": "x" * 51}, {"version": "x" * 51}, {"unknown": 1}])
def test_choice_that_cannot_be_is_refused(reader, query):
    assert reader.get("/scores", **query).status_code == 422


@pytest.mark.parametrize("path", ["/scores", "/scores/judgements", "/scores/runs"])
def test_name_that_no_processor_can_have_is_no_failure_of_ours(reader, path):
    assert reader.get(path, processor="\0").status_code < 500


def test_score_counts_what_was_decided(reader, decided):
    (kind,) = score(reader)["kinds"]
    said = ("kind", "decided", "accepted", "corrected", "rejected", "missed")
    assert [kind[name] for name in said] == ["quote", 3, 2, 0, 1, 1]


def test_too_few_decisions_give_no_share(reader, decided):
    (kind,) = score(reader)["kinds"]
    assert kind["strict"] == {"right": 2, "of": 3, "share": None, "low": None, "high": None}


def test_confidence_is_held_against_what_was_accepted(reader, decided):
    (kind,) = score(reader)["kinds"]
    assert [(each["low"], each["accepted"]["right"], each["accepted"]["of"]) for each in kind["calibration"]] == [(0.9, 2, 3)]


def test_score_counts_runs_and_their_failures_by_cause(reader, submit):
    submit()
    submit("Please refuse to be processed, said the editor.")
    count()
    found = score(reader)
    assert (found["runs"], found["failed"], found["causes"], found["p50_ms"] > 0) == (2, 1, {"RuntimeError": 1}, True)


def test_score_of_one_source_counts_that_source_alone(reader, decided):
    (kind,) = score(reader, source="wire")["kinds"]
    assert (kind["decided"], kind["missed"], score(reader, source="wire")["runs"]) == (1, 0, 1)


def test_numbers_lead_to_their_items(reader, decided):
    found = score(reader)
    (kind,) = found["kinds"]
    judged = [each["judged"] for each in follow(reader, kind["items"])]
    assert (sorted(judged), len(follow(reader, found["items"]))) == (["accepted", "accepted", "missed", "rejected"], 2)


def test_numbers_of_one_source_lead_to_items_of_that_source(reader, decided):
    found = score(reader, source="gazette")
    (kind,) = found["kinds"]
    sources = {each["source"] for each in follow(reader, kind["items"])}
    assert (sources, len(follow(reader, found["items"]))) == ({"gazette"}, 1)


@pytest.mark.parametrize(("query", "expected"), [({"judged": "missed"}, 1), ({"tenth": 9}, 3), ({"tenth": 0}, 0)])
def test_judgements_are_chosen_by_what_they_say(reader, decided, query, expected):
    assert reader.get("/scores/judgements", **query).json()["count"] == expected


@pytest.mark.parametrize(
    ("query", "expected"), [({"outcome": "failed"}, 1), ({"cause": "RuntimeError"}, 1), ({"cause": "x"}, 0)]
)
def test_runs_are_chosen_by_how_they_ended(reader, submit, query, expected):
    submit("Please refuse to be processed, said the editor.")
    assert reader.get("/scores/runs", processor="test-marks", **query).json()["count"] == expected


def test_without_a_drift_the_list_is_empty(reader):
    assert reader.get("/drifts").json()["items"] == []


def test_drift_says_what_was_usual_and_since_when(reader):
    documents(a_source(), usual(200))
    documents(a_source(), [(150, 15, n % 2, False) for n in range(20)])
    (drift,) = reader.get("/drifts").json()["items"]
    assert (drift["source"], drift["measure"], drift["now"], drift["low"] < drift["usual"] < drift["high"]) == (
        "tidende", "words", 150, True,
    )  # fmt: skip


@pytest.mark.parametrize("versions", [2, 30])
def test_scores_take_as_many_queries_for_many_versions_as_for_few(reader, django_assert_max_num_queries, versions):
    sort = {"processor": "quotes", "kind": "quote", "verdict": "accepted", "count": 60}
    Score.objects.bulk_create(Score(version=str(number), **sort) for number in range(versions))
    Pace.objects.bulk_create(Pace(processor="quotes", version=str(number), first_run=number) for number in range(versions))
    with django_assert_max_num_queries(6):
        assert reader.get("/scores").json()["count"] == versions


def test_scores_are_read_on_page_by_page(reader):
    Pace.objects.bulk_create(Pace(processor="quotes", version=str(number), first_run=number) for number in range(3))
    first = reader.get("/scores", limit=2).json()
    rest = reader.get("/scores", limit=2, cursor=first["next"]).json()
    assert [each["version"] for page in (first, rest) for each in page["items"]] == ["0", "1", "2"]
