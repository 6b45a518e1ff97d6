# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "siac.appointments"
    label = "appointments"
    verbose_name = "Citas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this context adds to lower contexts."""
        import_module("siac.appointments.registration").register()
