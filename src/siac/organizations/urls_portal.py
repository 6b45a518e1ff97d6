# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.organizations import portal

app_name = "texts"
urlpatterns = [
    path("idioma/<slug:code>/", portal.language, name="language"),
    path("privacidad/", portal.privacy, name="privacy"),
    path("privacidad/<int:number>/", portal.privacy, name="privacy_version"),
    path("accesibilidad/", portal.accessibility, name="accessibility"),
    path("accesibilidad/<int:number>/", portal.accessibility, name="accessibility_version"),
]
