# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class RestConfig(AppConfig):
    name = "siac.rest"
    label = "rest"
    verbose_name = "API"
    default_auto_field = "django.db.models.BigAutoField"
