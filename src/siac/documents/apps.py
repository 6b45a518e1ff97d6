# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "siac.documents"
    label = "documents"
    verbose_name = "Documentos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words and pages."""
        import_module("siac.documents.registration").register()
