# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "siac.signing"
    label = "signing"
    verbose_name = "Firma"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.signing.registration").register()
