# SPDX-License-Identifier: EUPL-1.2
"""Every address of the installation; a context adds its own with one `include`."""

from django.urls import URLPattern, URLResolver, include, path

from siac.infra.health import health
from siac.infra.watching.pages import metrics
from siac.notices.portal import status as notice_status
from siac.rest.api import api
from siac.ui.views import not_found

CLOSED = {"exception": Exception()}
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/open311/v2/", include("siac.integrations.open311.urls")),
    path("api/avisos/<str:token>/", notice_status, name="notice_status"),
    path("salud", health, name="health"),
    path("metrics", metrics, name="metrics"),
    # Accounts and their addresses are managed by the body, not by whoever holds one.
    path("cuenta/signup/", not_found, CLOSED),
    path("cuenta/email/", not_found, CLOSED),
    path("cuenta/invitacion/", include("siac.organizations.urls_invitations")),
    path("cuenta/sesiones/", include("siac.signin.urls_own")),
    path("cuenta/institucional/", include("siac.signin.urls_entry")),
    path("cuenta/", include("siac.accounts.urls")),
    path("cuenta/", include("allauth.account.urls")),
    path("cuenta/verificacion/", include("allauth.mfa.urls")),
    path("scim/v2/<slug:slug>/", include("siac.signin.urls_scim")),
    path("empezar/", include("siac.organizations.urls_first_run")),
    path("", include("siac.ui.urls")),
    path("gestion/", include("siac.workspace.urls_root")),
    path("<slug:slug>/gestion/", include("siac.workspace.urls")),
    path("<slug:slug>/", include("siac.portal.urls")),
    path("", include("siac.portal.urls_root")),
]
handler400 = "siac.ui.views.bad_request"
handler403 = "siac.ui.views.forbidden"
handler404 = "siac.ui.views.not_found"
handler429 = "siac.ui.views.too_many"
handler500 = "siac.ui.middleware.server_error"
