"""A job counts the workers that died with it: see `newsdesk.processing.models.Job`."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "0006_jobs_know_their_source")]

    operations = [
        migrations.AddField("job", "lost", models.PositiveIntegerField(default=0, verbose_name="workers lost")),
    ]
