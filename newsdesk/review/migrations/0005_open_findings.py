"""How many findings of an article are open is stored with its placements; the sweep counts them at its next look."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0004_decided_articles")]

    operations = [migrations.AddField("reconciliation", "open", models.PositiveIntegerField(default=0))]
