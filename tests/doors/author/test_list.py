"""`newsdesk plugins list`: what is installed, and what is wrong with it."""

from pathlib import Path

import pytest

from tests.doors.author.conftest import Run


@pytest.fixture
def broken(tmp_path: Path) -> str:
    """A folder for the import path with a plugin that misses a module."""
    (tmp_path / "acme_broken.py").write_text("import no_such_module")
    metadata = tmp_path / "acme_broken-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-broken\nVersion: 1\n")
    (metadata / "entry_points.txt").write_text("[newsdesk]\nacme-broken = acme_broken\n")
    return str(tmp_path)


def test_broken_plugin_is_named_with_the_reason(newsdesk: Run, broken: str) -> None:
    done = newsdesk("plugins", "list", PYTHONPATH=broken)
    assert (done.returncode, "acme-broken: cannot be loaded" in done.stdout, "quotes" in done.stdout) == (0, True, True)


def test_check_fails_where_a_plugin_is_broken(newsdesk: Run, broken: str) -> None:
    assert newsdesk("plugins", "list", "--check", PYTHONPATH=broken).returncode == 1


def test_check_passes_where_all_is_well(newsdesk: Run) -> None:
    assert newsdesk("plugins", "list", "--check").returncode == 0


def test_plugins_processors_and_exporters_are_listed(newsdesk: Run) -> None:
    said = newsdesk("plugins", "list").stdout
    assert [each in said for each in ("newsdesk-quotes", "min_confidence=0.0", "application/jsonl", "\x1b")] == [
        True,
        True,
        True,
        False,
    ]
