# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "siac.indicators"
    label = "indicators"
    verbose_name = "Indicadores"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what indicators listen to."""
        import_module("siac.indicators.registration").register()
