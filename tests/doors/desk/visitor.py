"""Somebody at a browser: a page in a context of its own, and what one does there."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from newsdesk.corpus.models import Article
from newsdesk.review.queries import standing_decisions


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


def press(visitor: Visitor, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        visitor.page.keyboard.press(key)


def states(visitor: Visitor) -> list[str]:
    """How the findings stand in the list."""
    return visitor.page.evaluate("[...document.querySelectorAll('#findings > li')].map(row => row.dataset.state)")


def standing(row: Article) -> list[tuple[str, str]]:
    """What stands: kind and verdict."""
    return sorted((each.kind, each.verdict) for each in standing_decisions(row.pk).values())
