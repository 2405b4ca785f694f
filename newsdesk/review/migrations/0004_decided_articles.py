from django.db import migrations
from django.utils import timezone


def stamp(apps, schema_editor):
    """Articles on which something was decided before placements were stored: the sweep places their decisions."""
    decision, reconciliation = (apps.get_model("review", name) for name in ("Decision", "Reconciliation"))
    long_ago = timezone.datetime(2000, 1, 1, tzinfo=timezone.get_default_timezone())
    articles = decision.objects.order_by("article").values_list("article", flat=True).distinct()
    reconciliation.objects.bulk_create(
        (reconciliation(article_id=article, checked_at=long_ago) for article in articles.iterator()), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [("review", "0003_placements")]

    operations = [migrations.RunPython(stamp, migrations.RunPython.noop)]
