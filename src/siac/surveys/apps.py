# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "siac.surveys"
    label = "surveys"
    verbose_name = "Encuestas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what surveys add to answers, notices, figures, pages and words."""
        import_module("siac.surveys.registration").register()
