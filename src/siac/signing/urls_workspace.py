# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signing.workspace import annulling, documents, ports, setup

app_name = "signing"
_ONE = "firmas/<slug:kind>/<int:subject_id>/"
urlpatterns = [
    path("firmas/", documents.documents, name="documents"),
    path("firmas/codigo/", annulling.by_code, name="by_code"),
    path(_ONE, documents.document, name="document"),
    path(f"{_ONE}firmar/", documents.sign, name="sign"),
    path(f"{_ONE}preparar/", documents.out, name="out"),
    path(f"{_ONE}por-firmar/", documents.original, name="original"),
    path(f"{_ONE}subir/", documents.back, name="back"),
    path(f"{_ONE}firmado/", documents.signed, name="signed"),
    path(f"{_ONE}autofirma/", ports.open_autofirma, name="autofirma"),
    path(f"{_ONE}firmaperu/", ports.open_firmaperu, name="firmaperu"),
    path(f"{_ONE}firmagob/", ports.ask_firmagob, name="firmagob"),
    path(f"{_ONE}otra-vez/", documents.again, name="again"),
    path(f"{_ONE}cancelar/", documents.cancel, name="cancel"),
    path(f"{_ONE}anulada/<int:signature_id>/", annulling.annulled_file, name="annulled_file"),
    path("firmas/<int:signature_id>/anular/", annulling.annul, name="annul"),
    path("firmas/<int:signature_id>/motivo/", annulling.reason, name="reason"),
    path("configuracion/firma/", setup.setup, name="setup"),
    path("configuracion/firma/con/<slug:port>/", ports.port, name="port"),
    path("configuracion/firma/certificado/", setup.certificate, name="certificate"),
    path("configuracion/firma/certificado/retirar/", setup.withdraw, name="withdraw"),
]
