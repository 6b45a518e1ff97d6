# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "siac.integrations.transparency"
    label = "transparency"
    verbose_name = "Portal de Transparencia"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words, the page in the menu and the file with answers."""
        import_module("siac.integrations.transparency.registration").register()
