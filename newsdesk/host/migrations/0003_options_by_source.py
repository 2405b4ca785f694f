"""Options of one source, secrets apart from them, and under which version and schema they were saved."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("host", "0002_plugin_switch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcessorSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("processor", models.CharField(max_length=50, verbose_name="processor")),
                ("source", models.CharField(blank=True, max_length=50, verbose_name="source")),
                ("option", models.CharField(max_length=100, verbose_name="option")),
                ("value", models.TextField()),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
            ],
            options={
                "verbose_name": "secret",
                "verbose_name_plural": "secrets",
            },
        ),
        migrations.RemoveIndex(
            model_name="processorsetting",
            name="host_latest_setting",
        ),
        migrations.AddField(
            model_name="processorsetting",
            name="schema",
            field=models.JSONField(blank=True, default=dict, verbose_name="schema"),
        ),
        migrations.AddField(
            model_name="processorsetting",
            name="secrets",
            field=models.JSONField(blank=True, default=list, verbose_name="secrets"),
        ),
        migrations.AddField(
            model_name="processorsetting",
            name="source",
            field=models.CharField(blank=True, max_length=50, verbose_name="source"),
        ),
        migrations.AddField(
            model_name="processorsetting",
            name="version",
            field=models.CharField(blank=True, max_length=50, verbose_name="version"),
        ),
        migrations.AddIndex(
            model_name="processorsetting",
            index=models.Index(fields=["processor", "source", "-id"], name="host_latest_setting_of_source"),
        ),
        migrations.AddField(
            model_name="processorsecret",
            name="saved_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name="saved by"
            ),
        ),
        migrations.AddConstraint(
            model_name="processorsecret",
            constraint=models.UniqueConstraint(fields=("processor", "source", "option"), name="host_one_secret_of_an_option"),
        ),
    ]
