# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "siac.staff"
    label = "staff"
    verbose_name = "Personas de la institución"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.staff.registration").register()
