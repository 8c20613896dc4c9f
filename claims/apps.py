from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = _("Claims and evidence")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .models.append_only import install_triggers
        from .models.data_version import install_data_version
        from .models.kept_rows import build_kept_rows, drop_kept_rows
        from .search.index import build_search_index, drop_search_index

        post_migrate.connect(install_triggers, sender=self, dispatch_uid="claims.append_only")
        post_migrate.connect(install_data_version, sender=self, dispatch_uid="claims.data_version")
        pre_migrate.connect(drop_kept_rows, sender=self, dispatch_uid="claims.kept_rows.lift")
        post_migrate.connect(build_kept_rows, sender=self, dispatch_uid="claims.kept_rows.install")
        pre_migrate.connect(drop_search_index, sender=self, dispatch_uid="claims.search.lift")
        post_migrate.connect(build_search_index, sender=self, dispatch_uid="claims.search.install")
