# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.reporting.home import workspace as home

app_name = "reporting"
urlpatterns = [
    path("como-vamos/", home.how_we_do, name="home"),
]
