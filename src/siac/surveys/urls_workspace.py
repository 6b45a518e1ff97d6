# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys.checklists.urls import WORKSPACE as CHECKLISTS
from siac.surveys.workspace import (
    editing,
    entering,
    gaps,
    growth,
    links,
    loading,
    panel,
    results,
    surveys,
    waves,
    weighing,
)

app_name = "surveys"
urlpatterns = [
    *CHECKLISTS,
    path("encuestas/", surveys.survey_list, name="surveys"),
    path("encuestas/nueva/", editing.begin, name="begin"),
    path("encuestas/panel/", panel.show, name="panel"),
    path("encuestas/panel/cambiar/", panel.change, name="panel_change"),
    path("encuestas/panel/lista/", panel.bring, name="panel_bring"),
    path("encuestas/<int:survey_id>/", surveys.survey, name="survey"),
    path("encuestas/<int:survey_id>/preguntas/", editing.edit, name="edit"),
    path("encuestas/<int:survey_id>/envio/", editing.sending, name="sending"),
    path("encuestas/<int:survey_id>/saltos/", editing.branches, name="branches"),
    path("encuestas/<int:survey_id>/idiomas/<slug:language>/", editing.translate, name="translate"),
    path("encuestas/<int:survey_id>/vista-previa/", editing.preview, name="preview"),
    path("encuestas/<int:survey_id>/cuestionario.json", editing.export, name="export"),
    path("encuestas/<int:survey_id>/resultados/", results.show, name="results"),
    path("encuestas/<int:survey_id>/cargar/", loading.load, name="load"),
    path("encuestas/<int:survey_id>/ponderar/", weighing.show, name="weighing"),
    path("encuestas/<int:survey_id>/brechas/", gaps.show, name="gaps"),
    path("encuestas/<int:survey_id>/crecimiento/", growth.show, name="growth"),
    path("encuestas/<int:survey_id>/resultados/textos/<slug:code>/", results.texts, name="texts"),
    path("encuestas/<int:survey_id>/resultados/respuestas.csv", results.take, name="take"),
    path("encuestas/ingresar/", entering.entries, name="entries"),
    path("encuestas/<int:survey_id>/telefono/", entering.call, name="call"),
    path("encuestas/<int:survey_id>/papel/", entering.paper, name="paper"),
    path("encuestas/hojas/<int:paper_id>/", entering.paper_again, name="paper_again"),
    path("encuestas/hojas/<int:paper_id>/descartar/", entering.paper_drop, name="paper_drop"),
    path("encuestas/<int:survey_id>/olas/nueva/", waves.draw, name="wave_new"),
    path("encuestas/<int:survey_id>/olas/<int:wave_id>/", waves.wave, name="wave"),
    path("encuestas/<int:survey_id>/olas/<int:wave_id>/enviar/", waves.send, name="wave_send"),
    path("encuestas/<int:survey_id>/enlaces/nuevo/", links.link, name="link_new"),
    path("encuestas/<int:survey_id>/enlaces/<int:link_id>/", links.poster, name="poster"),
    path("encuestas/<int:survey_id>/enlaces/<int:link_id>/cambiar/", links.link, name="link"),
]
