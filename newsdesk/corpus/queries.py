"""Read what was received."""

from collections.abc import Iterable

from newsdesk.corpus.models import Content, Snapshot


def contents(snapshots: Iterable[Snapshot]) -> dict[str, Content]:
    """What these snapshots are of, by digest, in one query; the bytes are unpacked where somebody asks for them."""
    return Content.objects.in_bulk({snapshot.content_id for snapshot in snapshots})
