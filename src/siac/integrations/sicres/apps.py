# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class SicresConfig(AppConfig):
    name = "siac.integrations.sicres"
    label = "sicres"
    verbose_name = "Intercambio registral (SIR)"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words, pages, what a case shows and the end of what is kept."""
        import_module("siac.integrations.sicres.registration").register()
