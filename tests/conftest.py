"""What all tests share: a browser, and the people who use the desk."""

import os
import shutil

import pytest

from newsdesk.host import registry


@pytest.fixture(scope="session", autouse=True)
def _no_plugin_is_off_at_the_start():
    """Plugins are loaded by whichever test first asks for them, and that may be one that has no database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "_off_at_the_start", frozenset)
        yield


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The Chromium that browser tests drive; `make test` brings one."""
    path = os.environ.get("NEWSDESK_TEST_CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium here: run the tests by `make test`, which brings it, or install the package chromium"
    return path
