# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "siac.people"
    label = "people"
    verbose_name = "Personas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("siac.people.registration").register()
