"""The page for when the desk cannot answer."""

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.test import Client

from newsdesk.desk import site


@pytest.fixture
def broken(editor, monkeypatch):
    """The desk of an editor on which the start page meets an error."""
    editor.raise_request_exception = False

    def meet(error):
        def the_day():
            raise error

        monkeypatch.setattr(site, "the_day", the_day)
        return editor

    return meet


def test_fault_of_ours_is_a_500_without_a_word_of_the_error(broken, caplog):
    answer = broken(DataError("secret words")).get("/")
    assert (answer.status_code, "secret" in answer.text, "Something went wrong" in answer.text) == (500, False, True)


@pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("connection already closed")])
def test_database_that_does_not_answer_is_a_503_that_says_when_to_come_back(broken, caplog, error):
    answer = broken(error).get("/?q=<a>")
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
    assert 'href="/?q=%3Ca%3E">Try again' in answer.text


def test_whoever_sent_something_is_told_to_look_whether_it_is_stored(broken, caplog):
    answer = broken(OperationalError("gone")).post("/")
    assert (answer.status_code, "may not be stored" in answer.text, "Try again" in answer.text) == (503, True, False)


@pytest.mark.parametrize("path", ["/", "/corpus/article/"])
def test_page_asks_the_database_for_nothing(db, django_db_blocker, editor, caplog, path):
    editor.raise_request_exception = False
    with django_db_blocker.block():
        answer = Client(raise_request_exception=False).get(path, headers={"Cookie": f"sessionid={editor.session.session_key}"})
    assert answer.status_code == 500
