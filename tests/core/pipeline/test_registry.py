from dataclasses import dataclass, field, make_dataclass
from types import ModuleType

import pluggy
import pytest

from newsdesk.pipeline import Loaded, Plugin, Problem, build_registry
from newsdesk.sdk import hookimpl, hooks


@dataclass(frozen=True)
class Finder:
    name = "finder"
    version = "1"
    requires = ("text",)
    provides = ("person",)

    def process(self, document):
        return ()


class Lines:
    name = "lines"
    version = "1"
    media_type = "text/plain"
    suffix = ".txt"

    def export(self, records):
        yield b""


def finder(**declared):
    return make_dataclass("Declared", [], bases=(Finder,), namespace=declared, frozen=True)()


def lines(**declared):
    return type("Declared", (Lines,), declared)()


def plugin(processors=None, exporters=None):
    module = ModuleType("plugin")
    hooks_given = {"register_processors": processors, "register_exporters": exporters}
    vars(module).update({name: hookimpl(function) for name, function in hooks_given.items() if function})
    return module


def registry(problems=(), **modules):
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    names = [manager.register(module, name=name) for name, module in modules.items()]
    return build_registry(Loaded(manager, tuple(Plugin(name, name, "1") for name in names), tuple(problems)))


REMEDY = "; mend or uninstall it"


def problem_with(*processors, **hooks_given):
    """What is told of the one thing that is declared wrong, less the remedy, with which it must end."""
    (problem,) = registry(odd=plugin(lambda: processors, **hooks_given)).problems
    assert problem.message.endswith(REMEDY)
    return problem.message.removesuffix(REMEDY)


def leave():
    raise SystemExit("bye")


def stumble():
    raise ValueError("\ud800\0")


@dataclass
class Thawed:
    name = "thawed"
    version = "1"
    requires = provides = ()

    def process(self, document):
        return ()


class NoDataclass:
    name = "plain"
    version = "1"
    requires = provides = ()

    def process(self, document):
        return ()


def test_words_of_a_plugin_that_no_page_could_show_are_made_fit():
    assert "name 'a\\x00' must be" in problem_with(finder(name="a\0"))
    assert "register_processors() failed: ValueError: \ufffd" in registry(a=plugin(stumble)).problems[0].message


@pytest.mark.parametrize("thing", [None, 1, "finder", object(), Lines()])
def test_what_is_no_processor_is_told_what_it_lacks(thing):
    assert problem_with(thing).endswith("is no processor; it must have name, version, requires, provides and process()")


@pytest.mark.parametrize("name", ["", "Finder", "my_finder", "9th", "-a", "a" * 51, "finder\n", None, 5, "fïnder"])
def test_name_that_would_not_do_in_addresses_and_settings_is_refused(name):
    assert problem_with(finder(name=name)).endswith("must be lower-case letters, digits and hyphens, 50 at most")


@pytest.mark.parametrize("processor", [Thawed(), NoDataclass()])
def test_processor_must_be_a_frozen_dataclass(processor):
    assert problem_with(processor) == f"processor {processor.name} must be a frozen dataclass: its fields are its options"


@pytest.mark.parametrize(("attribute", "value"), [("requires", ["text"]), ("requires", "text"), ("provides", {"person"})])
def test_kinds_must_be_a_tuple(attribute, value):
    assert problem_with(finder(**{attribute: value})) == (
        f"processor finder: {attribute} must be a tuple of kinds, not {value!r}"
    )


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"requires": ("txt", "text")}, "processor finder requires 'txt', which nobody has declared"),
        (
            {"provides": ("person", "colour", "animal")},
            "processor finder provides 'animal', 'colour', which nobody has declared",
        ),
        ({"provides": ("content",)}, "processor finder provides 'content', which nobody has declared"),
    ],
)
def test_kind_that_nobody_has_declared_is_refused(declared, message):
    assert problem_with(finder(**declared)) == message


@pytest.mark.parametrize(
    "declared",
    [
        {"requires": (["text"],)},
        {"requires": property(lambda self: 1 / 0)},
        {"requires": property(lambda self: leave())},
        {"name": property(lambda self: leave())},
    ],
)
def test_processor_that_cannot_be_examined_leaves_the_others_in(declared):
    found = registry(a=plugin(lambda: [finder(**declared), finder(name="other")]))
    assert (list(found.processors), "a Declared cannot be examined" in found.problems[0].message) == (["other"], True)


def test_kinds_of_several_types_are_named_all_the_same():
    assert problem_with(finder(requires=(1, None))) == "processor finder requires 1, None, which nobody has declared"


@pytest.mark.parametrize("version", [1, None, "", "1 beta", "1\n", "x" * 51])
def test_version_that_is_no_short_string_is_refused(version):
    assert problem_with(finder(version=version)).startswith("processor finder: version must be a string such as '1.0'")


@pytest.mark.parametrize("accepts", ["text/html", ["text/html"], ("text/htm",), ("image/png", "text/html")])
def test_media_types_that_no_document_has_are_refused(accepts):
    assert problem_with(finder(accepts=accepts)).startswith(
        "processor finder: accepts must be a tuple of application/xhtml+xml, text/html, text/plain, not"
    )


@pytest.mark.parametrize("default", [frozenset({"a"}), float("nan"), object(), b"bytes"])
def test_option_that_settings_cannot_hold_is_refused(default):
    odd = make_dataclass("Odd", [("words", object, field(default=default))], bases=(Finder,), frozen=True)
    assert problem_with(odd()).startswith("processor finder: its options must be plain JSON")


@pytest.mark.parametrize("declared", [Finder, Lines])
def test_class_instead_of_an_instance_is_told_what_to_write(declared):
    assert problem_with(declared) == f"{declared.__name__} is a class; return an instance of it: {declared.__name__}()"


def test_exporter_with_a_version_that_is_no_string_is_refused():
    (problem,) = registry(odd=plugin(exporters=lambda: [lines(version=1)])).problems
    assert problem.message.startswith("exporter lines: version must be a string")


@pytest.mark.parametrize("thing", [None, Finder()])
def test_what_is_no_exporter_is_told_what_it_lacks(thing):
    assert problem_with(exporters=lambda: [thing]).endswith(
        "is no exporter; it must have name, version, media_type, suffix and export()"
    )


def test_exporter_with_a_name_that_would_not_do_is_refused():
    (problem,) = registry(odd=plugin(exporters=lambda: [lines(name="JSON Lines")])).problems
    assert problem.message.startswith("exporter name 'JSON Lines' must be lower-case letters")


@pytest.mark.parametrize(
    ("declare", "reason"),
    [
        (lambda: 1 / 0, "register_processors() failed: ZeroDivisionError: division by zero"),
        (leave, "register_processors() failed: SystemExit: bye"),
        (lambda: None, "register_processors() failed: TypeError: 'NoneType' object is not iterable"),
        (lambda: Finder(), "register_processors() failed: TypeError: 'Finder' object is not iterable"),
    ],
)
def test_hook_that_fails_is_told_and_leaves_the_other_plugins_in(declare, reason):
    found = registry(a=plugin(lambda: [finder(name="one")]), b=plugin(declare), c=plugin(lambda: [finder(name="two")]))
    assert (list(found.processors), found.problems) == (["one", "two"], (Problem("b", reason + REMEDY),))


def test_hook_that_fails_leaves_the_other_hooks_of_its_plugin_in():
    assert list(registry(a=plugin(leave, lambda: [Lines()])).exporters) == ["lines"]


def test_one_bad_processor_leaves_the_others_of_its_plugin_in():
    assert list(registry(a=plugin(lambda: [None, Finder()])).processors) == ["finder"]


def test_second_processor_of_a_name_is_told_who_has_it():
    found = registry(b=plugin(lambda: [Finder()]), a=plugin(lambda: [Finder()]))
    assert (found.owners, found.problems) == (
        {"finder": "a"},
        (Problem("b", "'finder' is taken already, by plugin 'a'; uninstall one of the two"),),
    )


def test_exporter_may_not_have_the_name_of_a_processor():
    found = registry(a=plugin(lambda: [Finder()], lambda: [lines(name="finder")]))
    assert found.problems == (Problem("a", "'finder' is taken already, by plugin 'a'; uninstall one of the two"),)


def test_problems_of_loading_are_kept():
    assert registry([Problem("gone", "cannot be loaded")]).problems == (Problem("gone", "cannot be loaded"),)


def test_processors_and_exporters_come_by_name_whatever_the_order_of_plugins():
    found = registry(
        z=plugin(lambda: [finder(name="b"), finder(name="a")], lambda: [lines(name="y")]),
        a=plugin(lambda: [finder(name="c")], lambda: [lines(name="x")]),
    )
    assert (list(found.processors), list(found.exporters)) == (["a", "b", "c"], ["x", "y"])


def test_owner_of_each_is_the_plugin_that_brought_it():
    assert registry(a=plugin(lambda: [Finder()], lambda: [Lines()])).owners == {"finder": "a", "lines": "a"}


def test_plugin_without_hooks_brings_nothing():
    assert registry(a=plugin()).processors == {}
