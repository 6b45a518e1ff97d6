# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.catalogue import portal

app_name = "catalogue"
urlpatterns = [
    path("servicios/", portal.service_list, name="services"),
    path("servicios.jsonld", portal.linked, name="linked"),
    path("servicios/<slug:code>/", portal.service, name="service"),
    path("servicios/<slug:code>/hoja.pdf", portal.paper, name="paper"),
    path("servicios/<slug:code>/formularios/<int:file_id>/", portal.form_file, name="form_file"),
    path("servicios/<slug:code>/opinion/", portal.opinion, name="opinion"),
]
