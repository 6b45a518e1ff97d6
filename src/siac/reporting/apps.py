# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "siac.reporting"
    label = "reporting"
    verbose_name = "Informes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what reports add to menus, rights and words."""
        import_module("siac.reporting.registration").register()
