"""A job says of which source it is, so that an index finds what the options of one source make due."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0001_received"),
        ("processing", "0004_no_rows_for_artifacts"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="job",
            name="processing_jobs_by_plan",
        ),
        migrations.AddField(
            model_name="job",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="corpus.source",
                verbose_name="source",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["plan", "source", "id"], name="processing_jobs_by_plan_source"),
        ),
    ]
