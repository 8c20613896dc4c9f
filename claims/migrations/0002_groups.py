"""The three groups of the desk, with what each may do."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ENTRIES = (
    "speaker", "role", "statement", "claim", "topic", "place", "source", "origin", "evidence", "evidencelink",
    "rating", "searchnote",
)  # fmt: skip
READ_ONLY = ("correction", "snapshot", "claimgap")
PUBLISHED = ("claim", "statement", "evidence")

REPORTERS = {f"{verb}_{model}" for verb in ("view", "add", "change") for model in ENTRIES}
REPORTERS |= {f"view_{model}" for model in READ_ONLY}
EDITORS = REPORTERS | {f"delete_{model}" for model in ENTRIES}
PUBLISHERS = EDITORS | {f"{verb}_{model}" for verb in ("publish", "withdraw") for model in PUBLISHED}
PUBLISHERS |= {"add_correction", "change_correction"}

GROUPS = {"reporters": REPORTERS, "editors": EDITORS, "publishers": PUBLISHERS}


def make_groups(apps, schema_editor):
    # Permissions are otherwise made only after the last migration, too late for this one.
    config = apps.get_app_config("claims")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None

    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(content_type__app_label="claims", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]
