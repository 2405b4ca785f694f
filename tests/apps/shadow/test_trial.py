"""Options tried on one article."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from newsdesk.host.services import set_options
from newsdesk.pipeline.run import call_here
from newsdesk.shadow.report import report
from newsdesk.shadow.services import try_on
from tests.apps.factories import actor, processed, submitted
from tests.apps.shadow.stage import OPERATOR
from tests.apps.shadow.test_compare import findings, rows

pytestmark = pytest.mark.django_db


def tried(submission, source="", by=OPERATOR, **options):
    article = submission.snapshot.article_id
    return report(
        try_on(article=article, processor="names", options=options, source=source, actor=by, call=call_here)
    )  # fmt: skip


def refusal(submission, **arguments):
    with pytest.raises(ValidationError) as refused:
        tried(submission, **arguments)
    return refused.value.messages[0]


@pytest.mark.parametrize("role", ["viewer", "editor", "chief editor"])
def test_whoever_may_not_save_options_tries_none(role):
    with pytest.raises(PermissionDenied):
        tried(processed(), by=actor(role))


def test_option_that_is_not_taken_is_refused():
    assert "option 'letters' must be integer" in refusal(processed(), letters="four")


def test_article_that_was_not_processed_is_refused():
    assert refusal(submitted()).endswith("that was processed; choose another")


def test_article_of_another_source_is_refused():
    assert refusal(processed(source="web"), source="wire", letters=3).endswith(
        "is of source 'web', not of 'wire'; choose another"
    )


def test_nothing_is_written():
    submission = processed()
    before = rows()
    tried(submission, letters=3)
    assert rows() == before


def test_what_would_differ_from_what_stands_is_found():
    assert findings(tried(processed("Mara Voss and Per left."), letters=3)) == {"before": 2, "after": 1, "gone": 2, "added": 1}


def test_what_the_source_has_of_its_own_stays_over_what_is_tried_for_all():
    set_options(processor="names", options={"letters": 4}, source="wire", actor=OPERATOR)
    assert findings(tried(processed("Mara left.", source="wire"), letters=3)) == {"before": 1, "after": 1, "unchanged": 1}


def test_option_is_tried_for_one_source():
    found = findings(tried(processed("Mara and Per left.", source="wire"), source="wire", letters=3))
    assert found == {"before": 1, "after": 1, "gone": 1, "added": 1}
