import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0001_received"),
        ("review", "0002_artifacts_by_number"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="text",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AlterField(
            model_name="decision",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("accept", "accepted"),
                    ("reject", "rejected"),
                    ("correct", "corrected"),
                    ("add", "added"),
                    ("withdraw", "withdrawn"),
                    ("keep", "kept as historical"),
                    ("drop", "dropped"),
                ],
                max_length=8,
                verbose_name="verdict",
            ),
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="reconciliation",
                        serialize=False,
                        to="corpus.article",
                    ),
                ),
                ("runs", models.BigIntegerField(default=0)),
                ("decision", models.BigIntegerField(default=0)),
                ("decisions", models.PositiveIntegerField(default=0)),
                ("checked_at", models.DateTimeField(db_index=True)),
                (
                    "snapshot",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corpus.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name": "reconciliation",
                "verbose_name_plural": "reconciliations",
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="placement",
                        serialize=False,
                        to="review.decision",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("carried", "carried"),
                            ("suppressed", "still rejected"),
                            ("kept", "no longer proposed"),
                            ("changed", "found otherwise"),
                            ("ambiguous", "place unsure"),
                            ("orphan", "orphan"),
                            ("covered", "decided again"),
                            ("historical", "historical"),
                            ("dropped", "dropped"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=64)),
                ("spans", models.JSONField(default=list)),
                ("score", models.FloatField(default=1, verbose_name="score")),
                ("moved", models.BooleanField(default=False, verbose_name="moved")),
                ("candidates", models.JSONField(default=list)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="corpus.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="corpus.snapshot"),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "orphans and needs-look",
                "indexes": [
                    models.Index(fields=["article", "answer"], name="review_placed_on_finding"),
                    models.Index(fields=["article", "key"], name="review_placed_by_key"),
                    models.Index(
                        condition=models.Q(
                            (
                                "status__in",
                                ["ambiguous", "changed", "orphan"],
                            )
                        ),
                        fields=["-decision"],
                        name="review_to_resolve",
                    ),
                ],
            },
        ),
    ]
