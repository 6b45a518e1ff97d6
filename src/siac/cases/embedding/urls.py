# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.embedding import portal, workspace

PORTAL = [
    path("incrustado/", portal.choose, name="framed_choose"),
    path("incrustado/revisar/<str:key>/", portal.check, name="framed_check"),
    path("incrustado/comprobante/<str:key>/", portal.receipt, name="framed_receipt"),
    path("incrustado/comprobante/<str:key>/pdf/", portal.receipt_paper, name="framed_receipt_pdf"),
    path("incrustado/terminar/<str:key>/", portal.end, name="framed_end"),
    path("incrustado/<slug:kind>/", portal.fill, name="framed_fill"),
]
SETUP = [
    path("configuracion/otros-sitios/", workspace.sites, name="sites"),
    path("configuracion/otros-sitios/<int:site_id>/quitar/", workspace.remove, name="site_remove"),
]
