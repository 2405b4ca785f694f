"""What all tests share: a browser, and the people who use the desk."""

import os
import shutil

import pytest


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that browser tests drive; `make test` brings one."""
    path = os.environ.get("NEWSDESK_TEST_CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium here: run the tests by `make test`, which brings it, or install the package chromium"
    return path
