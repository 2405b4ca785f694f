import sys
from types import ModuleType

import pytest

import newsdesk.sdk
from newsdesk.sdk import Artifact
from newsdesk.sdk.deprecation import Moved, deprecated, moved_names


@pytest.fixture(autouse=True)
def acme(monkeypatch):
    """A module from which the name Finding went."""
    module = ModuleType("acme_sdk")
    module.__getattr__ = moved_names("acme_sdk", {"Finding": Moved("newsdesk.sdk:Artifact", "0.3")})
    monkeypatch.setitem(sys.modules, "acme_sdk", module)
    return module


@deprecated("newsdesk.sdk.examine", "0.3")
def look(content, *, name):
    return content, name


def test_name_that_never_was_is_missing_as_ever(acme):
    with pytest.raises(AttributeError, match="module 'acme_sdk' has no attribute 'Nothing'"):
        acme.Nothing  # noqa: B018


def test_name_that_never_was_cannot_be_imported_from_the_sdk():
    with pytest.raises(ImportError, match=r"cannot import name 'Nothing' from 'newsdesk\.sdk'"):
        from newsdesk.sdk import Nothing  # noqa: F401


def test_nothing_of_the_sdk_warns_when_all_of_it_is_imported():
    assert [getattr(newsdesk.sdk, name) is None for name in newsdesk.sdk.__all__].count(True) == 0


def test_name_that_moved_works_and_names_its_successor_and_the_release_in_which_it_goes():
    with pytest.warns(DeprecationWarning, match=r"acme_sdk\.Finding goes in Newsdesk 0\.3; use newsdesk\.sdk\.Artifact$"):
        from acme_sdk import Finding
    assert Finding is Artifact


def test_warning_points_at_the_plugin_that_uses_the_name():
    with pytest.warns(DeprecationWarning, match="acme_sdk") as warned:
        from acme_sdk import Finding  # noqa: F401
    assert warned[0].filename == __file__


def test_function_that_goes_works_and_names_its_successor():
    with pytest.warns(DeprecationWarning, match=r"look goes in Newsdesk 0\.3; use newsdesk\.sdk\.examine") as warned:
        assert look(b"x", name="a") == (b"x", "a")
    assert warned[0].filename == __file__
