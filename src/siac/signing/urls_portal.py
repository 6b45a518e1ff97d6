# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signing import portal, programs

app_name = "signing"
urlpatterns = [
    path("firma/", portal.check, name="check"),
    path("firma/autofirma/traer/", programs.fetch, name="fetch"),
    path("firma/autofirma/guardar/", programs.store, name="store"),
]
