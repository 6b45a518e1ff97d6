# SPDX-License-Identifier: EUPL-1.2
"""Under `<slug>/gestion/`, as `workspace:clocks:…`."""

from django.urls import path

from siac.clocks import workspace

app_name = "clocks"
urlpatterns = [
    path("calendarios/", workspace.calendars, name="calendars"),
    path("calendarios/nuevo-dia/", workspace.add_day, name="add_day"),
    path("calendarios/dia/<int:day_id>/anular/", workspace.revoke_day, name="revoke_day"),
    path("calendarios/<int:year>/", workspace.year, name="year"),
    path("calendarios/historia/<str:code>/", workspace.history, name="history"),
    path("reglas/", workspace.rules, name="rules"),
]
