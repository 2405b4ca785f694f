"""A plugin's folder: what it must say of itself."""

import os
from pathlib import Path

import pytest

from newsdesk.author.errors import AuthorError
from newsdesk.author.folder import beside_the_installed, read_folder
from tests.doors.author.conftest import Make

NO_ENTRY = '[project]\nname = "acme"\nversion = "1"\n'
SAID = f"{NO_ENTRY}[project.entry-points.newsdesk]\n"


@pytest.mark.parametrize(
    ("project", "said"),
    [
        ("[", "cannot be read"),
        ("x = 1", "has no [project]"),
        ('[project]\nname = "a\\nb"', "must have a name of letters, digits and hyphens"),
        ('[project]\nname = "a"\nversion = 3', 'version must be a string such as "0.1.0", not 3'),
        (NO_ENTRY, "names no plugin; add:\n\n[project.entry-points.newsdesk]"),
        (SAID + 'acme = "acme names"', "entry point acme = 'acme names' must name a module"),
        (SAID + 'acme = "no_such_module"', "has no module no_such_module, which its entry point names"),
        (SAID + 'quotes = "acme_names"', "entry point 'quotes' of acme is taken by newsdesk-quotes"),
    ],
)
def test_folder_that_declares_no_plugin_is_refused_with_the_remedy(make_plugin: Make, project: str, said: str) -> None:
    folder = make_plugin(project=project)
    with pytest.raises(AuthorError) as refused:
        read_folder(folder)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("nowhere", "nowhere is not there; name the folder of a plugin"),
        ("story.txt", "story.txt is no folder; name the folder of a plugin"),
        (".", "has no pyproject.toml; name the folder of a plugin, or make one"),
    ],
)
def test_path_that_is_no_plugin_is_refused(make_plugin: Make, tmp_path: Path, path: str, said: str) -> None:
    make_plugin()
    with pytest.raises(AuthorError) as refused:
        read_folder(tmp_path / path)
    assert said in str(refused.value)


def test_modules_may_lie_in_src(make_plugin: Make) -> None:
    folder = make_plugin()
    (folder / "src").mkdir()
    (folder / "acme_names.py").rename(folder / "src" / "acme_names.py")
    assert read_folder(folder).source == folder / "src"


def test_plugin_that_is_tried_is_wanted_whatever_the_operator_lists(make_plugin: Make, monkeypatch) -> None:
    monkeypatch.setenv("NEWSDESK_LOAD_PLUGINS", "text,quotes==1")
    with beside_the_installed(read_folder(make_plugin())):
        during = os.environ["NEWSDESK_LOAD_PLUGINS"]
    assert (during, os.environ["NEWSDESK_LOAD_PLUGINS"]) == ("text,quotes==1,acme-names", "text,quotes==1")


def test_what_the_project_says_is_read(make_plugin: Make) -> None:
    found = read_folder(make_plugin())
    assert (found.distribution, found.version, dict(found.entries)) == ("acme-names", "0.3", {"acme": "acme_names"})
