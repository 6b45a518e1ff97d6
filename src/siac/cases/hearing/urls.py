# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.hearing import portal, workspace

WORKSPACE = [
    path("solicitudes/<str:folio>/terceros/<int:third_party_id>/", workspace.stand, name="stand"),
]
PORTAL = [
    path("tercero/<str:token>/", portal.third_party, name="third_party"),
]
