# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "siac.infra"
    label = "infra"
    verbose_name = "Fontanería"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at the models whose rows are written by texts made beforehand."""
        from siac.infra.ready import all_models_are_loaded

        all_models_are_loaded()
