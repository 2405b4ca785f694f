"""What all doors' tests share."""

import pytest

from newsdesk.host import registry


@pytest.fixture(autouse=True)
def _plans_anew() -> None:
    """Plans are made again for a new number of a setting; a test that is rolled back gives its numbers to the next."""
    registry._plan.cache_clear()
