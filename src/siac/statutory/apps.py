# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class StatutoryConfig(AppConfig):
    name = "siac.statutory"
    label = "statutory"
    verbose_name = "Libro de reclamaciones"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what the book adds to cases, verification, pages and words."""
        import_module("siac.statutory.registration").register()
