# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "siac.ui"
    label = "ui"
    verbose_name = "Sistema de diseño"
    default_auto_field = "django.db.models.BigAutoField"
