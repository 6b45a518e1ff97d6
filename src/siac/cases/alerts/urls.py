# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.alerts import workspace

WORKSPACE = [
    path("alertas/", workspace.alert_list, name="alerts"),
    path("alertas/<int:alert_id>/vista/", workspace.alert_seen, name="alert_seen"),
]
