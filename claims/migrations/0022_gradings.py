import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0021_how_claims_are_tested"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="rating", name="rating_by_first_day"),
        migrations.AddField(
            model_name="rating",
            name="rationale",
            field=models.TextField(
                blank=True,
                default="",
                help_text="Public, once two editors have graded: why the report bears on the claim this way.",
                verbose_name="why",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="translations",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="translations"),
        ),
        migrations.AlterField(
            model_name="evidencelink",
            name="rationale",
            field=models.TextField(
                blank=True,
                help_text="Public, and written before each grader gave reasons of their own. New reasons go with a "
                "grading.",
                verbose_name="why, for all graders",
            ),
        ),
        migrations.CreateModel(
            name="Grading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="gradings",
                        to="claims.evidencelink",
                        verbose_name="link",
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gradings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="rated by",
                    ),
                ),
                (
                    "stance",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[
                            (-2, "strongly contradicts"),
                            (-1, "partly contradicts"),
                            (0, "context"),
                            (1, "partly supports"),
                            (2, "strongly supports"),
                        ],
                        help_text="Empty: taken back.",
                        null=True,
                        verbose_name="stance",
                    ),
                ),
                (
                    "decisive_clause",
                    models.CharField(
                        blank=True,
                        default="",
                        max_length=300,
                        verbose_name="settles it alone: by which clause",
                    ),
                ),
                ("rationale", models.TextField(blank=True, default="", verbose_name="why")),
                ("translations", models.JSONField(blank=True, default=dict, verbose_name="translations")),
                ("graded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="graded")),
            ],
            options={
                "verbose_name": "grading",
                "verbose_name_plural": "gradings",
                "ordering": ("pk",),
                "indexes": [models.Index(models.F("graded_at"), name="grading_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", [-2, -1, 0, 1, 2])), name="grading_stance_known"
                    )
                ],
            },
        ),
    ]
