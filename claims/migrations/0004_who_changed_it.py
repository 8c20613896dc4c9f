"""Who last changed what stands there, and what published on one person's word needs: a second one."""

from django.db import migrations
from django.db.models import F, Q


def fill(apps, schema_editor):
    Rating = apps.get_model("claims", "Rating")
    Rating.objects.update(first_stance=F("stance"), first_rated_at=F("rated_at"))
    for name in ("Speaker", "Source", "EvidenceLink", "Statement", "Claim", "Evidence"):
        apps.get_model("claims", name).objects.update(changed_by=F("created_by"))
    for name in ("Statement", "Claim", "Evidence"):
        published = apps.get_model("claims", name).objects.filter(status="published")
        alone = published.filter(Q(created_by=None) | Q(created_by=F("published_by")))
        # Not withdrawn, which would want a reason that nobody gave: it waits for the second person whom it lacked.
        alone.update(status="in_review", submitted_by=F("published_by"), submitted_at=F("published_at"))
        published.update(
            submitted_by=F("created_by"), submitted_at=F("published_at"), approved_by=F("published_by")
        )


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_trust")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
