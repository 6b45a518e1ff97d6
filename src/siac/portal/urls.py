# SPDX-License-Identifier: EUPL-1.2
from django.urls import include, path

from siac.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("", include("siac.organizations.urls_portal")),
    path("identificacion/", include("siac.signin.urls_portal")),
    path("", include("siac.cases.urls_portal")),
    path("", include("siac.catalogue.urls_portal")),
    path("", include("siac.servicepoints.urls_portal")),
    path("", include("siac.charters.urls_portal")),
    path("", include("siac.counter.urls_portal")),
    path("", include("siac.governance.urls_portal")),
    path("", include("siac.signing.urls_portal")),
    path("", include("siac.improvement.urls_portal")),
    path("", include("siac.policy.urls_portal")),
    path("", include("siac.appointments.urls_portal")),
    path("", include("siac.surveys.urls_portal")),
    path("", include("siac.reporting.urls_portal")),
]
