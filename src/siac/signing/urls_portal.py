# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signing import portal, programs, programs_peru

app_name = "signing"
urlpatterns = [
    path("firma/", portal.check, name="check"),
    path("firma/documento/<slug:kind>/<int:subject_id>/", portal.signed_file, name="signed"),
    path("firma/autofirma/traer/", programs.fetch, name="fetch"),
    path("firma/autofirma/guardar/", programs.store, name="store"),
    path("firma/firmaperu/argumentos/", programs_peru.arguments, name="peru_arguments"),
    path("firma/firmaperu/documento/", programs_peru.document, name="peru_document"),
    path("firma/firmaperu/firmado/", programs_peru.upload, name="peru_upload"),
]
