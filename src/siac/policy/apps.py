# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "siac.policy"
    label = "policy"
    verbose_name = "Política de calidad"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.policy.registration").register()
