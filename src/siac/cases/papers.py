# SPDX-License-Identifier: EUPL-1.2
"""Papers of a case."""

from django.http import HttpResponse

from siac.cases.models import Case
from siac.cases.notices import follow_url
from siac.cases.pages import clock_lines
from siac.cases.texts import STATE_FOR_CITIZEN
from siac.infra.pdf import PdfUnavailable, qr_svg, render
from siac.organizations.public import Institution
from siac.ui.public import long_date


def receipt_pdf(institution: Institution, case: Case) -> bytes:
    """Return the receipt of a case as an accessible PDF: folio, code, moment of receipt, due day and why.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    local = case.filed_at.astimezone(institution.zone)
    rows = [
        ["Folio", case.folio],
        ["Código de seguimiento", case.code],
        ["Tipo", case.kind.name],
        ["Asunto", case.text.subject],
        ["Recibida", f"{long_date(local.date())}, {local:%H:%M} ({institution.time_zone})"],
        ["Canal", case.get_channel_display()],
        ["Estado", STATE_FOR_CITIZEN[case.state]],
    ]
    if case.unit:
        rows.append(["Responde", case.unit.name])
    if case.legal_due_on:
        rows.append(["Respuesta a más tardar", long_date(case.legal_due_on)])
    why = [
        {"heading": line.clock.label, "paragraphs": line.explanation.sentences} for line in clock_lines(case)
    ]
    data = {
        "title": f"Comprobante {case.folio}",
        "institution": institution.name,
        "colour": institution.brand_colour,
        "demo": institution.is_demo,
        "footer": " · ".join(
            part for part in (institution.address, institution.phone, institution.email) if part
        ),
        "heading": "Comprobante de ingreso",
        "rows": rows,
        "sections": why,
        "qr": {
            "file": "qr.svg",
            "alt": "Código QR con la dirección para seguir la solicitud",
            "paragraphs": ["Siga su solicitud con este código.", f"Código: {case.code}"],
        },
    }
    return render("receipt", data, {"qr.svg": qr_svg(follow_url(case))})


def receipt_response(institution: Institution, case: Case) -> HttpResponse:
    """Return the receipt as a download; where it cannot be typeset now, a plain answer 503 that says what to do."""
    try:
        paper = receipt_pdf(institution, case)
    except PdfUnavailable:
        sentence = (
            f"No se pudo preparar el PDF. Su solicitud está ingresada con el folio {case.folio} y el código"
            f" {case.code}. Intente descargarlo de nuevo en unos minutos."
        )
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="comprobante-{case.folio}.pdf"'
    return response
