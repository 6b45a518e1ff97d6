# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.governance.workspace import councils, mine, sittings

app_name = "governance"
urlpatterns = [
    path("organos/", councils.council_list, name="councils"),
    path("organos/nuevo/", councils.council_form, name="council_change_new"),
    path("organos/<int:council_id>/", councils.council, name="council"),
    path("organos/<int:council_id>/cambiar/", councils.council_form, name="council_change"),
    path("organos/<int:council_id>/integrantes/nuevo/", councils.seat_form, name="seat_new"),
    path("organos/<int:council_id>/integrantes/<int:seat_id>/", councils.seat_form, name="seat"),
    path("organos/<int:council_id>/sesion-nueva/", sittings.plan, name="sitting_new"),
    path("sesiones/", mine.sessions, name="mine"),
    path("sesiones/<int:sitting_id>/", sittings.sitting, name="sitting"),
    path("sesiones/<int:sitting_id>/cambiar/", sittings.plan, name="sitting_change"),
    path("sesiones/<int:sitting_id>/acta/", sittings.minutes, name="minutes"),
    path("sesiones/<int:sitting_id>/mi-voto/", sittings.vote, name="vote"),
    path("sesiones/<int:sitting_id>/acordar/", sittings.note_agreement, name="agree"),
    path("sesiones/<int:sitting_id>/hacer/<slug:code>/", sittings.act, name="act"),
    path("acuerdos/", sittings.agreement_list, name="agreements"),
    path("acuerdos/<int:agreement_id>/", sittings.agreement, name="agreement"),
]
