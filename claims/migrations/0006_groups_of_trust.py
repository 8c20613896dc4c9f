"""What the three groups may do with review, revisions and suppression, and the group that manages accounts."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = {"view_entry", "view_proposal", "view_revision"}
ADDED = {
    "reporters": VIEWED,
    "editors": VIEWED,
    "publishers": VIEWED | {"view_suppression", "add_suppression", "decide_suppression"},
}
MANAGERS = {"view_user", "add_user", "change_user"}


def grant(apps, schema_editor):
    for label in ("claims", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ADDED.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *Permission.objects.filter(content_type__app_label="claims", codename__in=codenames)
        )
    managers, _created = Group.objects.get_or_create(name="managers")
    managers.permissions.set(
        Permission.objects.filter(content_type__app_label="auth", codename__in=MANAGERS)
    )
    # A notice of our own error is not reworded later; a second notice says what was wrong with the first.
    Group.objects.get(name="publishers").permissions.remove(
        *Permission.objects.filter(content_type__app_label="claims", codename="change_correction")
    )


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_second_person"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)]
