"""The tests' own processors, called in this process: no command of these tests starts another one."""

import contextlib

import pytest

from newsdesk.console.management.commands import process
from newsdesk.pipeline.run import call_here
from tests.apps.conftest import install  # noqa: F401 - a fixture


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "make_runner", lambda: contextlib.nullcontext(call_here))
