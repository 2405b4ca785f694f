"""What must always hold of decisions; each breach is named. Reads the whole archive, article by article."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from newsdesk.corpus.models import Article
from newsdesk.processing.integrity import Breach
from newsdesk.review.models import Decision, Placement, Reconciliation
from newsdesk.review.placing import standing, to_outcome
from newsdesk.review.stamps import as_they_are, is_fresh


def breaches() -> Iterator[Breach]:
    """I5: decisions only grow, and what is stored of where they stand is what deriving it again gives."""
    decided = Article.objects.filter(Exists(Decision.objects.filter(article=OuterRef("pk"))))
    unstamped = ~Exists(Reconciliation.objects.filter(article=OuterRef("pk")))
    for article in decided.filter(unstamped).only("pk").iterator():
        yield Breach("I5", f"article {article.pk}", "has decisions that no sweep will ever place")
    for stamp in as_they_are(Reconciliation.objects.select_related("snapshot__article").order_by("pk")).iterator():
        if stamp.decisions_now < stamp.decisions:
            yield Breach("I5", f"article {stamp.pk}", f"had {stamp.decisions} decisions and has {stamp.decisions_now}")
        elif is_fresh(stamp) and stamp.snapshot is not None:
            yield from _misplaced(stamp)


def _misplaced(stamp: Reconciliation) -> Iterator[Breach]:
    """What the stamp vouches for and is not so. A stale stamp vouches for nothing: readers derive, and the sweep stores."""
    stored = {row.pk: to_outcome(row) for row in Placement.objects.filter(article=stamp.pk)}
    derived = standing(stamp.snapshot, stored=False).outcomes
    for number in sorted(derived.keys() | stored.keys()):
        if number not in stored:
            yield Breach("I5", f"decision {number}", "stands and has no placement")
        elif number not in derived:
            yield Breach("I5", f"decision {number}", "has a placement and does not stand")
        elif stored[number] != derived[number]:
            yield Breach("I5", f"decision {number}", f"is stored as {stored[number].status} and is {derived[number].status}")
