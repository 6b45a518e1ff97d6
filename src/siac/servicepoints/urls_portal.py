# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.servicepoints import care, portal

app_name = "servicepoints"
urlpatterns = [
    path("puntos/", portal.point_list, name="points"),
    path("puntos/<slug:code>/", portal.point, name="point"),
    path("puntos/<slug:code>/hoja.pdf", portal.sheet, name="sheet"),
    path("como-atendemos/", care.public_care, name="care"),
    path("como-atendemos/hoja.pdf", care.care_sheet, name="care_sheet"),
]
