"""What the desk asks about decisions whose words are gone, unsure, or found otherwise, as the server makes it."""

import json
import re
import uuid

import pytest

from newsdesk.access.policy import Actor
from newsdesk.review.models import Decision, Placement
from newsdesk.review.services import decide
from tests.doors.desk.questions import WAITED, asked, standing, twice
from tests.doors.desk.stage import article, artifact, person, quote, revised

LIST = "/review/placement/"


def page(client, row):
    return client.get(f"/corpus/article/{row.pk}/change/")


def push(client, row, status, **sent):
    return client.post(f"/corpus/article/{row.pk}/resolve/", {"decision": str(standing(status).uuid), **sent}, follow=True)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def statuses():
    return sorted(Placement.objects.values_list("status", flat=True))


# Who is asked


def test_article_that_did_not_change_asks_nothing(editor):
    context = page(editor, article()).context
    assert (context["questions"], context["tally"]) == ([], [])


def test_viewers_see_what_is_asked_and_cannot_answer(viewer):
    text = page(viewer, asked()).text
    assert ("These words no longer stand" in text, "/resolve/" in text) == (True, False)


def test_viewers_answers_are_refused(viewer):
    row = asked()
    assert (push(viewer, row, "orphan", do="keep").status_code, "orphan" in statuses()) == (403, True)


def test_answers_are_posted(editor):
    assert editor.get(f"/corpus/article/{asked().pk}/resolve/").status_code == 405


@pytest.mark.parametrize("number", ["", "x", str(uuid.uuid4())])
def test_decision_that_there_is_not_is_said_so(editor, number):
    row = asked()
    answer = editor.post(f"/corpus/article/{row.pk}/resolve/", {"decision": number, "do": "keep"}, follow=True)
    assert (answer.status_code, len(said(answer)), Decision.objects.count()) == (200, 1, 4)


def test_decision_of_another_article_is_none_of_this_one(editor):
    other = article(name="b")
    asked()
    push(editor, other, "orphan", do="keep")
    assert "orphan" in statuses()


@pytest.mark.parametrize(
    ("sent", "word"),
    [
        ({"do": "explode"}, "nothing that can be done"),
        ({"do": "mine"}, "no such doubt"),
        ({"do": "drop", "reason": " "}, "say why"),
        ({"do": "reattach", "words": "nobody ever said this"}, "do not stand"),
        ({"do": "reattach", "words": ""}, "do not stand"),
        ({"do": "reattach", "words": "e"}, "take more of them"),
        ({"do": "place", "spans": "{"}, "no place"),
        ({"do": "place", "spans": "[[[["}, "no place"),
        ({"do": "place", "spans": '[{"start": 0, "end": 5, "role": "content"}]', "text": "f" * 64}, "has changed"),
    ],
)
def test_answer_that_cannot_be_is_refused_with_the_reason(editor, sent, word):
    row = asked()
    assert word in " ".join(said(push(editor, row, "orphan", **sent)))


# What is asked


def test_what_became_of_decisions_is_said_in_a_line(editor):
    assert page(editor, asked()).context["tally"] == ["1 carried", "1 still rejected", "1 to look at", "1 orphan"]


def test_questions_are_asked_apart_from_findings(editor):
    context = page(editor, asked()).context
    assert {each.status for each in context["questions"]} == {"orphan", "changed"}
    assert [item.kind for item in context["items"]] == ["metadata", "boilerplate"]


def test_both_versions_are_shown_with_their_speakers(editor):
    question = next(each for each in page(editor, asked()).context["questions"] if each.status == "changed")
    assert (question.mine.speaker, question.new.speaker) == ("Astrid Lind", "Ingrid Lind")


def test_orphan_shows_its_words_and_where_they_stood(editor):
    text = page(editor, asked()).text
    assert re.search(r"last stood.*the cost was “<b>out of proportion</b>” and nobody", text, re.S)


def test_unsure_place_offers_those_that_may_be_meant(editor):
    spots = page(editor, twice()).context["questions"][0].spots
    assert [spot.words for spot in spots] == ["out of proportion"] * 2


@pytest.mark.parametrize("make", [asked, twice])
def test_questions_add_no_queries(editor, django_assert_max_num_queries, make):
    row = make()
    with django_assert_max_num_queries(12):
        page(editor, row)


def test_hostile_words_are_inert(editor):
    words = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    row = article([quote(words, text=words)], [("body", words)])
    decide(artifact_id=artifact(row).pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    text = page(editor, revised(row, [], [("body", f"{words} and once more {words}")])).text
    assert ("<script>alert" in text, "<img src=x" in text, "not sure where this belongs" in text) == (False, False, True)


# Answers


@pytest.mark.parametrize(
    ("status", "sent", "becomes"),
    [
        ("orphan", {"do": "keep"}, "historical"),
        ("orphan", {"do": "drop", "reason": "never said"}, "dropped"),
        ("orphan", {"do": "reattach", "words": "vote is  counted again"}, "kept"),
        ("changed", {"do": "mine"}, "carried"),
        ("changed", {"do": "new"}, "carried"),
    ],
)
def test_answer_is_done_and_said(editor, status, sent, becomes):
    row = asked()
    before = statuses()
    answer = push(editor, row, status, **sent)
    before[before.index(status)] = becomes
    assert (statuses(), len(said(answer))) == (sorted(before), 1)


def test_chosen_place_is_where_it_stands(editor):
    row = twice()
    context = page(editor, row).context
    spot = context["questions"][0].spots[1]
    push(editor, row, "ambiguous", do="place", spans=spot.spans, text=context["text_digest"])
    spans = [[each["start"], each["end"], each["role"]] for each in json.loads(spot.spans)]
    assert Placement.objects.get().spans == spans


def test_dropped_orphan_is_folded_away_and_can_be_taken_back(editor):
    row = asked()
    push(editor, row, "orphan", do="drop", reason="never said")
    context = page(editor, row).context
    assert [(item.state, item.may_undo, item.words) for item in context["past"]] == [("dropped", True, "out of proportion")]


# Of all articles


def test_list_of_nothing_says_what_will_be_there(editor):
    assert "every decision has its place" in editor.get(LIST).text


def test_list_leads_to_each_article_and_says_why(editor):
    row = asked()
    text = editor.get(LIST).text
    assert (text.count(f"/corpus/article/{row.pk}/change/#asked"), WAITED in text, "found otherwise" in text) == (2, True, True)


def test_list_of_one_sort_alone(editor):
    asked()
    rows = editor.get(LIST, {"status": "orphan"}).context["rows"]
    assert [row.status for row, _ in rows] == ["orphan"]


@pytest.mark.parametrize("query", [{"status": "carried"}, {"status": "x"}, {"before": "x"}, {"before": "9" * 40}])
def test_nonsense_in_the_address_of_the_list_is_passed_over(editor, query):
    asked()
    assert len(editor.get(LIST, query).context["rows"]) == 2


def test_list_goes_on_where_the_page_before_ended(editor, monkeypatch):
    monkeypatch.setattr("newsdesk.desk.admin.asked.SHOWN", 1)
    asked()
    first = editor.get(LIST).context
    second = editor.get(LIST, {"before": first["older"]}).context
    pages = [row.pk for context in (first, second) for row, _ in context["rows"]]
    assert (pages, second["older"]) == (sorted(pages, reverse=True), None)
    assert "Nothing older" in editor.get(LIST, {"before": "1"}).text


@pytest.mark.parametrize("count", [1, 5])
def test_list_takes_no_more_queries_for_more_rows(editor, django_assert_max_num_queries, count):
    assert len([asked(str(number)) for number in range(count)]) == count
    with django_assert_max_num_queries(5):
        editor.get(LIST)


def test_resolved_orphan_is_on_the_list_no_more(editor):
    push(editor, asked(), "orphan", do="keep")
    assert [row.status for row, _ in editor.get(LIST).context["rows"]] == ["changed"]
