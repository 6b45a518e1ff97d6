# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.charters.editor import aims, gaps, pages, spreading, steps, writing

urlpatterns = [
    path("cartas/", pages.charter_list, name="charters"),
    path("cartas/nueva/", pages.charter_new, name="charter_new"),
    path("cartas/<int:charter_id>/", pages.charter, name="charter"),
    path("cartas/<int:charter_id>/datos/", pages.charter_change, name="charter_change"),
    path("cartas/<int:charter_id>/proceso/", pages.process_begin, name="process_begin"),
    path("cartas/<int:charter_id>/edicion/", pages.edition_new, name="edition_new"),
    path("cartas/ediciones/<int:edition_id>/vista/", pages.preview, name="preview"),
    path("cartas/ediciones/<int:edition_id>/diferencias/", pages.compare, name="compare"),
    path("cartas/ediciones/<int:edition_id>/partes/<slug:code>/", writing.part, name="part"),
    path("cartas/ediciones/<int:edition_id>/expectativas/", gaps.expectations, name="expectations"),
    path("cartas/ediciones/<int:edition_id>/expectativas/traer/", gaps.bring, name="expectations_bring"),
    path("cartas/ediciones/<int:edition_id>/brecha/", gaps.show_levels, name="levels"),
    path("cartas/ediciones/<int:edition_id>/brecha/<int:commitment_id>/", gaps.gap, name="gap"),
    path(
        "cartas/ediciones/<int:edition_id>/brecha/<int:commitment_id>/autoridad/", gaps.override,
        name="gap_override",
    ),
    path("cartas/ediciones/<int:edition_id>/servicios/", writing.offered, name="services"),
    path("cartas/ediciones/<int:edition_id>/objetivos/", aims.objectives, name="objectives"),
    path("cartas/ediciones/<int:edition_id>/participacion/", writing.participation, name="participation"),
    path("cartas/ediciones/<int:edition_id>/vigencia/", writing.days, name="days"),
    path("cartas/ediciones/<int:edition_id>/compromisos/nuevo/", writing.promise, name="promise_new"),
    path(
        "cartas/ediciones/<int:edition_id>/compromisos/<int:commitment_id>/", writing.promise, name="promise"
    ),
    path(
        "cartas/ediciones/<int:edition_id>/compromisos/<int:commitment_id>/mover/", writing.promise_act,
        name="promise_act",
    ),
    path("cartas/ediciones/<int:edition_id>/pasos/<slug:code>/", steps.step, name="step"),
    path("cartas/ediciones/<int:edition_id>/difusion/", spreading.spread, name="spread"),
    path("cartas/ediciones/<int:edition_id>/archivo/", spreading.archive, name="archive"),
    path("cartas/comentarios/<int:comment_id>/", steps.answer, name="comment_answer"),
]  # fmt: skip
