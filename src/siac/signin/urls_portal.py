# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin import portal

app_name = "identity"
urlpatterns = [
    path("", portal.ask, name="ask"),
    path("ir/", portal.go, name="go"),
    path("vuelta/", portal.back, name="back"),
]
