# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin import own

app_name = "own"
urlpatterns = [
    path("", own.sessions, name="sessions"),
    path("<slug:digest>/cerrar/", own.end, name="end"),
]
