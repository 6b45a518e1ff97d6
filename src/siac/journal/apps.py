# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "siac.journal"
    label = "journal"
    verbose_name = "Bitácora"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with lower contexts."""
        import_module("siac.journal.registration").register()
