from django.db import migrations

import claims.models.slug_field

SLUGGED = ("about", "claim", "correction", "evidence", "origin", "place", "reply", "source", "speaker", "statement", "topic")


def _slug_field():
    return claims.models.slug_field.RecordSlugField(
        blank=True,
        help_text="The end of its web address. Leave empty to make one from the title.",
        unique=True,
        verbose_name="address",
    )


class Migration(migrations.Migration):
    """Slugs may have letters of any script. The columns stay as they are: only what they accept is checked otherwise."""

    dependencies = [("claims", "0029_public_claims")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                *(migrations.AlterField(name, "slug", _slug_field()) for name in SLUGGED),
                migrations.AlterField(
                    "oldaddress", "slug", claims.models.slug_field.RecordSlugField(verbose_name="old address")
                ),
                migrations.AlterField(
                    "oldaddress", "leads_to", claims.models.slug_field.RecordSlugField(verbose_name="leads to")
                ),
            ]
        )
    ]
