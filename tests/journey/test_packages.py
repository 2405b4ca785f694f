"""What `pip install` brings, and a plugin's way from nothing to a site that has it."""

import json
import subprocess
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from newsdesk.author.scaffold import SAMPLES, write_plugin
from tests.wheels import ROOT, build_wheel, make_environment, run, wheel_of_installed

NEW = {"acme-topics": "processor", "acme-figures": "kind", "acme-mails": "reader", "acme-table": "exporter"}
SEED = ROOT / "seeds" / "004_storm-night.txt"
PYTEST = ("pytest", "iniconfig", "packaging", "pygments")
INSTALLED = "from importlib.metadata import distributions; print(*sorted(each.name for each in distributions()))"


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our wheels, and those that they and a plugin's tests need."""
    folder = tmp_path_factory.mktemp("wheels")
    for source in (ROOT, ROOT / "plugins" / "newsdesk-text", ROOT / "plugins" / "newsdesk-quotes"):
        build_wheel(source, folder)
    for name in ("pluggy", *PYTEST):
        wheel_of_installed(name, folder)
    return folder


@pytest.fixture(scope="module")
def bare(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment in which nothing but `newsdesk` was asked for."""
    return make_environment(tmp_path_factory.mktemp("bare") / "venv", wheels, "newsdesk")


def test_wheel_has_every_file_of_the_package(wheels: Path) -> None:
    there = {str(each.relative_to(ROOT)) for each in (ROOT / "newsdesk").rglob("*") if each.is_file()}
    with zipfile.ZipFile(next(wheels.glob("newsdesk-[0-9]*.whl"))) as wheel:
        packed = {name for name in wheel.namelist() if name.startswith("newsdesk/")}
    assert packed == {name for name in there if "__pycache__" not in name}


def test_nothing_but_pluggy_comes_along(bare: Path, tmp_path: Path) -> None:
    assert run(str(bare / "python"), "-c", INSTALLED, cwd=tmp_path).split() == ["newsdesk", "pluggy"]


def test_extras_bring_the_rest(wheels: Path) -> None:
    with zipfile.ZipFile(next(wheels.glob("newsdesk-[0-9]*.whl"))) as wheel:
        name = next(each for each in wheel.namelist() if each.endswith("/METADATA"))
        metadata = Parser().parsestr(wheel.read(name).decode())
    required = metadata.get_all("Requires-Dist")
    extras = {
        extra: [each for each in required if f"extra == '{extra}'" in each] for extra in metadata.get_all("Provides-Extra")
    }
    assert (sorted(extras), len(extras["author"]), any("django<" in each for each in extras["server"])) == (
        ["author", "server"],
        1,
        True,
    )


def test_sdk_and_plain_command_work_with_pluggy_alone(bare: Path, tmp_path: Path) -> None:
    code = "import newsdesk.sdk, newsdesk.sdk.testing, newsdesk.pipeline"
    command = [str(bare / "python"), "-c", f"{code}; from newsdesk.pipeline.command import main; main(['{SEED}'])"]
    assert json.loads(run(*command, cwd=tmp_path))["document"]["media_type"] == "text/plain"


def test_command_for_authors_works_with_pluggy_alone(bare: Path, tmp_path: Path) -> None:
    assert "No plugin is installed" in run(str(bare / "newsdesk"), "plugins", "list", cwd=tmp_path)


def test_without_a_plugin_that_gives_a_text_the_remedy_is_named(bare: Path, tmp_path: Path) -> None:
    folder = write_plugin("acme-topics", tmp_path, {}, ask=False)
    command = [str(bare / "newsdesk"), "plugins", "try", str(folder), str(SEED)]
    done = subprocess.run(command, env={"HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}, capture_output=True, text=True)
    assert (done.returncode, "-m pip install newsdesk-text newsdesk-html" in done.stderr) == (2, True)


@pytest.fixture(scope="module")
def plugins(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders of new plugins, one of each sort, all built as wheels."""
    folder = tmp_path_factory.mktemp("plugins")
    for name, sort in NEW.items():
        build_wheel(write_plugin(name, folder, {"sort": sort}, ask=False), wheels)
    return folder


@pytest.fixture(scope="module")
def installed(plugins: Path, wheels: Path) -> Path:
    """The `bin` of an environment with all of them, beside ours."""
    theirs = [f"{name}[test]" for name in NEW]
    return make_environment(plugins / "venv", wheels, "newsdesk-text", "newsdesk-quotes", *theirs)


@pytest.mark.parametrize("name", NEW)
def test_new_plugin_passes_its_tests_where_it_is_installed(installed: Path, plugins: Path, name: str) -> None:
    assert " passed" in run(str(installed / "python"), "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=plugins / name)


@pytest.mark.parametrize("name", NEW)
def test_wheel_of_a_new_plugin_has_module_types_and_licence(plugins: Path, wheels: Path, name: str) -> None:
    module = name.replace("-", "_")
    with zipfile.ZipFile(next(wheels.glob(f"{module}-*.whl"))) as wheel:
        packed = set(wheel.namelist())
    info = f"{module}-0.1.0.dist-info"
    source = {f"{module}/{each.name}" for each in (plugins / name / module).iterdir() if each.is_file()}
    extra = {f"{info}/{each}" for each in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")}
    assert (packed, f"{module}/py.typed" in packed) == (source | extra, True)


def test_new_processor_finds_something_in_a_seed(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run(str(installed / "python"), "-m", "newsdesk.pipeline", str(SEED), cwd=tmp_path))["artifacts"]
    assert [each["data"]["value"] for each in found if each["processor"] == "acme-topics"] == ["transport", "weather"]


def test_new_kind_is_found_in_a_seed(installed: Path, tmp_path: Path) -> None:
    found = json.loads(run(str(installed / "python"), "-m", "newsdesk.pipeline", str(SEED), cwd=tmp_path))["artifacts"]
    assert [each["data"] for each in found if each["kind"] == "figure"] == [{"value": 171.0, "unit": "km/h"}]


def test_new_reader_reads_its_mail(installed: Path, plugins: Path, tmp_path: Path) -> None:
    mail = plugins / "acme-mails" / SAMPLES["reader"]
    said = json.loads(run(str(installed / "python"), "-m", "newsdesk.pipeline", str(mail), cwd=tmp_path))
    assert said["text"].startswith("Harbour of Sandvik to open “in time for herring”")


def test_new_plugins_are_listed_and_nothing_is_wrong_with_them(installed: Path, tmp_path: Path) -> None:
    said = run(str(installed / "newsdesk"), "plugins", "list", "--check", cwd=tmp_path)
    assert [each in said for each in ("min_mentions=3", "figure  Figure", "message/rfc822", "text/csv")] == [True] * 4


def test_new_exporter_writes_the_quotes_of_a_seed(installed: Path, plugins: Path, tmp_path: Path) -> None:
    said = run(str(installed / "newsdesk"), "plugins", "try", str(plugins / "acme-table"), str(SEED), cwd=tmp_path)
    assert "Beatrix Oduya,baker in Eskerby," in said
