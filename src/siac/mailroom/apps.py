# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class MailroomConfig(AppConfig):
    name = "siac.mailroom"
    label = "mailroom"
    verbose_name = "Oficina de Partes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what papers add to cases, verification, pages and words."""
        import_module("siac.mailroom.registration").register()
