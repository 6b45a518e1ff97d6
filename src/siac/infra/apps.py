# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "siac.infra"
    label = "infra"
    verbose_name = "Fontanería"
    default_auto_field = "django.db.models.BigAutoField"
