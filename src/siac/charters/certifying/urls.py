# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.charters.certifying import workspace

urlpatterns = [
    path("cartas/certificaciones/", workspace.waiting, name="certificates_waiting"),
    path("cartas/<int:charter_id>/certificacion/", workspace.certifications, name="certifications"),
    path("cartas/<int:charter_id>/certificacion/nueva/", workspace.certification, name="certification_new"),
    path(
        "cartas/<int:charter_id>/certificacion/<int:certification_id>/", workspace.certification,
        name="certification",
    ),
    path(
        "cartas/<int:charter_id>/certificacion/<slug:kind>/<int:attachment_id>/", workspace.certificate_file,
        name="certificate_file",
    ),
    path("cartas/auditorias/<int:audit_id>/", workspace.audit, name="certification_audit"),
    path("cartas/auditorias/<int:audit_id>/hallazgo/", workspace.audit_finding, name="audit_finding"),
]  # fmt: skip
