# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "siac.workspace"
    label = "workspace"
    verbose_name = "Gestión"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register words and pages."""
        import_module("siac.workspace.registration").register()
