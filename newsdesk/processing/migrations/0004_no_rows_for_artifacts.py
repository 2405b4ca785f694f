"""The rows of artifacts go, now that runs have what they found and decisions name it by number."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("processing", "0003_findings_in_runs"), ("review", "0002_artifacts_by_number")]

    operations = [migrations.DeleteModel("Artifact")]
