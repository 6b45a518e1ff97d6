# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.policy.workspace import maturity, pages, writing

app_name = "policy"
_EDITION = "politica/ediciones/<int:number>/"
urlpatterns = [
    path("politica/", pages.policy, name="policy"),
    path("politica/cambiar/", writing.policy_form, name="policy_change"),
    path("politica/avance/", pages.progress, name="progress"),
    path("politica/documentos/nuevo/", writing.documents, name="documents"),
    path("politica/documentos/<int:document_id>/", pages.document, name="document"),
    path("politica/madurez/", maturity.path, name="maturity"),
    path("politica/vinculos/nuevo/", maturity.reference, name="reference_new"),
    path("politica/vinculos/<int:reference_id>/", maturity.reference, name="reference"),
    path("politica/vinculos/<int:reference_id>/revisado/", maturity.checked, name="reference_checked"),
    path("politica/logros/nuevo/", maturity.achievement, name="achievement_new"),
    path("politica/logros/<int:achievement_id>/", maturity.achievement, name="achievement"),
    path("politica/ediciones/nueva/", writing.start, name="start"),
    path(_EDITION, pages.edition, name="edition"),
    path(f"{_EDITION}datos/", writing.facts, name="facts"),
    path(f"{_EDITION}partes/<slug:code>/", writing.section, name="section"),
    path(f"{_EDITION}partes/<slug:code>/historia/", pages.section_history, name="history"),
    path(f"{_EDITION}partes/<slug:code>/vinculos/<slug:row>/", writing.cells, name="cells"),
    path(f"{_EDITION}lineas/<slug:line>/", writing.links, name="links"),
    path(f"{_EDITION}comparar/", pages.compare, name="compare"),
    path(f"{_EDITION}aprobar/", writing.approve, name="approve"),
    path(f"{_EDITION}pdf/", pages.paper, name="paper"),
    path(f"{_EDITION}hacer/<slug:code>/", writing.act, name="act"),
]
