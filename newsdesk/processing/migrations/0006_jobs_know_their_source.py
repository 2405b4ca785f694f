"""Jobs that are there already get the source of their article; one that an old process adds meanwhile, the sweep sees to."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery

AT_ONCE = 10_000


def fill_in(apps: Any, schema_editor: Any) -> None:
    jobs, snapshots = apps.get_model("processing", "Job").objects, apps.get_model("corpus", "Snapshot").objects
    source = Subquery(snapshots.filter(pk=OuterRef("snapshot")).values("article__source")[:1])
    last = jobs.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, last + 1, AT_ONCE):
        jobs.filter(pk__gte=start, pk__lt=start + AT_ONCE, source=None).update(source=source)


class Migration(migrations.Migration):
    dependencies = [("processing", "0005_source_of_jobs")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
