from importlib.metadata import PathDistribution

import pytest

from newsdesk.pipeline.documentation import MAX_README, Documentation, documentation


@pytest.fixture
def said(tmp_path, monkeypatch):
    """A function that gives what is told of a distribution with these metadata."""

    def said(metadata):
        folder = tmp_path / "newsdesk_test_documented-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_bytes(b"Metadata-Version: 2.1\nName: newsdesk-test-documented\nVersion: 1.0\n" + metadata)
        monkeypatch.syspath_prepend(tmp_path)
        return documentation("newsdesk-test-documented")

    return said


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//acme.example",
        "acme.example", "http:", "http://", "https://acme.example@evil.example/", "https://acme.example/ x", "http://[", "ftp://acme.example",
        "https:\\\\acme.example", 'https://acme.example/"x', "",
    ],
)  # fmt: skip
def test_address_that_a_browser_should_not_follow_is_no_link(said, url):
    assert said(f"Project-URL: Documentation, {url}\n".encode()).links == ()


@pytest.mark.parametrize("name", ["no-such-distribution", "", "../x", "a\0b"])
def test_distribution_that_is_not_there_says_nothing(name):
    assert documentation(name) == Documentation()


@pytest.mark.parametrize("damage", [ValueError("odd"), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "odd"), OSError("gone")])
def test_metadata_that_cannot_be_read_say_nothing(said, monkeypatch, damage):
    def read_text(*_):
        raise damage

    monkeypatch.setattr(PathDistribution, "read_text", read_text)
    assert said(b"") == Documentation()


def test_what_says_nothing_says_nothing(said):
    assert said(b"") == Documentation()


def test_readme_is_made_fit_to_be_shown(said):
    assert said(b"\nTopics\x00 and\x1b[2J more\r\nof them\n").readme == "Topics and[2J more\nof them"


def test_readme_without_end_is_cut_and_says_so(said):
    assert said(b"\n" + b"a" * (MAX_README + 1)).readme == "a" * MAX_README + "…"


def test_summary_readme_and_links_are_told(said):
    found = said(
        b"Summary: Finds topics.\nHome-page: http://acme.example\nProject-URL: Documentation, https://docs.acme.example:8000/a?b\n"
        b"\n# Topics\n\nFinds <b>topics</b>.\n"
    )
    assert (found.summary, found.readme) == ("Finds topics.", "# Topics\n\nFinds <b>topics</b>.")
    assert [(each.label, each.url, each.host) for each in found.links] == [
        ("Documentation", "https://docs.acme.example:8000/a?b", "docs.acme.example"),
        ("Home page", "http://acme.example", "acme.example"),
    ]
