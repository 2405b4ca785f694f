"""What a run found goes into its row, whole: see `newsdesk.processing.models.Run`."""

import zlib
from typing import Any

from django.db import migrations, models

from newsdesk.pipeline import Findings
from newsdesk.sdk import KINDS, Artifact, Span


def pack(apps: Any, schema_editor: Any) -> None:
    for run in apps.get_model("processing", "Run").objects.filter(artifacts__isnull=False).distinct().iterator():
        found = [
            Artifact(each.kind, each.data, tuple(Span(*span) for span in each.spans), each.confidence)
            for each in run.artifacts.order_by("pk")
        ]
        run.compressed = zlib.compress(Findings.of(found).to_bytes(), 1)
        run.reviewed = sum(KINDS[each.kind].reviewed for each in found)
        run.save(update_fields=["compressed", "reviewed"])


class Migration(migrations.Migration):
    dependencies = [("processing", "0002_batches_and_failures")]

    operations = [
        migrations.AddField("run", "compressed", models.BinaryField(default=b"")),
        migrations.AddField("run", "reviewed", models.PositiveIntegerField(default=0)),
        migrations.RunPython(pack, migrations.RunPython.noop),
    ]
