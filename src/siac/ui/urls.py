# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.urls import path

from siac.ui import views

app_name = "ui"
urlpatterns = [
    path("cuenta/de-vuelta/", views.signed_in, name="signed_in"),
    path("marca/<str:colour>.css", views.brand, name="brand"),
    path("accesibilidad/", views.accessibility, name="accessibility"),
]
if settings.SIAC_STYLE_GUIDE:
    urlpatterns.append(path("estilo/", views.style_guide, name="style_guide"))
