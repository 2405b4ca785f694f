"""`manage.py shadow`, with the plugins that are installed in a process of their own."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from newsdesk.corpus.models import Article
from newsdesk.processing.models import Run
from newsdesk.shadow.models import ShadowRun
from tests.apps.factories import processed

pytestmark = pytest.mark.django_db

STORY = "Harbour vote passes\n\n“We have waited for thirty years,” said Mayor Astrid Lind. She said that it was over.\n"
DOCUMENT = Path(__file__).parents[3] / "docs" / "shadow-report.md"


OTHERS = {"data", "options", "present_options", "versions", "outcomes"}
"""Fields whose keys are not ours."""


def said(capsys, *arguments):
    call_command("shadow", *arguments)
    return capsys.readouterr().out


def keys(value):
    """Every key that the format gives, at any depth; not those that plugins make up."""
    own = set(value) if isinstance(value, dict) else set()
    nested = [value[name] for name in own - OTHERS] if isinstance(value, dict) else value if isinstance(value, list) else []
    return own.union(*map(keys, nested))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["gone"], "no processor 'gone' is installed; there are notices, plain-structure, plain-text, quotes, web-page"),
        (["quotes", "--option", "min_confidence"], "--option 'min_confidence' is not understood; write it as NAME=JSON"),
        (["quotes", "--option", "min_confidence=high"], "is not understood; write it as NAME=JSON"),
        (["quotes", "--option", "=1"], "--option '=1' must be NAME=JSON"),
        (["quotes", "--option", "x=" + "[" * 100_000], "is not understood"),
        (["quotes", "--option", "confidence=1"], "quotes has no option 'confidence'; it has min_confidence"),
        (["quotes", "--option", "min_confidence=NaN"], "quotes does not take"),
        (["quotes", "--articles", "0"], "articles is 0; it must be between 1 and 1,000"),
        (["quotes", "--source", "gone"], "there is no source 'gone'; leave it out for all of them"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_remedy(arguments, reason):
    with pytest.raises(CommandError, match=re.escape(reason)):
        call_command("shadow", *arguments)


def test_desk_without_articles_says_what_to_do(capsys):
    assert "No processed article is there to compare" in said(capsys, "quotes")


def test_nothing_is_kept():
    processed(STORY)
    runs = list(Run.objects.order_by("pk").values())
    call_command("shadow", "plain-structure")
    assert (list(Run.objects.order_by("pk").values()), ShadowRun.objects.count()) == (runs, 0)


def test_reader_sees_agreement_counts_and_findings(capsys):
    processed(STORY)
    out = " ".join(said(capsys, "quotes", "--option", "min_confidence=1.0").split())
    assert ("quotes 1 with min_confidence=1.0" in out, "not enough decisions yet (0)" in out) == (True, True)
    assert re.search(r"− quote We have waited for thirty years, \(article \d+\)", out)


def test_words_of_an_article_are_no_markup(capsys):
    processed(STORY.replace("thirty years", "[red]thirty[/red] years"))
    assert "[red]thirty[/red] years" in said(capsys, "quotes", "--option", "min_confidence=1.0")


def test_program_gets_the_report_as_json(capsys):
    processed(STORY)
    report = json.loads(said(capsys, "quotes", "--option", "min_confidence=1.0", "--json"))
    assert (report["state"], report["findings"]["quote"]["gone"], report["items"]["items"][0]["article"]) == (
        "done",
        report["findings"]["quote"]["before"],
        Article.objects.get().pk,
    )


def test_every_field_of_the_report_is_documented(capsys):
    processed(STORY)
    report = json.loads(said(capsys, "quotes", "--option", "min_confidence=1.0", "--json"))
    documented = set(re.findall(r"`([a-z0-9_]+)`", DOCUMENT.read_text()))
    named = keys({**report, "findings": list(report["findings"].values()), "processors": list(report["processors"].values())})
    assert named - documented == set()
