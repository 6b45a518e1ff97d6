# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.indicators import workspace

app_name = "indicators"
urlpatterns = [
    path("cifras/", workspace.figure_list, name="figures"),
    path("cifras/<str:key>/", workspace.figure, name="figure"),
    path("cifras/<str:key>/solicitudes/", workspace.things, name="things"),
]
