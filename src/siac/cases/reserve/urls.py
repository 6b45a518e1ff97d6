# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.reserve import portal, workspace

WORKSPACE = [
    path("indice-de-reserva/", workspace.reserve_list, name="reserve"),
    path("indice-de-reserva/nuevo/", workspace.reserve_new, name="reserve_new"),
    path("indice-de-reserva/exportar/", workspace.reserve_export, name="reserve_export"),
    path("indice-de-reserva/<int:entry_id>/", workspace.reserve_entry, name="reserve_entry"),
    path("indice-de-reserva/<int:entry_id>/terminar/", workspace.reserve_end, name="reserve_end"),
]
PORTAL = [
    path("indice-de-reserva/", portal.reserve_index, name="reserve_index"),
]
