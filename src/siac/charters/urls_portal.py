# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.charters import paper_pages, portal
from siac.charters.claims import portal as claims
from siac.charters.register import badge
from siac.charters.register import portal as register
from siac.charters.reports import portal as reports

app_name = "charters"
urlpatterns = [
    path("cartas/", portal.charter_list, name="charters"),
    path("cartas/<slug:code>/", portal.charter, name="charter"),
    path("cartas/<slug:code>/ediciones/<int:number>/", portal.charter, name="edition"),
    path("cartas/<slug:code>/ediciones/<int:number>/<slug:paper>.pdf", paper_pages.paper, name="paper"),
    path("cartas/<slug:code>/borrador/", portal.draft, name="draft"),
    path("cartas/<slug:code>/cumplimiento/", register.register, name="register"),
    path("cartas/<slug:code>/insignia.svg", badge.badge, name="badge"),
    path("cartas/<slug:code>/cumplimiento/<int:result_id>/", register.period, name="period"),
    path("cartas/<slug:code>/informes/<int:report_id>/", reports.report, name="report"),
    path("cartas/<slug:code>/informes/<int:report_id>/pdf/", reports.paper, name="report_paper"),
    path("seguimiento/medida/", claims.claim, name="claim"),
    path("comparacion/", register.comparison, name="comparison"),
    # Where the same stood before each charter had its register.
    path("compromisos/", register.moved_compliance, name="compliance"),
    path("compromisos/<int:commitment_id>/solicitudes/", register.moved_cases, name="cases"),
]
