# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "siac.config"
    label = "config"
    verbose_name = "Instalación"
