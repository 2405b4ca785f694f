import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("host", "0001_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="PluginSwitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plugin", models.CharField(max_length=100, verbose_name="plugin")),
                ("enabled", models.BooleanField(verbose_name="enabled")),
                ("saved_at", models.DateTimeField(auto_now_add=True, verbose_name="saved")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "plugin switch",
                "verbose_name_plural": "plugin switches",
                "indexes": [models.Index(fields=["plugin", "-id"], name="host_latest_switch")],
            },
        ),
    ]
