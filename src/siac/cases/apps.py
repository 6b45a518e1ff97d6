# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "siac.cases"
    label = "cases"
    verbose_name = "Solicitudes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what cases add to lower contexts."""
        import_module("siac.cases.registration").register()
