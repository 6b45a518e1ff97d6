# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.catalogue import service_pages, word_pages, workspace

app_name = "catalogue"
urlpatterns = [
    path("configuracion/temas/", workspace.topic_list, name="topics"),
    path("configuracion/temas/nuevo/", workspace.topic, name="topic_new"),
    path("configuracion/temas/<int:topic_id>/", workspace.topic, name="topic"),
    path("servicios/", service_pages.service_list, name="services"),
    path("servicios/nuevo/", service_pages.service_form, name="service_new"),
    path("servicios/palabras/", word_pages.word_list, name="words"),
    path("servicios/palabras/nueva/", word_pages.word, name="word_new"),
    path("servicios/palabras/<int:word_id>/", word_pages.word, name="word"),
    path("servicios/sin-encontrar/", word_pages.missed, name="missed"),
    path("servicios/<int:service_id>/", service_pages.service, name="service"),
    path("servicios/<int:service_id>/que-decir/", service_pages.script, name="script"),
    path("servicios/<int:service_id>/cambiar/", service_pages.service_form, name="service_change"),
]
