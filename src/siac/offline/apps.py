# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class OfflineConfig(AppConfig):
    name = "siac.offline"
    label = "offline"
    verbose_name = "Oficina de terreno"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.offline.registration").register()
