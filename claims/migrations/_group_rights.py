"""What migrations share that give rights to the groups of the desk."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def grant_rights(rights):
    """An operation that adds to each group, by its name, the permissions of `claims` with these codenames."""

    def grant(apps, schema_editor):
        config = apps.get_app_config("claims")
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
        groups, permissions = apps.get_model("auth", "Group").objects, apps.get_model("auth", "Permission").objects
        for name, codenames in rights.items():
            group, _created = groups.get_or_create(name=name)
            group.permissions.add(*permissions.filter(content_type__app_label="claims", codename__in=codenames))

    return migrations.RunPython(grant, migrations.RunPython.noop, elidable=False)
