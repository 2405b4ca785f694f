"""The start page, plugins, keys, and accounts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsdesk.access.models import ApiKey
from newsdesk.access.policy import Actor
from newsdesk.access.services import authenticate, create_key
from newsdesk.host import registry as host
from newsdesk.pipeline import Problem, build_registry
from newsdesk.processing.models import Job
from newsdesk.review.models import Decision
from newsdesk.review.services import decide
from newsdesk.sdk import Artifact as Found
from tests.doors.desk.stage import article, artifact, person, received, span

KEYS = "/access/apikey/"


def test_the_start_page_counts_the_day(editor):
    article(name="1")
    article(name="2", state=Job.State.FAILED)
    received("3")
    context = editor.get("/").context
    assert {name: context[name] for name in ("arrived", "waiting", "in_work", "processed", "trouble")} == {
        "arrived": 3,
        "waiting": "2",
        "in_work": 1,
        "processed": 1,
        "trouble": 1,
    }


def test_the_start_page_leads_to_what_is_open(editor):
    row = article()
    assert [(each["article"], each["open"]) for each in editor.get("/").context["next_up"]] == [(row, 4)]


@pytest.mark.parametrize("count", [1, 12])
def test_the_start_page_needs_no_more_queries_for_more_articles(editor, django_assert_max_num_queries, count):
    for number in range(count):
        article(name=str(number))
    with django_assert_max_num_queries(10):
        editor.get("/")


def test_an_empty_desk_says_how_to_begin(editor):
    assert "make demo" in editor.get("/").text


def test_a_desk_where_all_is_decided_says_so(editor):
    article([])
    assert "Nothing waits" in editor.get("/").text


def test_the_plugins_page_tells_what_is_wrong(editor, monkeypatch):
    installed = build_registry()
    broken = type(installed)(
        installed.processors, installed.exporters, installed.owners, installed.plugins, (Problem("acme", "cannot be <loaded>"),)
    )
    monkeypatch.setattr(host, "registry", lambda: broken)
    assert "<strong>acme</strong> cannot be &lt;loaded&gt;" in editor.get("/host/processorsetting/").text


def test_a_new_key_shows_its_secret_once(editor):
    answer = editor.post(f"{KEYS}add/", {"name": "importer", "scope": "read", "days": "30"})
    assert authenticate(answer.context["secret"]).user.username == "ana"
    assert answer.context["secret"] not in editor.get(f"{KEYS}{ApiKey.objects.get().pk}/change/").text


def test_a_key_without_end_is_refused(editor):
    assert "days" in editor.post(f"{KEYS}add/", {"name": "x", "scope": "read", "days": "9999"}).context["form"].errors


def test_others_keys_are_not_shown(editor):
    create_key(owner=person(username="ben"), name="bens importer", scope="read", actor=Actor.operator())
    assert "bens importer" not in editor.get(KEYS).text


def test_a_key_is_revoked_at_once(editor):
    secret = editor.post(f"{KEYS}add/", {"name": "importer", "scope": "read", "days": "30"}).context["secret"]
    editor.post(f"{KEYS}{ApiKey.objects.get().pk}/revoke/")
    assert authenticate(secret) is None


def test_others_keys_are_not_revoked(editor):
    key, secret = create_key(owner=person(username="ben"), name="importer", scope="read", actor=Actor.operator())
    assert editor.post(f"{KEYS}{key.pk}/revoke/").status_code == 403
    assert authenticate(secret)


def test_an_expired_key_is_told_as_such(editor):
    editor.post(f"{KEYS}add/", {"name": "importer", "scope": "read", "days": "30"})
    ApiKey.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "expired" in editor.get(KEYS).text


@pytest.mark.parametrize("path", ["/processing/run/", "/processing/job/", "/review/decision/"])
def test_a_row_has_a_page_to_read(editor, path):
    row = article()
    Decision.objects.create(
        artifact_id=artifact(row).pk,
        article=row,
        snapshot=row.snapshots.get(),
        key="k",
        kind="quote",
        verdict="accept",
        editor=person(username="ben"),
        via="desk",
    )
    first = editor.get(path).context["cl"].result_list[0]
    assert editor.get(f"{path}{first.pk}/change/").status_code == 200


def test_superusers_make_accounts(client, db):
    client.force_login(person(None, "root", is_superuser=True))
    fields = {"username": "ben", "password1": "a long one indeed", "password2": "a long one indeed", "usable_password": "true"}
    assert client.post("/auth/user/add/", fields).status_code == 302


def test_accounts_are_not_deleted(client, db):
    user = person(None, "root", is_superuser=True)
    client.force_login(user)
    assert client.post(f"/auth/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/processing/run/?cause__exact=%00", "/processing/run/?processor=%00", "/processing/job/?batch=9223372036854775808"],
)
def test_what_no_database_holds_is_not_asked_for_in_lists(editor, path):
    assert editor.get(path).status_code == 200


NO_QUESTIONS = [
    "id__range=0",
    "id__range=999999999999999999",
    "id__regex=(",
    "address__regex=(",
    "outcome__regex=[",
    "created_at__year=0",
    "created_at__year__gt=999999999999999999",
    "compressed__exact=x",
    "outcomes__contains=x",
    "source=-9999999999999999999999999",
    "snapshot=-9999999999999999999999999",
    "id__in=+9999999999999999999999,1",
    "id=%D9%A3",
    "current__exact=2",
    "seconds__gt=nan",
    "verdict__isnull=x",
]


@pytest.mark.parametrize("query", NO_QUESTIONS)
@pytest.mark.parametrize(
    "model",
    [
        "corpus/article",
        "corpus/source",
        "processing/run",
        "processing/job",
        "review/decision",
        "scores/judgement",
        "scores/measure",
    ],
)
def test_list_that_is_asked_what_no_database_answers_is_the_whole_list(editor, model, query):
    article()
    answer = editor.get(f"/{model}/?{query}")
    assert (answer.status_code, answer.context["cl"].has_active_filters) == (200, False)


@pytest.mark.parametrize("query", NO_QUESTIONS)
def test_accounts_are_asked_no_such_things_either(client, db, query):
    client.force_login(person(None, "root", is_superuser=True))
    assert client.get(f"/auth/user/?{query}").status_code == 200


def test_the_plugins_page_tells_of_kinds_and_readers(editor):
    text = editor.get("/host/processorsetting/").text
    assert ("Notice (notice, notices)" in text, "ninjs 1 (application/ninjs+json" in text) == (True, True)


@pytest.mark.parametrize(("kind", "shown"), [("notice", "Notice"), ("rumour", "rumour")])
def test_a_decision_is_listed_with_the_label_of_its_kind(editor, kind, shown):
    found = Found(kind, {"type": "note"}, (span("Harbour vote passes", "block"),))
    decide(artifact_id=artifact(article([found]), kind).pk, actor=Actor(person(username="bo"), "desk"), verdict="accept")
    assert f'<td class="field-shown_kind">{shown}</td>' in editor.get("/review/decision/").text
