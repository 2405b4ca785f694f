"""The roles, as groups: what each may do stands in `access/policy.py`."""

from django.db import migrations

ROLES = ("viewer", "editor", "chief editor", "plugin admin")


def create_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for role in ROLES:
        Group.objects.get_or_create(name=role)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_keys"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
