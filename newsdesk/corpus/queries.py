"""Read what was received."""

from collections.abc import Iterable

from newsdesk.corpus.models import Content, Snapshot


def contents(snapshots: Iterable[Snapshot]) -> dict[str, bytes]:
    """The bytes of these snapshots, by digest, in one query."""
    digests = {snapshot.content_id for snapshot in snapshots}
    return {content.sha256: content.data for content in Content.objects.filter(sha256__in=digests)}
