from newsdesk_text.releases import around_release
from newsdesk_text.structure import structure

STORY = [
    "A sentence that tells the story of the release, long enough to be running text.",
    "Another sentence that tells the story on, and it too is long enough for that.",
]
MARK = "FOR IMMEDIATE RELEASE"


def rules(*lines):
    return {i: wording.rule for i, wording in around_release(lines).items()}


def test_text_without_a_mark_is_no_release():
    assert rules(*STORY, "About Ada Finch", "Contact: ada@finch.example") == {}


def test_about_before_the_story_is_no_note():
    assert rules(MARK, "About time: a clock for the market hall", *STORY) == {0: "release mark"}


def test_headline_below_a_contact_is_not_contact():
    found = rules(MARK, "Contact:", "Ada Finch", "Town clock on the market hall runs fast again", *STORY)
    assert found == {0: "release mark", 1: "contact", 2: "contact"}


def test_what_stands_behind_the_end_mark_is_not_the_story():
    assert rules("Headline", *STORY, "###", "Photos on request.") == {
        3: "after the end of a release",
        4: "after the end of a release",
    }


def test_sender_and_contact_are_not_the_story():
    found = rules(MARK, *STORY, "About Finch Clocks", "Finch Clocks makes clocks.", "Media contact:", "Ada Finch")
    assert list(found.values()) == ["release mark", "about the sender", "about the sender", "contact", "contact"]


def test_notes_to_editors_run_to_the_end():
    assert rules(MARK, *STORY, "Notes to editors", *STORY)[5] == "notes to editors"


def test_bulleted_list_of_a_release_is_its_story():
    items = ["* clocks in five sizes", "* a repair table for visitors", "* clock makers from four towns"]
    lines = [MARK, "Clock fair comes to the market hall", *STORY, "On show", *items, "###"]
    roles = [line.role for line in structure("\n".join(lines))]
    assert roles[5:] == ["list-item"] * 3 + ["boilerplate"]
