from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_who_changed_it")]
    operations = [
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='claim_status_known'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('created_by__isnull', False), models.Q(('published_by', models.F('created_by')), _negated=True)), _connector='OR'), name='claim_published_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('approved_by__isnull', False), ('changed_by__isnull', False), models.Q(('approved_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='claim_text_approved_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='claim_in_review_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='evidence_status_known'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('created_by__isnull', False), models.Q(('published_by', models.F('created_by')), _negated=True)), _connector='OR'), name='evidence_published_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('approved_by__isnull', False), ('changed_by__isnull', False), models.Q(('approved_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='evidence_text_approved_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='evidence_in_review_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(condition=models.Q(('first_stance__in', [-2, -1, 0, 1, 2])), name='rating_first_stance_known'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='statement_status_known'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('created_by__isnull', False), models.Q(('published_by', models.F('created_by')), _negated=True)), _connector='OR'), name='statement_published_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), _negated=True), models.Q(('approved_by__isnull', False), ('changed_by__isnull', False), models.Q(('approved_by', models.F('changed_by')), _negated=True)), _connector='OR'), name='statement_text_approved_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='statement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'in_review'), _negated=True), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='statement_in_review_has_who_and_when'),
        ),
    ]
