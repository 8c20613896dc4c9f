"""A random public name for each account without a full name. Whoever has signed by a name already keeps it."""

from hashlib import sha256

import claims.models.public_name
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def keep_names(apps, schema_editor):
    """The names until now were computed from the names of sign-in. `manage.py rename_signatures` gives new ones."""
    PublicName, User = apps.get_model("claims", "PublicName"), apps.get_model("auth", "User")
    signed = apps.get_model("claims", "Entry").objects.exclude(account=None).order_by().values("account")
    for user in User.objects.filter(pk__in=signed, first_name="", last_name="").order_by("pk"):
        name = f"editor {sha256(user.username.encode()).hexdigest()[:6]}"
        PublicName.objects.get_or_create(account=user, defaults={"name": name})


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0017_twin_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default=claims.models.public_name.make_public_name, max_length=40, unique=True, verbose_name='public name')),
                ('key', models.CharField(default=claims.models.public_name.make_account_key, editable=False, max_length=32, unique=True)),
            ],
            options={
                'verbose_name': 'public name of an account',
                'verbose_name_plural': 'public names of accounts',
                'ordering': ('pk',),
                'default_permissions': (),
            },
        ),
        migrations.RemoveConstraint(
            model_name='entry',
            name='entry_act_known',
        ),
        migrations.AlterField(
            model_name='entry',
            name='act',
            field=models.CharField(choices=[('publish', 'published'), ('revise', 'revised'), ('withdraw', 'withdrawn'), ('grade', 'graded'), ('correct', 'corrected'), ('search', 'search noted'), ('refer', 'entered'), ('score', 'scored'), ('merge', 'merged'), ('method', 'method changed'), ('suppress', 'suppressed'), ('rename', 'names changed'), ('import', 'imported')], max_length=12, verbose_name='act'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('act__in', ['publish', 'revise', 'withdraw', 'grade', 'correct', 'search', 'refer', 'score', 'merge', 'method', 'suppress', 'rename', 'import'])), name='entry_act_known'),
        ),
        migrations.AddField(
            model_name='publicname',
            name='account',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='public_name', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddConstraint(
            model_name='publicname',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='publicname_is_filled'),
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop, elidable=True),
    ]
