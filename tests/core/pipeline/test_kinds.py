"""Kinds that plugins declare, from the registry through plan and run to the plugins' process."""

from dataclasses import dataclass, replace
from types import ModuleType

import pluggy
import pytest

from newsdesk.pipeline import Findings, Loaded, Outcome, Plan, Plugin, build_registry, run
from newsdesk.pipeline.holding import hold
from newsdesk.pipeline.kinds import without_code
from newsdesk.pipeline.runner import Runner
from newsdesk.sdk import KINDS, Artifact, ContractError, Kind, Span, hookimpl, hooks
from newsdesk.sdk.testing import check_processor, make_document

TEXT = "The bridge is 90 metres long."


def no_numbers(artifact, text):
    return "a notice has no numbers" if any(map(str.isdigit, artifact.data["words"])) else None


SCHEMA = {"type": "object", "required": ["words"], "properties": {"words": {"type": "string", "pattern": "^[a-z ]+$"}}}
NOTICE = Kind("notice", "Notice", SCHEMA, {"block": (1, 1)})
CHECKED = Kind("notice", "Notice", roles={"block": (1, 1)}, check=no_numbers)
PLAIN = Kind("notice", "Notice", {"type": "object", "required": ["words"]}, {"block": (1, 1)})


@dataclass(frozen=True)
class Notices:
    name = "notices"
    version = "1"
    requires = ("text",)
    provides = ("notice",)
    words: str = "the bridge"
    end: int = 10

    def process(self, document):
        yield notice(self.words, self.end)


def notice(words, end=10, role="block"):
    return Artifact("notice", {"words": words}, (Span(0, end, role),))


def registry(**plugins):
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    for name, (kinds, processors) in plugins.items():
        module = ModuleType(name)
        module.register_kinds = hookimpl(lambda kinds=kinds: kinds)
        module.register_processors = hookimpl(lambda processors=processors: processors)
        manager.register(module, name=name)
    return build_registry(Loaded(manager, tuple(Plugin(name, name, "1") for name in plugins), ()))


def problems(**plugins):
    return [(each.plugin, each.message) for each in registry(**plugins).problems]


def outcome(processor, kind, **arguments):
    (ran,) = run(Plan((processor,), (), {**KINDS, kind.name: kind}), make_document(TEXT), **arguments).runs
    return ran.outcome, ran.error


# Which are taken


def test_kind_that_ships_is_taken_already():
    assert problems(odd=([Kind("quote", "Quote")], [])) == [
        ("odd", "kind 'quote' is taken already, by Newsdesk itself; choose another name")
    ]


def test_kind_of_another_plugin_is_taken_already():
    assert problems(first=([NOTICE], []), second=([PLAIN], [])) == [
        ("second", "kind 'notice' is taken already, by plugin 'first'; choose another name")
    ]


def test_processors_that_provide_a_refused_kind_are_named_with_it():
    assert [message for _, message in problems(odd=([replace(NOTICE, roles=None)], [Notices()]))] == [
        "kind notice: roles must be a dict of 20 roles at most, not None; mend or uninstall it",
        "processor notices provides 'notice', which its plugin declares and which was refused; mend or uninstall it",
    ]


def test_processor_is_not_held_to_the_kind_of_another_plugin_that_took_its_name():
    installed = registry(first=([NOTICE], []), second=([PLAIN], [Notices()]))
    assert (installed.processors, installed.kinds["notice"]) == ({}, NOTICE)


def test_hook_that_raises_leaves_the_other_plugins_in():
    module = ModuleType("odd")
    module.register_kinds = hookimpl(lambda: 1 / 0)
    manager = pluggy.PluginManager("newsdesk")
    manager.add_hookspecs(hooks)
    manager.register(module, name="odd")
    (problem,) = build_registry(Loaded(manager, (), ())).problems
    assert problem.message == "register_kinds() failed: ZeroDivisionError: division by zero; mend or uninstall it"


def test_kind_of_one_plugin_may_be_provided_by_another():
    installed = registry(words=([NOTICE], []), finder=([], [Notices()]))
    assert (list(installed.processors), installed.kind_owners, installed.problems) == (["notices"], {"notice": "words"}, ())


def test_kind_that_its_plugin_changes_later_stays_as_it_was():
    schema = {"type": "object"}
    installed = registry(words=([replace(NOTICE, schema=schema)], []))
    schema["oneOf"] = []
    assert installed.kinds["notice"].schema == {"type": "object"}


def test_kinds_that_ship_are_there_without_any_plugin():
    assert registry().kinds == KINDS


# What findings are held to


@pytest.mark.parametrize("call", [None, lambda *_: Findings.of([notice("the bridge", 99)])])
def test_span_outside_the_text_fails_the_run(call):
    assert outcome(Notices(end=99), NOTICE, call=call)[0] == Outcome.FAILED


def test_check_of_a_kind_is_asked_where_the_processor_runs():
    assert outcome(Notices("90 metres"), CHECKED) == (Outcome.FAILED, "artifact 0 (notice): a notice has no numbers")


def test_pattern_of_a_kind_is_asked_where_the_processor_runs():
    assert "must match" in outcome(Notices("90 metres"), NOTICE)[1]


@pytest.mark.parametrize("kind", [NOTICE, CHECKED])
def test_code_of_a_kind_is_never_asked_of_what_comes_from_another_process(kind):
    found = Findings.of([notice("90 metres")])
    assert outcome(Notices(), kind, call=lambda *_: found) == (Outcome.DONE, None)


def test_schema_and_roles_of_a_kind_are_held_to_whatever_another_process_says():
    kinds = without_code({**KINDS, "notice": NOTICE})
    with pytest.raises(ContractError, match="0 spans with role 'block'"):
        hold(Findings.of([Artifact("notice", {"words": "a"})]), Notices(), TEXT, kinds)
    with pytest.raises(ContractError, match="must be string"):
        hold(Findings.of([notice(7)]), Notices(), TEXT, kinds)


def test_kind_that_changed_is_looked_at_anew():
    before, after = ({**KINDS, "notice": replace(NOTICE, schema=words(*said))} for said in (("new", "old"), ("new",)))
    assert hold(Findings.of([notice("old")]), Notices(), TEXT, before)
    with pytest.raises(ContractError, match="must be one of 'new'"):
        hold(Findings.of([notice("old")]), Notices(), TEXT, after)


def words(*choices):
    return {"type": "object", "required": ["words"], "properties": {"words": {"type": "string", "enum": list(choices)}}}


def test_patterns_are_left_out_at_any_depth_and_properties_of_that_name_are_not():
    nested = {"type": "array", "items": {"anyOf": [{"pattern": "a"}]}, "pattern": "b"}
    rest = {"pattern": "c", "maxLength": 3}
    kind = replace(NOTICE, schema={"type": "object", "properties": {"pattern": nested}, "additionalProperties": rest})
    assert without_code({**KINDS, "notice": kind})["notice"].schema == {
        "type": "object",
        "properties": {"pattern": {"type": "array", "items": {"anyOf": [{}]}}},
        "additionalProperties": {"maxLength": 3},
    }


def test_kinds_that_ship_keep_their_checks():
    assert without_code({**KINDS, "notice": CHECKED})["quote"] is KINDS["quote"]


def test_processor_of_a_declared_kind_is_tested_with_it():
    assert check_processor(Notices(), make_document(TEXT), [NOTICE]) == (notice("the bridge"),)


def test_processor_of_a_declared_kind_is_refused_without_it():
    with pytest.raises(ContractError, match="which nobody has declared"):
        check_processor(Notices(), make_document(TEXT))


def test_kind_that_is_wrong_is_told_in_a_test():
    with pytest.raises(AssertionError, match="kind quote ships with Newsdesk"):
        check_processor(Notices(), make_document(TEXT), [Kind("quote", "Quote")])


# What is due again


def plan(kind):
    return Plan((Notices(),), (), {**KINDS, "notice": kind})


def printed(kind):
    return run(plan(kind), make_document(TEXT)).runs[0].fingerprint


def test_another_schema_is_another_plan_and_another_result():
    assert (plan(PLAIN).digest != plan(CHECKED).digest, printed(PLAIN) != printed(CHECKED)) == (True, True)


def test_another_label_changes_neither():
    relabelled = replace(PLAIN, label="Note")
    assert (plan(relabelled).digest, printed(relabelled)) == (plan(PLAIN).digest, printed(PLAIN))


def test_kind_that_nothing_provides_changes_nothing():
    unused = Kind("unused", "Unused")
    assert Plan((Notices(),), (), {**KINDS, "notice": PLAIN, "unused": unused}).digest == plan(PLAIN).digest


# In the plugins' process

PLUGIN = """
import os
from dataclasses import dataclass
from newsdesk.sdk import Artifact, Kind, Span, hookimpl

def check(artifact, text):
    words = artifact.data["words"]
    if words == "crash":
        os._exit(3)
    if words == "raise":
        raise LookupError("no such words")
    return f"{words} in {len(text)}" if words == "wrong" else None

@dataclass(frozen=True)
class Notices:
    name = "notices"
    version = "1"
    requires = ("text",)
    provides = ("notice",)
    words: str = ""
    end: int = 3

    def process(self, document):
        yield Artifact("notice", {"words": self.words}, (Span(0, self.end, "block"),))

@hookimpl
def register_kinds():
    return [Kind("notice", "Notice", {"type": "object", "required": ["words"]}, {"block": (1, 1)}, check=check)]

@hookimpl
def register_processors():
    return [Notices()]
"""


@pytest.fixture(scope="module")
def runner(tmp_path_factory, write_plugin):
    folder = write_plugin(tmp_path_factory.mktemp("plugins"), "notices-of-test", PLUGIN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        with Runner(plugins=["notices-of-test"]) as runner:
            yield runner


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("wrong", "artifact 0 (notice): wrong in 29"),
        ("raise", "LookupError: no such words"),
        ("crash", "notices crashed: exit status 3"),
    ],
)
def test_check_runs_there_and_what_it_does_fails_the_run(runner, said, error):
    assert outcome(Notices(said), PLAIN, call=runner) == (Outcome.FAILED, error)


def test_finding_that_the_check_takes_comes_back(runner):
    assert outcome(Notices("right"), PLAIN, call=runner) == (Outcome.DONE, None)
