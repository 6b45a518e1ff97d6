# SPDX-License-Identifier: EUPL-1.2
"""The label that is stuck on a paper."""

from django.conf import settings
from django.urls import reverse

from siac.infra.pdf import Paper, qr_svg, render
from siac.mailroom.models import IncomingPaper
from siac.organizations.public import Institution
from siac.ui.public import long_date


def label_pdf(institution: Institution, paper: IncomingPaper) -> bytes:
    """Return the label to stick on a paper: body, number, moment of receipt, QR of its page in the workspace.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    local = paper.received_at.astimezone(institution.zone)
    address = settings.SITE_URL + reverse("workspace:mailroom:paper", args=[institution.slug, paper.pk])
    content = {
        "number": paper.code,
        "date": long_date(local.date()),
        "hour": f"{local:%H:%M}",
        "pages": "" if paper.pages is None else f"{paper.pages} hoja{'s' if paper.pages != 1 else ''}",
        "qr": {"file": "qr.svg", "alt": f"Código QR del documento {paper.code}"},
    }
    label = Paper(institution, f"Etiqueta {paper.code}", content, files={"qr.svg": qr_svg(address)})
    return render("mailroom/papers/label.typ", label)
