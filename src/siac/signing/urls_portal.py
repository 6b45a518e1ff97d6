# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signing import portal

app_name = "signing"
urlpatterns = [path("firma/", portal.check, name="check")]
