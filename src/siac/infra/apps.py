# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class InfraConfig(AppConfig):
    name = "siac.infra"
    label = "infra"
    verbose_name = "Fontanería"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look at models whose rows are written by texts made beforehand; notice nodes that only read, and
        statements that take long.
        """
        from django.db.backends.signals import connection_created

        from siac.infra.ready import all_models_are_loaded
        from siac.infra.standby import notice_standby
        from siac.infra.watching.statements import time_statements

        all_models_are_loaded()
        connection_created.connect(notice_standby, dispatch_uid="siac.infra.standby")
        connection_created.connect(time_statements, dispatch_uid="siac.infra.statements")
