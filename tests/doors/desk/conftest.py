"""A client for each role, and a browser."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.doors.desk.stage import person

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs a loop in this thread; Django's guard means other cases


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    """A client that is logged in as an editor."""
    client.force_login(person("editor", "ana"))
    return client


@pytest.fixture
def viewer(db: None) -> Client:
    """A client that is logged in as a viewer."""
    client = Client()
    client.force_login(person("viewer", "vic"))
    return client


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Chromium, for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


class Visitor:
    """A page in a context of its own, and what the browser complained of."""

    def __init__(self, browser: Browser, base: str, **options: Any) -> None:
        self.base = base
        self.context: BrowserContext = browser.new_context(base_url=base, **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def log_in(self, username: str) -> None:
        """Take the session of somebody who logged in elsewhere."""
        client = Client()
        client.force_login(User.objects.get(username=username))
        self.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.base}])

    def focused(self) -> str | None:
        """The number of the finding that has the focus."""
        return self.page.evaluate("document.activeElement.dataset.n ?? null")

    def until(self, expression: str) -> None:
        """Wait until this holds. The strict policy refuses Playwright's own way of waiting for functions."""
        for _ in range(200):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(25)
        raise AssertionError(f"never came true: {expression}")

    def until_saved(self) -> None:
        """Wait until the server has all decisions."""
        self.until("document.getElementById('saving').dataset.state === 'saved'")


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[Any]:
    """Open the site: `visit(username, **options of the context)`; without a name, nobody is logged in."""
    opened: list[Visitor] = []

    def visit(username: str | None, **options: Any) -> Visitor:
        visitor = Visitor(browser, live_server.url, **options)
        opened.append(visitor)
        if username:
            visitor.log_in(username)
        return visitor

    yield visit
    for visitor in opened:
        visitor.context.close()
