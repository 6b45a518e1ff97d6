# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys.bonus import workspace

WORKSPACE = [
    path("encuestas/bono/", workspace.rolls, name="rolls"),
    path("encuestas/bono/nueva/", workspace.bring, name="roll_new"),
    path("encuestas/bono/<int:roll_id>/", workspace.roll, name="roll"),
    path("encuestas/bono/<int:roll_id>/borrar/", workspace.erase, name="roll_erase"),
]
