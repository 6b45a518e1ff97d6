# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class Open311Config(AppConfig):
    name = "siac.integrations.open311"
    label = "open311"
    verbose_name = "Open311"
    default_auto_field = "django.db.models.BigAutoField"
