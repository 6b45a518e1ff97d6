# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys import portal

app_name = "surveys"
urlpatterns = [
    path("encuesta/<slug:token>/", portal.answer, name="answer"),
    path("encuesta/<slug:token>/no-mas/", portal.refuse, name="refuse"),
    path("encuesta/<slug:token>/gracias/", portal.thanks, name="thanks"),
]
