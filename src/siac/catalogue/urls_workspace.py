# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.catalogue import workspace

app_name = "catalogue"
urlpatterns = [
    path("configuracion/temas/", workspace.topic_list, name="topics"),
    path("configuracion/temas/nuevo/", workspace.topic, name="topic_new"),
    path("configuracion/temas/<int:topic_id>/", workspace.topic, name="topic"),
]
