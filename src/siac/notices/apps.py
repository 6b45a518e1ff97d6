# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "siac.notices"
    label = "notices"
    verbose_name = "Avisos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words and pages."""
        import_module("siac.notices.registration").register()
