from hypothesis import given
from hypothesis import strategies as st

from newsdesk.sdk import Artifact, Span
from newsdesk.shadow.places import Places

STORY = "Harbour vote\nMara Voss left.\n“We waited,” said Per Holm.\n"


def moved(words, before, after):
    """The words under the span in the other text, or None."""
    start = before.index(words)
    found = Places(before, after).moved(Artifact("person", {"name": words}, (Span(start, start + len(words)),)))
    return found and found.spans[0].of(after)


def test_words_that_are_gone_have_no_place():
    assert moved("Mara", STORY, STORY.replace("Mara Voss left.\n", "")) is None


def test_words_that_were_changed_have_no_place():
    assert moved("Mara", STORY, STORY.replace("Mara", "Marc")) is None


def test_words_that_stand_elsewhere_in_a_line_that_was_broken_up_have_no_place():
    assert moved("Voss left.\n“We", STORY, STORY.replace("left.\n", "left.\nAdvertisement\n")) is None


def test_finding_without_a_place_is_the_same_everywhere():
    found = Artifact("metadata", {"name": "headline"})
    assert Places(STORY, "").moved(found) == found


def test_words_move_with_their_line():
    assert moved("Per Holm", STORY, "Advertisement\n" + STORY) == "Per Holm"


def test_words_across_lines_move_with_all_of_them():
    assert moved("left.\n“We", STORY, "Advertisement\n" + STORY) == "left.\n“We"


def test_words_before_and_after_a_change_in_the_same_line_keep_their_places():
    after = STORY.replace("Mara Voss left.", "Mara Alma Voss left.")
    assert (moved("Mara", STORY, after), moved("Voss", STORY, after)) == ("Mara", "Voss")


LINES = st.lists(st.text("ab ", max_size=6), max_size=12).map("\n".join)


@given(LINES, LINES, st.data())
def test_wherever_words_are_moved_to_the_same_words_stand(before, after, data):
    start = data.draw(st.integers(0, len(before)))
    span = Span(start, data.draw(st.integers(start, len(before))))
    found = Places(before, after).moved(Artifact("person", {}, (span,)))
    assert found is None or found.spans[0].of(after) == span.of(before)


@given(LINES, st.data())
def test_nothing_moves_in_the_same_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    found = Artifact("person", {}, (Span(start, data.draw(st.integers(start, len(text)))),))
    assert Places(text, text).moved(found) == found
