# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.embedding import urls as embedding
from siac.cases.hearing import urls as hearing
from siac.cases.identified import urls as identified
from siac.cases.portal import filing, following, text_messages
from siac.cases.reserve import urls as reserve
from siac.cases.traits import urls as traits
from siac.documents.public import view_response

app_name = "cases"
urlpatterns = [
    *embedding.PORTAL,
    *hearing.PORTAL,
    *identified.PORTAL,
    *reserve.PORTAL,
    *traits.PORTAL,
    path("solicitud/", filing.choose, name="choose"),
    path("solicitud/revisar/<str:key>/", filing.check, name="check"),
    path("solicitud/<slug:kind>/", filing.fill, name="fill"),
    path("comprobante/<str:key>/", filing.receipt, name="receipt"),
    path("comprobante/<str:key>/pdf/", filing.receipt_paper, name="receipt_pdf"),
    path("seguimiento/", following.track, name="track"),
    path("seguimiento/codigo/", following.lost_code, name="lost_code"),
    path("seguimiento/salir/", following.leave, name="leave"),
    path("seguimiento/solicitud/", following.case, name="case"),
    path("seguimiento/solicitud/antecedentes/", following.inform, name="inform"),
    path("seguimiento/solicitud/revision/", following.contest, name="contest"),
    path("seguimiento/solicitud/comentario/", following.reply, name="reply"),
    path("seguimiento/solicitud/calificacion/", following.rate, name="rate"),
    path("seguimiento/solicitud/desistimiento/", following.withdraw, name="withdraw"),
    path("seguimiento/solicitud/demora/", following.complain_of_delay, name="delay"),
    path("seguimiento/solicitud/certificado/", following.silence_paper, name="silence_pdf"),
    path("seguimiento/solicitud/mensajes/", text_messages.text_messages, name="text_messages"),
    path("seguimiento/solicitud/archivo/<int:attachment_id>/", following.file, name="file"),
    path(
        "seguimiento/solicitud/archivo/<int:attachment_id>/ver/",
        following.file,
        {"give": view_response},
        name="view_file",
    ),
]
