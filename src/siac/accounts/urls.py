# SPDX-License-Identifier: EUPL-1.2
"""Pages in the place of those of the sign-in library, under their names: they come before them."""

from django.urls import path
from django.views.generic import RedirectView

from siac.accounts import proving

urlpatterns = [
    path("reauthenticate/", proving.ByPassword.as_view(), name="account_reauthenticate"),
    path("verificacion/reauthenticate/", proving.ByCode.as_view(), name="mfa_reauthenticate"),
    path(
        "verificacion/webauthn/reauthenticate/", proving.ByKey.as_view(), name="mfa_reauthenticate_webauthn"
    ),
    # A first password comes by a letter only: whoever finds a machine open could set one.
    path(
        "password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
]
