"""What all doors' tests share: a browser, and the site that it visits."""

import os
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from newsdesk.host import registry

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread; Django's guard means other cases


@pytest.fixture(autouse=True)
def _plans_anew() -> None:
    """Plans are made again for a new number of a setting; a test that is rolled back gives its numbers to the next."""
    registry._plan.cache_clear()


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium, for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: Any) -> Iterator[str]:
    """The address of the site. Whoever visits it has gone before this fixture ends: close what was opened.

    A request that is still being answered would lock the database against being emptied for the next test.
    """
    yield live_server.url
    for thread in threading.enumerate():
        if "(process_request_thread)" in thread.name:
            thread.join(10)
            assert not thread.is_alive(), "a request is still being answered ten seconds after the browser has gone"
