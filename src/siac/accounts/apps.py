# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "siac.accounts"
    label = "accounts"
    verbose_name = "Cuentas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("siac.accounts.registration").register()
