# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.identified import portal

PORTAL = [
    path("mis-solicitudes/", portal.own, name="own"),
    path("mis-solicitudes/<int:case_id>/", portal.open_own, name="open_own"),
]
