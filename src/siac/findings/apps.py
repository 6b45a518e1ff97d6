# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "siac.findings"
    label = "findings"
    verbose_name = "Hallazgos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register rights, words and pages."""
        import_module("siac.findings.registration").register()
