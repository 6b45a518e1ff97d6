# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.findings import workspace

app_name = "findings"
urlpatterns = [
    path("hallazgos/", workspace.finding_list, name="findings"),
    path("hallazgos/nuevo/", workspace.open_one, name="finding_new"),
    path("hallazgos/<int:finding_id>/", workspace.finding, name="finding"),
    path("hallazgos/<int:finding_id>/cambiar/", workspace.change, name="finding_change"),
    path("hallazgos/<int:finding_id>/causa/", workspace.root_cause, name="root_cause"),
]
