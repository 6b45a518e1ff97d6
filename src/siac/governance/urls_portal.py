# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.governance import portal

app_name = "governance"
urlpatterns = [path("acuerdos/", portal.agreed, name="agreements")]
