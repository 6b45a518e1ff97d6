# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.portal import views

urlpatterns = [path("", views.bodies, name="bodies")]
