import os
import subprocess
import sys
from dataclasses import make_dataclass

import pytest

from newsdesk.pipeline import make_plan
from newsdesk.pipeline.plan import order
from newsdesk.sdk import PlanError


def processor(name, requires=(), provides=(), accepts=(), version="1", **options):
    declared = {"name": name, "version": version, "requires": requires, "provides": provides, "accepts": accepts}
    fields = [(option, type(value), value) for option, value in options.items()]
    return make_dataclass(name, fields, namespace=declared, frozen=True)()


CHAIN = (
    processor("reader", ["content"], ["text"]),
    processor("names", ["text"], ["person"]),
    processor("census", ["person"], ["near-duplicate"]),
)


def names(processors):
    return [each.name for each in processors]


TEXT = processor("text", ("content",), ("text",))
PEOPLE = processor("people", ("text",), ("person",))
QUOTES = processor("quotes", ("text", "person"), ("quote",))


def test_missing_provider_is_named_with_the_remedy():
    with pytest.raises(PlanError) as caught:
        order([TEXT, QUOTES])
    assert (str(caught.value), caught.value.processor) == (
        "quotes requires 'person', which nothing provides; install or enable a provider",
        "quotes",
    )


def test_processor_does_not_provide_for_itself():
    with pytest.raises(PlanError, match="merger requires 'person', which nothing provides"):
        order([processor("merger", ("person",), ("person",))])


def test_cycle_is_shown():
    with pytest.raises(PlanError, match=r"needs what needs it: .* → .*; take one of them out"):
        order([processor("hen", ("quote",), ("person",)), processor("egg", ("person",), ("quote",))])


def test_two_texts_for_one_media_type_are_refused():
    both = [processor("one", ("content",), ("text",), ("text/html",)), processor("two", ("content",), ("text",))]
    with pytest.raises(PlanError, match="two and one both provide 'text' for the same media type; disable one"):
        order(both)


def test_two_texts_for_different_media_types_are_fine():
    one = processor("one", ("content",), ("text",), ("text/html",))
    two = processor("two", ("content",), ("text",), ("text/plain",))
    assert order([two, one]) == (one, two)


@pytest.mark.parametrize("given", [[QUOTES, PEOPLE, TEXT], [PEOPLE, TEXT, QUOTES], [TEXT, QUOTES, PEOPLE]])
def test_each_comes_after_those_that_provide_what_it_requires(given):
    assert order(given) == (TEXT, PEOPLE, QUOTES)


def test_names_decide_where_needs_do_not():
    assert names(order([processor(name) for name in ("c", "a", "b")])) == ["a", "b", "c"]


def test_all_providers_of_a_kind_come_first():
    late = processor("a-reader", ("person",), ("quote",))
    assert names(order([late, processor("z-people", (), ("person",)), PEOPLE, TEXT]))[-1] == "a-reader"


def test_bytes_need_no_provider():
    assert order([TEXT]) == (TEXT,)


def test_nothing_makes_an_empty_plan():
    assert make_plan([]).processors == ()


def test_plan_leaves_out_what_has_no_provider_and_what_needs_that_in_turn():
    notes = processor("notes", ("quote",), ("place",))
    plan = make_plan([notes, QUOTES, TEXT])
    assert (names(plan.processors), [each.plugin for each in plan.left_out]) == (["text"], ["quotes", "notes"])


def test_plan_gives_the_reason_for_what_it_leaves_out():
    assert make_plan([PEOPLE]).left_out[0].message == (
        "people requires 'text', which nothing provides; install or enable a provider"
    )


def test_plan_breaks_a_cycle_and_keeps_what_is_not_in_it():
    hen, egg = processor("hen", ("quote",), ("person",)), processor("egg", ("person",), ("quote",))
    assert names(make_plan([hen, egg, TEXT]).processors) == ["text"]


def test_plan_breaks_cycles_at_the_same_places_in_every_process():
    code = """if True:
        from dataclasses import make_dataclass
        from newsdesk.pipeline import make_plan
        needs = {"a": "pqrs", "p": "w", "w": "p", "q": "x", "x": "q", "r": "y", "y": "r", "s": "z", "z": "s"}
        def processor(name, requires):
            declared = dict(name=name, version="1", requires=tuple(requires), provides=(name,))
            return make_dataclass(name, [], frozen=True, namespace=declared)()
        print([each.plugin for each in make_plan(processor(*each) for each in needs.items()).left_out])
    """
    seeds = [{**os.environ, "PYTHONHASHSEED": str(seed)} for seed in range(4)]
    assert len({subprocess.check_output([sys.executable, "-c", code], env=seed) for seed in seeds}) == 1


def test_plan_keeps_the_first_by_name_of_two_texts():
    other = processor("words", ("content",), ("text",))
    assert make_plan([other, TEXT]).processors == (TEXT,)


def test_providers_of_a_kind_come_in_the_order_of_the_plan():
    other = processor("names", ("person",), ("person",))
    assert names(make_plan([other, PEOPLE, TEXT]).providers("person")) == ["people", "names"]


@pytest.mark.parametrize(
    "other",
    [
        processor("people", ("text",), ("person",), version="2"),
        processor("people", ("text",), ("person",), least=1),
        processor("persons", ("text",), ("person",)),
    ],
)
def test_digest_tells_versions_options_and_names_apart(other):
    assert make_plan([TEXT, other]).digest != make_plan([TEXT, PEOPLE]).digest


def test_digest_does_not_depend_on_the_order_given():
    assert make_plan([TEXT, PEOPLE]).digest == make_plan([PEOPLE, TEXT]).digest


# What sees what a processor finds


def test_processor_that_nothing_needs_has_no_dependents():
    assert make_plan(CHAIN).dependents("census") == ()


def test_unknown_processor_has_no_dependents():
    assert make_plan(CHAIN).dependents("nobody") == ()


def test_dependents_are_found_through_others_in_the_order_of_the_plan():
    assert names(make_plan(CHAIN).dependents("reader")) == ["names", "census"]


def test_what_stands_beside_a_processor_does_not_depend_on_it():
    assert names(make_plan([*CHAIN, processor("size", ["content"], ["metadata"])]).dependents("reader")) == ["names", "census"]
