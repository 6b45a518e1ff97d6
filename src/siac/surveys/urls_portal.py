# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys import panel_portal, portal

app_name = "surveys"
urlpatterns = [
    path("encuesta/<slug:token>/", portal.answer, name="answer"),
    path("encuesta/<slug:token>/no-mas/", portal.refuse, name="refuse"),
    path("encuesta/<slug:token>/gracias/", portal.thanks, name="thanks"),
    path("panel/", panel_portal.panel, name="panel"),
    path("panel/enviado/", panel_portal.sent, name="panel_sent"),
    path("panel/salida/", panel_portal.left, name="panel_left"),
    path("panel/<slug:token>/", panel_portal.door, name="panel_door"),
]
