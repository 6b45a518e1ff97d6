# SPDX-License-Identifier: EUPL-1.2
from django.urls import include, path

from siac.workspace import views

app_name = "workspace"
urlpatterns = [
    path("", views.home, name="home"),
    path("inicio/", views.today, name="today"),
    path("buscar/", views.search, name="search"),
    path("", include("siac.cases.urls_workspace")),
    path("", include("siac.mailroom.urls_workspace")),
    path("", include("siac.procedures.urls_workspace")),
    path("", include("siac.statutory.urls_workspace")),
    path("", include("siac.reporting.urls_workspace")),
    path("", include("siac.programme.urls_workspace")),
    path("", include("siac.improvement.urls_workspace")),
    path("", include("siac.charters.urls_workspace")),
    path("", include("siac.indicators.urls_workspace")),
    path("", include("siac.callbacks.urls_workspace")),
    path("", include("siac.counter.urls_workspace")),
    path("", include("siac.offline.urls_workspace")),
    path("", include("siac.appointments.urls_workspace")),
    path("", include("siac.surveys.urls_workspace")),
    path("", include("siac.findings.urls_workspace")),
    path("", include("siac.governance.urls_workspace")),
    path("", include("siac.signin.urls_workspace")),
    path("", include("siac.signing.urls_workspace")),
    path("", include("siac.policy.urls_workspace")),
    path("", include("siac.staff.urls_workspace")),
    path("", include("siac.outreach.urls_workspace")),
    path("", include("siac.processes.urls_workspace")),
    path("", include("siac.organizations.urls_workspace")),
    path("", include("siac.cases.urls_setup")),
    path("", include("siac.catalogue.urls_workspace")),
    path("", include("siac.servicepoints.urls_workspace")),
    path("", include("siac.clocks.urls")),
    path("", include("siac.workspace.outbox_urls")),
    path("", include("siac.integrations.mailbox.urls_workspace")),
    path("", include("siac.integrations.sicres.urls_workspace")),
    path("", include("siac.integrations.transparency.urls_workspace")),
    path("", include("siac.integrations.webhooks.urls_workspace")),
]
