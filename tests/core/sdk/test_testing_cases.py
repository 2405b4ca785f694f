"""Golden cases, and what pytest shows of them and of contracts: run as an author runs them, in a folder of their own."""

import json
import subprocess
import sys

import pytest

from newsdesk.sdk.testing import cases

PLUGIN = """
import re
from dataclasses import dataclass, replace
from newsdesk.sdk import HTML, PLAIN, Artifact, Span, UnreadableContent


@dataclass(frozen=True)
class Shouting:
    name = "shouting"
    version = "1"
    requires = ("text",)
    provides = ("organisation",)
    least: int = 3

    def process(self, document):
        for match in re.finditer(r"\\b[A-Z]+\\b", document.text):
            if len(match[0]) >= self.least:
                yield Artifact("organisation", {"name": match[0]}, (Span(*match.span()),), 0.4)


@dataclass(frozen=True)
class Reader(Shouting):
    name = "reader"
    requires = ("content",)
    provides = ("text",)

    def process(self, document):
        text = re.sub("<[^>]*>", "", document.decoded.text).strip()
        if not text:
            raise UnreadableContent("nothing to read")
        yield Artifact("text", {"text": text})


@dataclass(frozen=True)
class Notes:
    name = "notes"
    version = "1"
    media_types = ("text/x-notes",)
    media_type = PLAIN

    def read(self, document):
        words = document.decoded.text.replace("# ", "")
        return replace(document, content=words.encode(), media_type=self.media_type, charset="utf-8")


class Pages(Notes):
    media_type = HTML
"""
FOUND = [
    {"kind": "organisation", "data": {"name": "NATO"}, "confidence": 0.4, "spans": ["mention 2-6: NATO"]},
    {"kind": "organisation", "data": {"name": "EEC"}, "confidence": 0.4, "spans": ["mention 11-14: EEC"]},
]


@pytest.fixture
def author(tmp_path):
    """A folder with a plugin; `author(test, *options)` runs a test module there and gives what pytest printed."""
    (tmp_path / "acme_shouting.py").write_text(PLUGIN)

    def run(test, *options, **files):
        for path, content in files.items():
            (tmp_path / "cases" / path).mkdir(parents=True, exist_ok=True)
            for name, text in content.items():
                (tmp_path / "cases" / path / name.replace("_", ".")).write_text(text, "utf-8")
        (tmp_path / "test_acme.py").write_text(f"from acme_shouting import *\nfrom newsdesk.sdk.testing import *\n{test}\n")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-c",
            "/dev/null",
            "-p",
            "no:django",
            "-p",
            "no:cacheprovider",
            *options,
            ".",
        ]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout

    run.folder = tmp_path
    return run


def written(author, name):
    return json.loads((author.folder / "cases" / name / "out.json").read_text("utf-8"))


def test_folder_without_a_case_is_told_with_the_remedy(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"make a folder NAME there with in.txt or in.html, then run pytest --newsdesk-up"
    ):
        cases(None, tmp_path)


def test_case_without_an_outcome_fails_and_shows_what_is_found(author):
    told = author("TestCases = cases(Shouting())", first={"in_txt": "🦊 NATO."})
    assert "out.json, which is not there" in told
    assert "mention 2-6: NATO" in told


def test_outcome_that_is_no_json_is_told(author):
    told = author("TestCases = cases(Shouting())", first={"in_txt": "a", "out_json": "["})
    assert "mend it by hand, or run pytest --newsdesk-update" in told


def test_page_for_a_processor_that_reads_a_text_is_told(author):
    assert "give cases(..., before=[...])" in author("TestCases = cases(Shouting())", first={"in_html": "<p>NATO"})


def test_difference_is_shown_by_lines_with_the_words_around(author):
    wrong = json.dumps([{**FOUND[0], "data": {"name": "Nato"}}, FOUND[1]])
    told = author("TestCases = cases(Shouting())", first={"in_txt": "🦊 NATO and EEC", "out_json": wrong})
    shown = [line[14:] for line in told.splitlines() if line[:14].isspace() and line[14:15] in ("-", "+")]
    assert shown == ["--- out.json", "+++ found now", '-   "name": "Nato"', '+   "name": "NATO"']


def test_failure_is_told_without_the_insides_of_the_kit(author):
    told = author("TestCases = cases(Shouting())", first={"in_txt": "NATO", "out_json": "[]"})
    assert "def test" not in told


def test_case_that_breaks_the_contract_is_told_without_the_insides_of_the_kit(author):
    broken = "class Broken(Shouting):\n    provides = ('person',)\nTestCases = cases(Broken())"
    told = author(broken, first={"in_txt": "NATO"})
    assert ("of kind 'organisation', which shouting does not name" in told, "def check" in told) == (True, False)


def test_short_summary_says_what_was_found(author):
    told = author("TestCases = cases(Shouting())", first={"in_txt": "NATO", "out_json": "["})
    assert "FAILED test_acme.py::TestCases::test_first - Expecting value: line 1" in told


def test_update_writes_what_is_found_and_names_the_file(author):
    told = author("TestCases = cases(Shouting())", "--newsdesk-update", first={"in_txt": "🦊 NATO and EEC"})
    assert (written(author, "first"), "first/out.json" in told, "1 passed" in told) == (FOUND, True, True)


def test_update_leaves_a_file_alone_that_says_the_same(author):
    compact = json.dumps(FOUND)
    author("TestCases = cases(Shouting())", "--newsdesk-update", first={"in_txt": "🦊 NATO and EEC", "out_json": compact})
    assert (author.folder / "cases" / "first" / "out.json").read_text() == compact


def test_update_keeps_to_the_contract(author):
    broken = "class Broken(Shouting):\n    provides = ('person',)\nTestCases = cases(Broken())"
    author(broken, "--newsdesk-update", first={"in_txt": "NATO"})
    assert not (author.folder / "cases" / "first" / "out.json").exists()


def test_update_replaces_what_is_no_json(author):
    author("TestCases = cases(Shouting())", "--newsdesk-update", first={"in_txt": "🦊 NATO and EEC", "out_json": "["})
    assert written(author, "first") == FOUND


def test_case_that_is_as_it_was_passes_under_its_own_name(author):
    told = author("TestCases = cases(Shouting())", "-v", first={"in_txt": "🦊 NATO and EEC", "out_json": json.dumps(FOUND)})
    assert "test_acme.py::TestCases::test_first PASSED" in told


def test_page_is_read_by_the_processors_before(author):
    test = "TestCases = cases(Shouting(), before=[Reader()])"
    author(test, "--newsdesk-update", page={"in_html": "<p>🦊 NATO and EEC</p>"})
    assert written(author, "page") == FOUND


def test_page_and_text_of_one_case_are_two_tests(author):
    test = "TestCases = cases(Reader(), show=lambda found, text: text)"
    told = author(test, "-v", both={"in_html": "<p>NATO", "in_txt": "NATO", "out_json": '"NATO"'})
    assert ("::test_both_html PASSED" in told, "::test_both_txt PASSED" in told) == (True, True)


def test_author_may_say_what_is_shown(author):
    test = "TestCases = cases(Shouting(), show=lambda found, text: [each.data['name'] for each in found])"
    author(test, "--newsdesk-update", first={"in_txt": "NATO and EEC"})
    assert written(author, "first") == ["NATO", "EEC"]


def test_folder_may_be_named(author):
    author("TestCases = cases(Shouting(), 'cases/more')", "--newsdesk-update", **{"more/first": {"in_txt": "NATO"}})
    assert written(author, "more/first")[0]["data"] == {"name": "NATO"}


def test_document_that_a_reader_refuses_is_told(author):
    told = author("TestCases = cases(Notes())", first={"in_note": "# "})
    assert "notes found no words in this document" in told


def test_difference_in_what_is_read_is_shown_by_lines(author):
    told = author("TestCases = cases(Notes())", first={"in_note": "# One\nTwo", "out_txt": "Won\nTwo"})
    shown = [line[14:] for line in told.splitlines() if line[:14].isspace() and line[14:15] in ("-", "+")]
    assert (shown, "mend the reader" in told) == (["--- out.txt", "+++ found now", "-Won", "+One"], True)


@pytest.mark.parametrize(("reader", "out"), [("Notes", "out.txt"), ("Pages", "out.html")])
def test_update_writes_what_is_read_as_a_text_or_a_page(author, reader, out):
    author(f"TestCases = cases({reader}())", "--newsdesk-update", first={"in_note": "# One\nTwo\n"})
    assert (author.folder / "cases" / "first" / out).read_text() == "One\nTwo\n"


def test_what_is_read_as_it_was_passes(author):
    told = author("TestCases = cases(Notes())", "-v", first={"in_note": "# One\nTwo", "out_txt": "One\nTwo"})
    assert "::test_first PASSED" in told


def test_contract_is_one_line_with_a_named_test_for_each_clause(author):
    told = author("TestContract = contract(Shouting(), huge=5_000)", "-v")
    names = [line.split("::")[2].split()[0] for line in told.splitlines() if "PASSED" in line]
    assert sorted(names) == [
        "test_data_is_valid",
        "test_declares_itself",
        "test_finds_something",
        "test_gives_the_same_again",
        "test_gives_the_same_in_a_fresh_interpreter",
        "test_leaves_its_input_alone",
        "test_options_survive_a_round_trip",
        "test_reports_time_and_memory",
        "test_sees_only_what_it_requires",
        "test_spans_are_in_bounds",
        "test_spans_count_code_points",
        "test_survives_empty_documents",
        "test_survives_hostile_documents",
        "test_survives_huge_documents",
        "test_survives_pickling",
        "test_survives_unknown_artifacts",
        "test_yields_declared_kinds_only",
    ]


@pytest.mark.parametrize("mode", ["prepend", "importlib"])
def test_processor_of_a_test_module_is_found_by_fresh_interpreters(author, mode):
    (author.folder / "tests" / "deep").mkdir(parents=True)
    test = f"{PLUGIN}\nfrom newsdesk.sdk.testing import contract\nTestContract = contract(Shouting(), huge=5_000)\n"
    (author.folder / "tests" / "deep" / "test_deep.py").write_text(test)
    assert "1 passed" in author("", f"--import-mode={mode}", "-k", "fresh")


def test_what_it_costs_stands_in_the_summary(author):
    assert "shouting 1: import" in author("TestContract = contract(Shouting(), huge=5_000)", "-k", "time_and_memory")


def test_contract_holds_where_the_pytest_plugin_is_off(author):
    assert "17 passed" in author("TestContract = contract(Shouting(), huge=5_000)", "-p", "no:newsdesk")


def test_cases_hold_where_the_pytest_plugin_is_off(author):
    told = author("TestCases = cases(Shouting())", "-p", "no:newsdesk", first={"in_txt": "NATO", "out_json": "[]"})
    assert "shouting does not keep the contract: golden case" in told


def test_sdk_and_the_kit_import_no_pytest():
    code = "import sys, newsdesk.sdk, newsdesk.sdk.testing.pytest_plugin; print('pytest' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
