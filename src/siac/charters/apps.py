# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ChartersConfig(AppConfig):
    name = "siac.charters"
    label = "charters"
    verbose_name = "Cartas de servicios"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what charters add to cases, clocks, pages and words."""
        import_module("siac.charters.registration").register()
