"""Django's loaddata, which writes past every action; here it leaves no stored gap behind its evidence."""

from typing import Any

from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from claims.actions import rescore
from claims.models import Claim


class Command(loaddata.Command):
    def loaddata(self, fixture_labels: Any) -> None:
        """Runs inside the transaction of the load: records and gaps are stored together or not at all."""
        super().loaddata(fixture_labels)
        # The actions write to the default database; a fixture for another one is a copy that nobody scores.
        if self.using == DEFAULT_DB_ALIAS and any(m._meta.app_label == "claims" for m in self.models):
            now = timezone.now()
            outcome = rescore(Claim.objects.all(), as_of=timezone.localdate(now), now=now)
            if self.verbosity >= 1:
                self.stdout.write(f"Scored {outcome.claims} claim(s)")
