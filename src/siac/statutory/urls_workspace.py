# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.statutory import workspace

app_name = "statutory"
urlpatterns = [
    path("libro/", workspace.sheet_list, name="book"),
    path("libro/nueva/", workspace.sheet_new, name="sheet_new"),
    path("libro/anular/", workspace.sheet_void, name="sheet_void"),
    path("libro/exportar/", workspace.sheet_export, name="sheet_export"),
]
