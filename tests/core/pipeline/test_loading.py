from importlib.metadata import EntryPoint

import pytest

from newsdesk.pipeline import Plugin, load

GOOD = """
from newsdesk.sdk import hookimpl

@hookimpl
def register_processors():
    return []
"""
MISSPELT = """
from newsdesk.sdk import hookimpl

@hookimpl
def register_procesors():
    return []
"""
WITHOUT_WORDS = """
class Odd(Exception):
    def __str__(self):
        raise SystemExit
raise Odd
"""
ANSWERS_EVERYTHING = f"""{GOOD}
class Anything:
    def __getattr__(self, name):
        return self
anything = Anything()
"""
WRONG_ARGUMENTS = """
from newsdesk.sdk import hookimpl

@hookimpl
def register_exporters():
    return []

@hookimpl
def register_processors(settings):
    return []
"""


@pytest.fixture
def plugins(tmp_path, monkeypatch, write_plugin):
    """A function that makes plugins importable and gives what `load` makes of them, with a good one among them."""

    def loaded(**codes):
        names = {name: f"newsdesk_test_{tmp_path.name}_{name}" for name in codes}
        monkeypatch.syspath_prepend(tmp_path)
        [(tmp_path / f"{names[name]}.py").write_text(code) for name, code in codes.items()]
        return load([EntryPoint(name, module, "newsdesk") for name, module in names.items()])

    return loaded


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise ImportError('too old')", "ImportError: too old"),
        ("raise SystemExit('bye')", "SystemExit: bye"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("class Odd(BaseException): pass\nraise Odd('x')", "Odd: x"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def", "SyntaxError: invalid syntax"),
        (
            MISSPELT,
            "TypeError: implements register_procesors, which is no hook; there are register_exporters, register_kinds",
        ),
        (WRONG_ARGUMENTS, "PluginValidationError"),
        ("", "TypeError: implements no hook, with @hookimpl before it; there are register_exporters, register_kinds"),
        (WITHOUT_WORDS, "Odd: (an error without words)"),
        ("raise ImportError('a\\x00b\\ud800' + 'c' * 5000)", "ImportError: ab\ufffdccc"),
    ],
)
def test_broken_plugin_is_told_with_its_reason_and_the_remedy(plugins, code, reason):
    (problem,) = plugins(broken=code).problems
    assert (problem.plugin, reason in problem.message, problem.message.endswith("; mend or uninstall it")) == (
        "broken",
        True,
        True,
    )


def test_plugin_that_misses_a_package_is_told_which_to_install(plugins):
    (problem,) = plugins(broken="import no_such_module.part").problems
    assert problem.message.endswith(
        "ModuleNotFoundError: No module named 'no_such_module'; install what brings no_such_module, or uninstall it"
    )


def test_plugin_with_one_bad_hook_is_not_half_in(plugins):
    assert plugins(broken=WRONG_ARGUMENTS).manager.hook.register_exporters.get_hookimpls() == []


def test_three_broken_plugins_leave_the_others_in(plugins):
    loaded = plugins(a=GOOD, b="raise ImportError('x')", c="raise SystemExit", d=GOOD, e=MISSPELT, f=GOOD)
    assert ([each.name for each in loaded.plugins], [each.plugin for each in loaded.problems]) == (
        ["a", "d", "f"],
        ["b", "c", "e"],
    )


def test_interrupt_from_the_keyboard_is_not_the_plugins_fault(plugins):
    with pytest.raises(KeyboardInterrupt):
        plugins(broken="raise KeyboardInterrupt")


def test_entry_point_that_leads_nowhere_is_told():
    loaded = load([EntryPoint("gone", "no_such_module:plugin", "newsdesk")])
    (problem,) = loaded.problems
    assert problem.message.startswith("cannot be loaded from no_such_module:plugin: ModuleNotFoundError")
    assert problem.message.endswith("; reinstall or uninstall it")


def test_second_plugin_of_the_same_name_is_told_and_the_first_stays(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "newsdesk_test_first.py").write_text(GOOD)
    (tmp_path / "newsdesk_test_second.py").write_text(GOOD)
    loaded = load([EntryPoint("one", f"newsdesk_test_{each}", "newsdesk") for each in ("first", "second")])
    assert (loaded.plugins, [each.plugin for each in loaded.problems], len(loaded.manager.get_plugins())) == (
        (Plugin("one", "newsdesk_test_first", "0"),),
        ["one"],
        1,
    )


def test_name_of_a_plugin_is_told_before_its_code_runs(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "newsdesk_test_told.py").write_text("raise ImportError(', '.join(__import__('sys').newsdesk_told))")
    monkeypatch.setattr("sys.newsdesk_told", told := [], raising=False)
    loaded = load([EntryPoint("told", "newsdesk_test_told", "newsdesk")], told.append)
    assert "ImportError: told;" in loaded.problems[0].message


def test_object_in_a_plugin_that_has_every_attribute_is_no_hook(plugins):
    assert plugins(good=ANSWERS_EVERYTHING).problems == ()


def test_no_plugins_are_fine():
    assert load([]).plugins == ()


def test_good_plugin_has_no_problems(plugins):
    assert plugins(good=GOOD).problems == ()


def test_installed_plugins_come_by_name_with_their_distribution(tmp_path, monkeypatch, write_plugin):
    write_plugin(tmp_path, "zz-installed", GOOD, "2.5")
    write_plugin(tmp_path, "aa-installed", GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    found = [each for each in load().plugins if each.name.endswith("-installed")]
    assert found == [
        Plugin("aa-installed", "newsdesk-test-aa-installed", "1.0"),
        Plugin("zz-installed", "newsdesk-test-zz-installed", "2.5"),
    ]
