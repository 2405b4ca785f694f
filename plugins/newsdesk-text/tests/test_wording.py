import pytest
from newsdesk_text.wording import wordings


def rules(line):
    return [wording.rule for wording in wordings(line)]


@pytest.mark.parametrize(
    "line",
    [
        "The council shared its plans with the residents on Thursday.",
        "She said the menu had not changed in forty years.",
        "Print is not dead, the publisher said.",
    ],
)
def test_sentence_is_not_furniture(line):
    assert rules(line) == []


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("© 2026 Mill Valley Courier", "copyright"),
        ("ADVERTISEMENT", "advertisement"),
        ("- Anzeige -", "advertisement"),
        ("Sign up for our newsletter", "newsletter"),
        ("Most Read News", "list heading"),
        ("Mehr zum Thema", "list heading"),
        ("Les plus lus", "list heading"),
        ("Read also: A bridge too low", "read also"),
        ("Share on Facebook", "share"),
        ("14 comments", "comments"),
        ("Privacy policy", "terms"),
        ("Photo: Ada Finch", "credit"),
        ("3 hours ago", "time stamp"),
    ],
)
def test_furniture_is_known_by_its_words(line, rule):
    assert rule in rules(line)


@pytest.mark.timeout(20)  # where patterns went back and forth, this took hours
@pytest.mark.parametrize("char", [" ", "a", "("])
def test_fifty_thousand_characters_of_nothing_say_nothing(char):
    assert not rules(char * 50_000)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("words", ["photo ", "read more ", "by ", "12:"])
def test_very_long_line_of_furniture_says_what_a_long_one_says(words):
    assert rules(words * 50_000) == rules(words * 500)
