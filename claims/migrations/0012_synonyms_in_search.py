"""The synonyms of search, which editors keep."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("claims", "0011_addresses_are_of_the_web")]
    operations = [
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.CharField(
                        help_text="With commas between them: “ISIS, ISIL, Daesh, داعش”. Each is one word, without blanks.",
                        max_length=300,
                        unique=True,
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of synonyms",
                "verbose_name_plural": "synonyms in search",
                "ordering": ("words",),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("words", ""), _negated=True), name="synonyms_have_words")
                ],
            },
        ),
    ]
