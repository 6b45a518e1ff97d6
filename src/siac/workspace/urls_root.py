# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.workspace import views

urlpatterns = [path("", views.root, name="workspace_root")]
