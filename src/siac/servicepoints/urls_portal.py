# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.servicepoints import portal

app_name = "servicepoints"
urlpatterns = [
    path("puntos/", portal.point_list, name="points"),
    path("puntos/<slug:code>/", portal.point, name="point"),
    path("puntos/<slug:code>/hoja.pdf", portal.sheet, name="sheet"),
]
