from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from newsdesk.sdk import Artifact, Span
from newsdesk.shadow.difference import MAX_PAIRS, difference
from newsdesk.shadow.places import Places
from tests.apps.factories import RUMOUR

SAME = Places("", "")


def person(name, start=0, end=4):
    return Artifact("person", {"name": name}, (Span(start, end),))


def quote(words, start, *others, speaker="Per"):
    data = {"type": "direct", "quotation": words, "speaker": {"name": speaker}}
    return Artifact("quote", data, (Span(start, start + len(words), "content"), *others))


def differing(before, after, places=SAME):
    found = difference(before, after, places)
    return (len(found.unchanged), [tuple(pair) for pair in found.changed], found.gone, found.added)


def test_nothing_differs_from_nothing():
    assert differing([], []) == (0, [], [], [])


def test_what_is_on_one_side_alone_is_gone_or_added():
    assert differing([person("Mara")], [person("Voss", 10, 14)]) == (0, [], [person("Mara")], [person("Voss", 10, 14)])


def test_kinds_are_never_taken_for_each_other():
    place = Artifact("place", {"name": "Mara"}, (Span(0, 4),))
    assert differing([person("Mara")], [place]) == (0, [], [person("Mara")], [place])


def rumour(start, end, source):
    return Artifact("rumour", {"type": str(start)}, (Span(start, end, "words"), Span(*source, "source")))


def test_finding_of_a_plugins_kind_stands_where_its_first_role_does(install):
    install(kinds=(replace(RUMOUR, roles={"words": (1, 1), "source": (0, None)}),))
    assert differing([rumour(0, 4, (20, 90))], [rumour(10, 14, (20, 90))])[1] == []


def test_findings_of_a_kind_that_is_gone_are_paired_by_all_that_they_cover():
    old, new = rumour(0, 4, (20, 90)), rumour(10, 14, (20, 90))
    assert differing([old], [new])[1] == [(old, new)]


def test_findings_that_only_touch_are_two():
    assert differing([person("Mara", 0, 4)], [person("Voss", 4, 8)])[1] == []


def test_quotes_that_share_no_more_than_their_speaker_are_two():
    speaker = Span(90, 93, "source")
    assert differing([quote("We waited", 0, speaker)], [quote("It is over", 30, speaker)])[1] == []


def test_same_finding_is_unchanged_however_sure():
    sure = Artifact("person", {"name": "Mara"}, (Span(0, 4),), 0.9)
    assert differing([person("Mara")], [sure]) == (1, [], [], [])


def test_same_finding_twice_is_counted_twice():
    assert differing([person("Mara"), person("Mara")], [person("Mara")]) == (1, [], [person("Mara")], [])


def test_same_place_with_other_data_is_changed():
    one, other = quote("We waited", 0), quote("We waited", 0, speaker="Mara")
    assert differing([one], [other]) == (0, [(one, other)], [], [])


def test_longer_span_is_changed():
    assert differing([person("Mara", 0, 4)], [person("Mara Voss", 0, 9)])[1] == [
        (person("Mara", 0, 4), person("Mara Voss", 0, 9))
    ]


def test_of_several_that_overlap_the_one_with_most_in_common_is_the_same_one():
    short, close = person("Mara", 0, 4), person("Mara Vos", 0, 8)
    whole = person("Mara Voss", 0, 9)
    assert differing([short, close], [whole]) == (0, [(close, whole)], [short], [])


def test_same_name_at_another_place_is_changed():
    assert differing([person("Mara", 0, 4)], [person("Mara", 50, 54)])[1] == [(person("Mara", 0, 4), person("Mara", 50, 54))]


def test_finding_without_a_place_goes_by_its_name():
    one, other = (Artifact("metadata", {"name": "headline", "value": value}) for value in ("Vote", "Harbour vote"))
    assert differing([one], [other])[1] == [(one, other)]


def test_document_has_one_text():
    one, other = Artifact("text", {"text": "One."}), Artifact("text", {"text": "Other."})
    assert differing([one], [other])[1] == [(one, other)]


def test_finding_that_moved_with_its_line_is_unchanged():
    assert differing([person("Mara", 0, 4)], [person("Mara", 5, 9)], Places("Mara left.", "Now:\nMara left.")) == (
        1,
        [],
        [],
        [],
    )


def test_plugin_that_marks_everything_everywhere_is_looked_at_only_so_far():
    count = int(MAX_PAIRS**0.5) * 2
    found = difference(
        [person(f"a{number}", 0, 90) for number in range(count)], [person(f"b{number}", 1, 91) for number in range(count)], SAME
    )
    assert (len(found.changed) < count, len(found.changed) + len(found.gone)) == (True, count)


FOUND = st.builds(
    lambda name, start, length: person(name, start, start + length),
    st.sampled_from("abc"),
    st.integers(0, 20),
    st.integers(1, 9),
)


@given(st.lists(FOUND, max_size=12), st.lists(FOUND, max_size=12))
def test_each_finding_of_both_sides_is_counted_once(before, after):
    found = difference(before, after, SAME)
    pairs = found.unchanged + found.changed
    sides = [each.before for each in pairs] + found.gone, [each.after for each in pairs] + found.added
    assert [sorted(each.digest for each in side) for side in sides] == [
        sorted(each.digest for each in side) for side in (before, after)
    ]


@given(st.lists(FOUND, max_size=12))
def test_nothing_differs_from_itself(found):
    assert differing(found, list(reversed(found))) == (len(found), [], [], [])
