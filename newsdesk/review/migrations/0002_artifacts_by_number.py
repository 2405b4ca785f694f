"""A decision names its artifact by a number made of the run's and the place in it, since artifacts lost their rows."""

from typing import Any

from django.db import migrations, models

from newsdesk.processing.artifacts import MAX_PLACES


def renumber(apps: Any, schema_editor: Any) -> None:
    """The places in a run are those in which `Findings` has artifacts: kinds by name, and each kind as it was found."""
    artifacts = apps.get_model("processing", "Artifact").objects
    for decision in apps.get_model("review", "Decision").objects.exclude(artifact=None).iterator():
        run = artifacts.get(pk=decision.artifact).run_id
        places = list(artifacts.filter(run=run).order_by("kind", "pk").values_list("pk", flat=True))
        decision.artifact = run * MAX_PLACES + places.index(decision.artifact)
        decision.save(update_fields=["artifact"])


class Migration(migrations.Migration):
    dependencies = [("review", "0001_decisions"), ("processing", "0003_findings_in_runs")]

    operations = [
        migrations.AlterField("decision", "artifact", models.PositiveBigIntegerField(null=True, db_column="artifact_id")),
        migrations.RunPython(renumber, migrations.RunPython.noop),
        migrations.RenameField("decision", "artifact", "artifact_id"),
        migrations.AlterField("decision", "artifact_id", models.PositiveBigIntegerField(null=True, verbose_name="artifact")),
    ]
