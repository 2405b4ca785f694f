"""The house holds: layers, types, style, migrations, and documents that say what the code says."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from newsdesk.config.limits import PluginLimits
from newsdesk.pipeline.compatibility import declared_range, why_incompatible
from newsdesk.pipeline.discovery import LISTED
from newsdesk.pipeline.trace import TRACED
from newsdesk.sdk import API_VERSION, MOVED, hooks

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
PLUGINS = sorted(each for each in (ROOT / "plugins").iterdir() if (each / "pyproject.toml").exists())
HOOKS = sorted(name for name, value in vars(hooks).items() if hasattr(value, "newsdesk_spec"))
LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports"],
        ["mypy"],
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker/compose.yaml"],
    ],
    ids=lambda command: command[0] + command[-1].strip("."),
)
def test_tool_finds_nothing(command: list[str]) -> None:
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [["makemigrations", "--check", "--dry-run"], ["check", "--fail-level", "WARNING"]])
def test_django_finds_nothing(command: list[str], tmp_path: Path) -> None:
    environment = {"PATH": str(BIN), "NEWSDESK_DATA": str(tmp_path)}
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("package", ["sdk", "pipeline"])
def test_below_the_apps_there_is_only_the_standard_library_and_pluggy(package: str) -> None:
    imported = {name.partition(".")[0] for path in (ROOT / "newsdesk" / package).rglob("*.py") for name in _imports(path)}
    assert imported - set(sys.stdlib_module_names) <= {"newsdesk", "pluggy"}


def test_every_plugin_folder_is_under_the_import_contracts() -> None:
    packages = {each.name.replace("-", "_") for each in PLUGINS}
    assert packages == set(LINTER["root_packages"]) - {"newsdesk"}


@pytest.mark.parametrize("plugin", PLUGINS, ids=lambda plugin: plugin.name)
def test_plugin_has_a_readme_tests_and_an_entry_point(plugin: Path) -> None:
    declared = tomllib.loads((plugin / "pyproject.toml").read_text())["project"]
    there = [(plugin / "README.md").read_text().strip() != "", any((plugin / "tests").glob("test_*.py"))]
    assert (there, list(declared["entry-points"])) == ([True, True], ["newsdesk"])


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_is_documented_used_by_a_plugin_of_ours_and_tested(hook: str) -> None:
    places = [
        [ROOT / "docs" / "authors" / "reference.md"],
        [path for plugin in PLUGINS for path in plugin.glob("newsdesk_*/__init__.py")],
        list((ROOT / "tests" / "core").rglob("test_*.py")),
    ]
    assert [any(hook in path.read_text() for path in paths) for paths in places] == [True, True, True]


def test_version_of_the_sdk_is_that_of_newsdesk_and_our_plugins_are_made_for_it() -> None:
    projects = [tomllib.loads((each / "pyproject.toml").read_text())["project"] for each in (ROOT, *PLUGINS)]
    ranges = [declared_range(each["dependencies"]) for each in projects[1:]]
    assert (projects[0]["version"], all(ranges)) == (API_VERSION, True)
    assert [why_incompatible(each, API_VERSION) for each in ranges] == [None] * len(PLUGINS)


def test_what_was_to_go_in_this_release_is_gone() -> None:
    assert {name: why_incompatible(f"<{moved.gone_in}", API_VERSION) for name, moved in MOVED.items()} == dict.fromkeys(MOVED)


def test_every_setting_is_documented() -> None:
    limits = {f"NEWSDESK_PLUGIN_{name.upper()}" for name in PluginLimits.__dataclass_fields__}
    words = [word for name in ("env.py", "limits.py") for word in _words(ROOT / "newsdesk" / "config" / name)]
    named = {word for word in words if word.startswith("NEWSDESK_")} | limits | {LISTED, TRACED}
    documented = set(_words(ROOT / "docs" / "settings.md"))
    assert named - documented == {"NEWSDESK_", "NEWSDESK_PLUGIN_"}


def test_lock_has_hashes_and_no_address_of_a_registry() -> None:
    locks = [(ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")]
    assert [("--hash=sha256:" in lock, "://" in lock, "index-url" in lock) for lock in locks] == [(True, False, False)] * 2


def _imports(path: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(path.read_text())))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]


def _words(path: Path) -> list[str]:
    return "".join(char if char.isalnum() or char == "_" else " " for char in path.read_text()).split()
