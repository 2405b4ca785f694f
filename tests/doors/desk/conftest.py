"""A client for each role, and who visits the site."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser

from tests.doors.desk.stage import article, person
from tests.doors.desk.visitor import Visitor


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


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Any]:
    """Open the site: `visit(username, **options of the context)`; without a name, nobody is logged in."""
    opened: list[Visitor] = []

    def visit(username: str | None, **options: Any) -> Visitor:
        visitor = Visitor(browser, site, **options)
        opened.append(visitor)
        if username:
            visitor.log_in(username)
        return visitor

    yield visit
    for visitor in opened:
        visitor.context.close()


@pytest.fixture
def desk(visit: Any) -> Any:
    """An article's page, open before an editor: `desk(article, username, role, **options of the context)`."""

    def desk(row=None, username="ana", role="editor", **options):
        if not User.objects.filter(username=username).exists():
            person(role, username)
        row = row or article()
        visitor = visit(username, **options)
        visitor.page.goto(f"/corpus/article/{row.pk}/change/")
        visitor.row = row
        return visitor

    return desk
