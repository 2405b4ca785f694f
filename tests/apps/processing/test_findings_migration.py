"""What was stored when artifacts had rows of their own is there after the upgrade, and decisions are on the same findings."""

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from newsdesk.corpus.models import Article, Content, Snapshot, Source
from newsdesk.processing.artifacts import artifact
from newsdesk.processing.queries import current_artifacts
from newsdesk.review.models import Decision

BEFORE = [("processing", "0002_batches_and_failures"), ("review", "0001_decisions")]
FOUND = [
    ("text", {"text": "Mara left."}, []),
    ("person", {"name": "Mara"}, [[0, 4, "mention"]]),
    ("person", {"name": "L"}, [[5, 9, "mention"]]),
]


def migrated(targets):
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def earlier(transactional_db):
    """The database as it was, and back to the present at the end."""
    yield migrated(BEFORE)
    present = MigrationExecutor(connection)
    present.migrate(present.loader.graph.leaf_nodes())


def stored(apps):
    """A snapshot with a run, its findings, and a decision on the last one."""
    article = Article.objects.create(source=Source.objects.create(slug="a", name="A"), address="https://news.example/a")
    content = Content.objects.create(sha256="0" * 64, size=1, compressed=b"")
    snapshot = Snapshot.objects.create(article=article, content=content, media_type="text/plain", encoding="utf-8")
    run = apps.get_model("processing", "Run").objects.create(
        snapshot_id=snapshot.pk, processor="names", version="1", fingerprint="f", outcome="done"
    )
    rows = [
        apps.get_model("processing", "Artifact").objects.create(run=run, kind=kind, data=data, spans=spans, digest=f"{number}")
        for number, (kind, data, spans) in enumerate(FOUND)
    ]
    apps.get_model("review", "Decision").objects.create(
        article_id=article.pk,
        snapshot_id=snapshot.pk,
        artifact_id=rows[-1].pk,
        key="k",
        kind="person",
        verdict="accept",
        editor_id=User.objects.create_user("ana").pk,
        via="desk",
        decided_at=timezone.now(),
    )
    return snapshot.pk


def test_findings_and_what_was_decided_on_them_outlive_the_upgrade(earlier):
    snapshot = stored(earlier)
    present = MigrationExecutor(connection)
    present.migrate(present.loader.graph.leaf_nodes())
    found = [(each.kind, each.data.get("name"), [list(span) for span in spans(each)]) for each in current_artifacts(snapshot)]
    decided = artifact(Decision.objects.get().artifact_id)
    assert (found, decided.data, decided.run.reviewed) == (
        [("text", None, []), ("person", "Mara", [[0, 4, "mention"]]), ("person", "L", [[5, 9, "mention"]])],
        {"name": "L"},
        2,
    )


def spans(artifact):
    return [(span.start, span.end, span.role) for span in artifact.found.spans]
