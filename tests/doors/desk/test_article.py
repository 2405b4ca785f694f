"""The article page, as the server makes it."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Snapshot
from newsdesk.processing.models import Job
from newsdesk.review.services import add, decide
from newsdesk.sdk import Artifact as Found
from tests.doors.desk.stage import (
    LIND,
    TEXT,
    add_run,
    article,
    artifact,
    boilerplate,
    findings,
    many_quotes,
    person,
    quote,
    received,
    span,
)  # fmt: skip

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


def url(row):
    return f"/corpus/article/{row.pk}/change/"


def page(client, row, query=""):
    return client.get(url(row) + query).text


def words_of(text):
    """What a reader of the text sees, paragraph by paragraph."""
    blocks = re.findall(r'class="block [^>]*>(.*?)</(?:p|h2)>', text, re.S)
    return [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks]


def test_the_text_is_there_to_the_last_character(editor):
    assert words_of(page(editor, article())) == TEXT.split("\n")


@pytest.mark.parametrize("count", [10, 300])
def test_queries_do_not_grow_with_the_findings(editor, django_assert_max_num_queries, count):
    row = article(*many_quotes(count))
    with django_assert_max_num_queries(12):
        assert page(editor, row).count('class="finding"') == count


def test_reading_writes_nothing(editor):
    row = article()
    with CaptureQueriesContext(connection) as queries:
        editor.get(url(row))
    assert not [each["sql"] for each in queries if not each["sql"].startswith("SELECT")]


def test_the_page_takes_no_posts(editor):
    assert editor.post(url(article())).status_code == 405


@pytest.mark.parametrize("number", ["999", "abc", "٣", "9" * 30, "9" * 5000])
def test_an_article_that_is_not_there(editor, number):
    assert editor.get(f"/corpus/article/{number}/change/").status_code == 404


def test_marks_do_not_nest(editor):
    text = page(editor, article([quote("We have waited for thirty years,", LIND), quote("for thirty years,” said Mayor")]))
    assert not re.search(r"<mark[^>]*>[^<]*<mark", text)


def test_words_under_two_findings_name_both(editor):
    text = page(editor, article([quote("We have waited for thirty years,", LIND), quote("for thirty years,” said Mayor")]))
    assert re.findall(r'<mark data-k="1 2"[^>]*>([^<]*)', text) == ["for thirty years,"]


def test_content_source_and_cue_differ(editor):
    text = page(editor, article())
    assert {"quote-content", "quote-source", "quote-cue"} <= set(re.findall(r"quote-\w+", text))


def test_the_speaker_stands_by_the_words(editor):
    assert 'data-who="Astrid Lind">We have waited for thirty years,</mark>' in page(editor, article())


def test_boilerplate_is_shown_as_such(editor):
    assert re.search(r'role-boilerplate"[^>]*data-label="boilerplate"[^>]*>Read also', page(editor, article()))


def test_caption_that_is_set_aside_is_a_caption_and_not_given_back(editor):
    words = "The old port, 1923. Photo: Tidende"
    row = article([boilerplate(words, words)], [("caption", words)])
    assert re.search(
        r'role-caption"[^>]*data-aside="role-caption"[^>]*data-label="caption"[^>]*>The old port', page(editor, row)
    )


def test_boilerplate_that_was_given_back_is_body(editor):
    row = article()
    decide(artifact_id=artifact(row, "boilerplate").pk, actor=Actor(person(username="ben"), "desk"), verdict="reject")
    assert re.search(r'role-body given-back"[^>]*>Read also', page(editor, row))


@pytest.mark.parametrize(
    "found",
    [
        quote(HOSTILE, {"name": HOSTILE, "mention": HOSTILE, "role": HOSTILE, "kind": "person"}, text=HOSTILE),
        boilerplate(HOSTILE, HOSTILE),
        Found("metadata", {"name": "language", "value": HOSTILE, "evidence": HOSTILE}, (span(HOSTILE, text=HOSTILE),)),
        Found("person", {"name": HOSTILE, "role": HOSTILE}, (span(HOSTILE, text=HOSTILE),)),
    ],
    ids=["quote", "boilerplate", "metadata", "person"],
)
def test_hostile_text_is_inert(editor, found):
    text = page(editor, article([found], [("body", HOSTILE)], title=HOSTILE))
    assert ("<script>alert" not in text, "<img src=x" not in text) == (True, True)


def test_the_policy_allows_no_inline_script(editor):
    answer = editor.get(url(article()))
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]*(?:src=|application/json))", answer.text)


def test_viewers_see_no_buttons(viewer):
    assert '<button form="decide"' not in page(viewer, article())


def test_editors_have_a_button_for_each_verdict(editor):
    assert page(editor, article()).count('<button form="decide"') == 3 * len(findings())


def test_what_is_decided_says_by_whom(editor):
    row = article()
    decide(artifact_id=artifact(row).pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    assert re.search(r'data-state="accepted".*?by ben', page(editor, row), re.S)


def test_what_an_editor_added_has_no_machine_to_judge(editor):
    row = article([])
    plain = quote("out of proportion").to_plain()
    add(
        snapshot_id=Snapshot.objects.get().pk,
        actor=Actor(person(username="ben"), "desk"),
        kind="quote",
        finding={"data": plain["data"], "spans": plain["spans"]},
    )
    assert [(item.state, item.artifact) for item in editor.get(url(row)).context["items"]] == [("added", None)]


def test_open_ones_alone(editor):
    row = article()
    decide(artifact_id=artifact(row).pk, actor=Actor(person(username="ben"), "desk"), verdict="accept")
    assert re.findall(r'data-state="accepted"[^>]*?( hidden)?>\s*<div class="top"', page(editor, row, "?show=open")) == [
        " hidden"
    ]


def test_one_kind_alone(editor):
    shown = re.findall(r'<li [^>]*data-kind="(\w+)"[^>]*(?<! hidden)>', page(editor, article(), "?kind=boilerplate"))
    assert shown == ["boilerplate"]


def test_an_article_in_work_says_so(editor):
    row, _ = received()
    assert "being processed" in page(editor, row)


def test_the_page_can_ask_whether_the_work_has_ended(editor):
    row, _ = received()
    before = editor.get(f"/corpus/article/{row.pk}/state/").json()
    Job.objects.update(state=Job.State.DONE)
    assert (before, editor.get(f"/corpus/article/{row.pk}/state/").json()) == ({"ended": False}, {"ended": True})


def test_a_failed_run_is_told_with_its_reason(editor):
    row = article()
    add_run(Snapshot.objects.get(), "names", outcome="failed", error="IndexError: list index out of range")
    text = page(editor, row)
    assert ("A processor failed" in text, "IndexError: list index out of range" in text) == (True, True)


def test_encoding_and_warnings_are_told(editor):
    text = page(editor, article())
    assert ("windows-1252" in text, "charset guessed ×1" in text) == (True, True)


def test_the_next_article_that_waits_is_offered(editor):
    older = article(name="1")
    assert f'href="{url(older)}"' in page(editor, article(name="2"))


def test_names_of_any_direction_stay_in_their_place(editor):
    speaker = {**LIND, "name": "أحمد"}
    assert "<bdi>أحمد</bdi>" in page(editor, article([quote("out of proportion", speaker)]))


def test_the_language_that_was_read_is_said(editor):
    found = Found("metadata", {"name": "language", "value": "nb-NO", "evidence": "meta"})
    assert 'class="reading" dir="auto" lang="nb-NO"' in page(editor, article([found]))


NOTICE = {"type": "correction", "words": "The council will build after thirty years", "rule": "label"}


def of_kind(kind, data=NOTICE):
    """A finding over the standfirst, of a kind that does not ship."""
    return Found(kind, data, (span("The council will build after thirty years", "block"),), 0.9)


def test_a_finding_of_a_plugins_kind_has_its_label(editor):
    text = page(editor, article([of_kind("notice")]))
    assert '<b>Notice</b> <span class="detail">correction</span>' in text


def test_a_finding_of_a_plugins_kind_is_marked_where_it_stands(editor):
    text = page(editor, article([of_kind("notice")]))
    marked = 'class="other-kind other-kind-opens other-kind-closes">The council will build after thirty years</mark>'
    assert (marked in text, '<mark class="other-kind">Notice</mark>' in text) == (True, True)


def test_a_finding_of_a_plugins_kind_can_be_filtered_for(editor):
    text = page(editor, article([of_kind("notice"), *findings()]), "?kind=notice")
    assert len(re.findall(r'class="finding"[^>]*hidden', text)) == 4


def test_a_finding_of_a_plugins_kind_is_decided_on(editor):
    row = article([of_kind("notice")])
    decide(artifact_id=artifact(row, "notice").pk, actor=Actor(person("editor", "bo"), "desk"), verdict="reject")
    assert 'data-kind="notice" data-state="rejected"' in page(editor, row)


def test_a_finding_of_a_kind_whose_plugin_is_gone_goes_by_the_kinds_name(editor):
    assert "<b>rumour</b>" in page(editor, article([of_kind("rumour")]))


def test_what_a_plugins_kind_says_is_escaped(editor):
    text = page(editor, article([of_kind("rumour", {"name": HOSTILE, "type": HOSTILE})]))
    assert (HOSTILE in text, text.count(html.escape(HOSTILE)) >= 2) == (False, True)


@pytest.mark.parametrize("detail", [["a", "b"], {"a": 1}, "x" * 101, 7])
def test_what_is_no_word_does_not_stand_beside_a_kinds_name(editor, detail):
    assert "<b>rumour</b></span>" in page(editor, article([of_kind("rumour", {"type": detail})]))
