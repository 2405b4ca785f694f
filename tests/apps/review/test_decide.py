import pytest

from newsdesk.review.services import decide
from tests.apps.factories import actor, artifacts, processed

pytestmark = pytest.mark.django_db


def test_x():
    s = processed()
    assert decide(artifact_id=artifacts(s, "person")[0].pk, actor=actor(), verdict="accept").verdict == "accept"
