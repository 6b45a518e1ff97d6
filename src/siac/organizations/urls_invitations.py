# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.organizations import invitations

app_name = "invitations"
urlpatterns = [path("<str:secret>/", invitations.accept, name="accept")]
