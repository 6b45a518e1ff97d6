# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "siac.integrations.mailbox"
    label = "mailbox"
    verbose_name = "Correo entrante"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what incoming mail adds to notices, pages and words."""
        import_module("siac.integrations.mailbox.registration").register()
