"""Readers' reports of errors, and what the three groups may do with them."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from ._group_rights import grant_rights

REPORTERS = {"view_errorreport"}
EDITORS = REPORTERS | {"change_errorreport", "view_reader_address"}
PUBLISHERS = EDITORS | {"delete_errorreport"}
ADDED = {"reporters": REPORTERS, "editors": EDITORS, "publishers": PUBLISHERS}


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0015_verdict_labels'),
        ('auth', '0012_alter_user_first_name_max_length'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErrorReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                ('text', models.TextField(editable=False, verbose_name='what is wrong')),
                ('where_to_check', models.TextField(blank=True, editable=False, verbose_name='where it can be checked')),
                ('reader_address', models.CharField(blank=True, editable=False, max_length=254, verbose_name='reader’s e-mail')),
                ('sent_at', models.DateTimeField(db_index=True, editable=False, verbose_name='sent')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('accepted', 'accepted'), ('declined', 'declined')], db_index=True, default='waiting', max_length=12, verbose_name='state')),
                ('answer', models.TextField(blank=True, help_text='The reader sees it. Say what was changed, or why nothing is.', verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('answered_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by')),
                ('claim', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.claim', verbose_name='claim')),
                ('correction', models.ForeignKey(blank=True, help_text='The notice that came of the report, if there is one. The reader sees a link to it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.correction', verbose_name='correction')),
                ('evidence', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.evidence', verbose_name='evidence')),
                ('source', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.source', verbose_name='source')),
                ('statement', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='error_reports', to='claims.statement', verbose_name='statement')),
            ],
            options={
                'verbose_name': 'report of an error',
                'verbose_name_plural': 'reports of errors',
                'ordering': ('-sent_at', '-pk'),
                'permissions': [('view_reader_address', 'Can see the e-mail of a reader who reported an error')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'accepted', 'declined'])), name='errorreport_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('evidence__isnull', True), ('source__isnull', True), ('statement__isnull', True)), models.Q(('claim__isnull', True), ('evidence__isnull', True), ('source__isnull', True), ('statement__isnull', False)), models.Q(('claim__isnull', True), ('evidence__isnull', False), ('source__isnull', True), ('statement__isnull', True)), models.Q(('claim__isnull', True), ('evidence__isnull', True), ('source__isnull', False), ('statement__isnull', True)), _connector='OR'), name='errorreport_of_exactly_one_record'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='errorreport_says_what_is_wrong'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='errorreport_answered_has_who_and_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('correction__isnull', False), models.Q(('answer', ''), _negated=True), _connector='OR'), name='errorreport_accepted_says_what_was_done'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='errorreport_declined_says_why')],
            },
        ),
        grant_rights(ADDED),
    ]
