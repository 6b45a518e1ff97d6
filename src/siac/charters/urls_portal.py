# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.charters import portal

app_name = "charters"
urlpatterns = [
    path("compromisos/", portal.show_compliance, name="compliance"),
    path("compromisos/<int:commitment_id>/solicitudes/", portal.show_cases, name="cases"),
]
