# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.improvement import portal

app_name = "improvement"
urlpatterns = [path("mejoras/", portal.plans, name="plans")]
