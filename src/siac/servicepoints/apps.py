# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ServicepointsConfig(AppConfig):
    name = "siac.servicepoints"
    label = "servicepoints"
    verbose_name = "Puntos de atención"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.servicepoints.registration").register()
