# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.catalogue import draft_pages, review_pages, service_pages, word_pages, workspace

app_name = "catalogue"
urlpatterns = [
    path("configuracion/temas/", workspace.topic_list, name="topics"),
    path("configuracion/temas/nuevo/", workspace.topic, name="topic_new"),
    path("configuracion/temas/<int:topic_id>/", workspace.topic, name="topic"),
    path("servicios/", service_pages.service_list, name="services"),
    path("servicios/nuevo/", draft_pages.draft_form, name="service_new"),
    path("servicios/palabras/", word_pages.word_list, name="words"),
    path("servicios/palabras/nueva/", word_pages.word, name="word_new"),
    path("servicios/palabras/<int:word_id>/", word_pages.word, name="word"),
    path("servicios/sin-encontrar/", word_pages.missed, name="missed"),
    path("servicios/falta/", review_pages.gap_list, name="gaps"),
    path("servicios/por-revisar/", review_pages.review_list, name="reviews"),
    path("servicios/formularios/<int:file_id>/", service_pages.form_file, name="form_file"),
    path("servicios/borradores/", draft_pages.draft_list, name="drafts"),
    path("servicios/borradores/<int:draft_id>/", draft_pages.draft, name="draft"),
    path("servicios/borradores/<int:draft_id>/cambiar/", draft_pages.draft_form, name="draft_change"),
    path("servicios/borradores/<int:draft_id>/hacer/", draft_pages.step, name="draft_step"),
    path("servicios/borradores/<int:draft_id>/decidir/", draft_pages.decide, name="draft_decide"),
    path("servicios/<int:service_id>/", service_pages.service, name="service"),
    path("servicios/<int:service_id>/que-decir/", service_pages.script, name="script"),
    path("servicios/<int:service_id>/ediciones/", service_pages.compare, name="compare"),
    path("servicios/<int:service_id>/cambiar/", draft_pages.start, name="service_change"),
    path("servicios/<int:service_id>/sigue-vigente/", review_pages.holds, name="service_holds"),
    path("servicios/<int:service_id>/termina/", review_pages.end, name="service_end"),
    path("servicios/<int:service_id>/vuelve/", review_pages.again, name="service_again"),
]
