"""The roles as groups, so that they exist before anybody is given one."""

from django.db import migrations

ROLES = ("reviewer", "board", "staff", "auditor", "admin")


def make_groups(apps, schema_editor):
    group = apps.get_model("auth", "Group")
    for name in ROLES:
        group.objects.get_or_create(name=name)


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
