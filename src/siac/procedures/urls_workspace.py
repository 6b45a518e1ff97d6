# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.procedures import workspace

app_name = "procedures"
urlpatterns = [
    path("tramites/", workspace.procedure_list, name="procedures"),
    path("tramites/crear-fichas/", workspace.make, name="make_sheets"),
    path("tramites/<slug:key>/", workspace.procedure, name="procedure"),
]
