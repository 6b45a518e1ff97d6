# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.organizations import first_run

app_name = "first_run"
urlpatterns = [path("", first_run.open_first, name="open")]
