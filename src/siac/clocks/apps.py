# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    name = "siac.clocks"
    label = "clocks"
    verbose_name = "Plazos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what clocks add to lower contexts."""
        import_module("siac.clocks.registration").register()
