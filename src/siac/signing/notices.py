# SPDX-License-Identifier: EUPL-1.2
"""What people of the house are told of the certificate of their body."""

from django.conf import settings
from django.urls import reverse

from siac.notices.public import Notice
from siac.organizations.public import institution_of
from siac.signing.models import SigningCertificate
from siac.ui.public import long_date

ENDS = "signing.certificate_ends"
TITLE = "El certificado de firma está por vencer"


def render(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the notice (2 SQL)."""
    body = institution_of(notice.institution_id)
    own = SigningCertificate.objects.filter(institution=notice.institution_id).only("subject", "until")
    row = own.get(pk=notice.subject_id)
    page = f"{settings.SITE_URL}{reverse('workspace:signing:setup', args=[body.slug])}"
    day = long_date(body.local_date(row.until))
    is_over = notice.context["days"] == 0
    lines = [
        f"El certificado con que {body.name} firma sus documentos, «{row.subject}», "
        + (f"venció el {day}." if is_over else f"vence el {day}."),
        "Lo que se pida firmar espera, sin perderse, hasta que haya uno vigente."
        if is_over
        else "Pida la renovación a su proveedor y agréguela antes de ese día; lo firmado sigue firmado.",
        f"Se agrega aquí: {page}",
        body.name,
    ]
    return "El certificado de firma venció" if is_over else TITLE, "\n\n".join(lines)
