# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.integrations.open311 import views

app_name = "open311"
urlpatterns = [
    path("services.<str:form>", views.services, name="services"),
    path("services/<slug:code>.<str:form>", views.definition, name="definition"),
    path("requests.<str:form>", views.requests, name="requests"),
    path("requests/<str:folio>.<str:form>", views.request_page, name="request"),
    path("tokens/<str:folio>.<str:form>", views.token, name="token"),
]
