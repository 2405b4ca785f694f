"""An article whose text and findings changed after an editor had decided on them."""

from newsdesk.access.policy import Actor
from newsdesk.corpus.models import Article
from newsdesk.review.models import Decision
from newsdesk.review.services import decide
from tests.doors.desk.stage import (
    LIND,
    PARAGRAPHS,
    article,
    artifact,
    boilerplate,
    found_in,
    headline,
    person,
    quote,
    revised,
)

UPDATE = ("body", "Update: the vote is counted again.")
OTHER = {**LIND, "name": "Ingrid Lind"}
WAITED = "We have waited for thirty years,"


def asked(name: str = "a") -> Article:
    """Four decisions: one carried, one still rejected, one found otherwise, and one whose words are gone."""
    row = article(name=name)
    ben = Actor(person(username=f"ben-{name}"), "desk")
    verdicts = {"metadata": "accept", "boilerplate": "reject", "quote": "accept"}
    for found in found_in(row):
        decide(artifact_id=found.pk, actor=ben, verdict=verdicts[found.kind])
    paragraphs = [UPDATE, *(each for each in PARAGRAPHS if "proportion" not in each[1])]
    text = "\n".join(words for _, words in paragraphs)
    found = [
        headline("Harbour vote passes", text),
        quote(WAITED, OTHER, source="Mayor Astrid Lind", cue="said", text=text),
        boilerplate("Read also: Ten photos of the old port", text),
    ]
    return revised(row, found, paragraphs)


def twice() -> Article:
    """One decision, on words that now stand in two places."""
    row = article([quote("out of proportion")])
    ben = Actor(person(username="ben-twice"), "desk")
    decide(artifact_id=artifact(row).pk, actor=ben, verdict="accept")
    again = [(role, words) for role, words in PARAGRAPHS if role == "body"]
    return revised(row, [], [*again, ("subhead", "As we wrote yesterday"), *again])


def standing(status: str) -> Decision:
    """The decision that came to this."""
    return Decision.objects.get(placement__status=status)
