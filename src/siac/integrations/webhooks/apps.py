# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "siac.integrations.webhooks"
    label = "webhooks"
    verbose_name = "Avisos a programas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words, pages and the reader of the journal."""
        import_module("siac.integrations.webhooks.registration").register()
