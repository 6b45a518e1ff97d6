# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "siac.callbacks"
    label = "callbacks"
    verbose_name = "Llamadas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.callbacks.registration").register()
