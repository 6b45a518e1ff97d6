# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "siac.governance"
    label = "governance"
    verbose_name = "Órganos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.governance.registration").register()
