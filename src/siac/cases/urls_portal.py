# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases import portal

app_name = "cases"
urlpatterns = [
    path("solicitud/", portal.choose, name="choose"),
    path("solicitud/revisar/<str:key>/", portal.check, name="check"),
    path("solicitud/<slug:kind>/", portal.fill, name="fill"),
    path("comprobante/<str:token>/", portal.receipt, name="receipt"),
    path("comprobante/<str:token>/pdf/", portal.receipt_paper, name="receipt_pdf"),
    path("seguimiento/", portal.track, name="track"),
    path("seguimiento/solicitud/", portal.case, name="case"),
    path("seguimiento/solicitud/antecedentes/", portal.inform, name="inform"),
    path("seguimiento/solicitud/revision/", portal.contest, name="contest"),
    path("seguimiento/solicitud/calificacion/", portal.rate, name="rate"),
    path("seguimiento/solicitud/archivo/<int:attachment_id>/", portal.file, name="file"),
]
