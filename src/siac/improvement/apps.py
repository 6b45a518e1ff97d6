# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "siac.improvement"
    label = "improvement"
    verbose_name = "Mejora"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rights, words and pages."""
        import_module("siac.improvement.registration").register()
