# SPDX-License-Identifier: EUPL-1.2
"""Papers of a case."""

from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from siac.cases.answer_day import AnswerDay, answer_day
from siac.cases.domain.clock_kinds import LEGAL
from siac.cases.models import Case
from siac.cases.notices import follow_url
from siac.cases.pages import clock_lines, files_of
from siac.cases.situation import situation_of
from siac.cases.texts import STATE_FOR_CITIZEN
from siac.infra.pdf import Paper, PdfUnavailable, qr_svg, render
from siac.organizations.public import Institution, PublicText, text_in_force
from siac.people.public import names
from siac.ui.public import day_with_weekday, long_date

RECEIPT = "cases/papers/receipt.typ"


def receipt_pdf(institution: Institution, case: Case, *, with_code: bool, today: date) -> bytes:
    """Return the receipt of a case as an accessible PDF: folio, moment of receipt, the promise of `today`
    (local to the body) and why.

    Only the one for its person bears the tracking code, and the address with it.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    local = case.filed_at.astimezone(institution.zone)
    rows = [
        ["Folio", case.folio],
        *([["Código de seguimiento", case.code]] if with_code else []),
        ["Tipo", case.kind.name],
        ["Asunto", case.text.subject],
        ["Recibida", f"{long_date(local.date())}, {local:%H:%M}, hora de {institution.zone_name}"],
        ["Canal", case.get_channel_display()],
        *([["Presentada por", _presented_by(case)]] if with_code else []),
        *([["Archivos", ", ".join(file.name for file in files)]] if (files := files_of(case)) else []),
        ["Estado", STATE_FOR_CITIZEN[case.state]],
    ]
    if case.unit:
        rows.append(["Responde", case.unit.name])
    lines = clock_lines(case)
    rows += _promise(answer_day(case, lines, today=today))
    rows += _privacy(institution, case)
    why = [
        {"heading": line.clock.label, "paragraphs": [*line.explanation.sentences, *line.explanation.warnings]}
        for line in lines
    ]
    content = {
        "heading": "Comprobante de ingreso",
        "rows": rows,
        "sections": why,
        "qr": _qr(
            "Siga su solicitud con este código.", f"Código: {case.code}", follow_url(case, with_code=False)
        )
        if with_code
        else _qr(
            "Siga su solicitud con el código que recibió al ingresarla.", follow_url(case, with_code=False)
        ),
    }
    paper = Paper(
        institution,
        f"Comprobante {case.folio}",
        content,
        files={"qr.svg": qr_svg(follow_url(case, with_code=with_code))},
    )
    return render(RECEIPT, paper)


def _promise(promise: AnswerDay | None) -> list[list[str]]:
    if promise is None:
        return []
    rows = [
        ["Debimos responder" if promise.is_late else "Respuesta a más tardar", day_with_weekday(promise.by)]
    ]
    if promise.outer and not promise.is_late:
        rows.append([promise.limit, day_with_weekday(promise.outer)])
    return rows


def _privacy(institution: Institution, case: Case) -> list[list[str]]:
    """Return where the privacy notice is that held when the case was filed; no SQL when warm."""
    text = text_in_force(institution, PublicText.PRIVACY, institution.local_date(case.filed_at))
    if text is None or case.person_id is None:
        return []
    address = f"{settings.SITE_URL}{reverse('portal:texts:privacy', args=[institution.slug])}"
    return [["Aviso de privacidad", f"Versión {text.number}: {address}"]]


def _presented_by(case: Case) -> str:
    """Return the name on the receipt that its person gets (1 SQL)."""
    if case.person_id is None:
        return "Anónima"
    return names(case.institution_id, [case.person_id])[case.person_id]


def _qr(*paragraphs: str) -> dict[str, object]:
    alt = "Código QR con la dirección para seguir la solicitud"
    return {"file": "qr.svg", "alt": alt, "paragraphs": list(paragraphs)}


def receipt_response(institution: Institution, case: Case, *, with_code: bool, today: date) -> HttpResponse:
    """Return the receipt as a download; where it cannot be typeset now, a plain
    answer 503 that says what to do.
    """
    try:
        paper = receipt_pdf(institution, case, with_code=with_code, today=today)
    except PdfUnavailable:
        sentence = (
            f"No se pudo preparar el PDF. La solicitud está ingresada con el folio {case.folio}."
            " Intente descargarlo de nuevo en unos minutos."
        )
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="comprobante-{case.folio}.pdf"'
    return response


def silence_pdf(institution: Institution, case: Case) -> bytes:
    """Return the certificate that the legal term of a case ended without an answer, as an accessible PDF.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    certified_at = case.silence_certified_at or case.filed_at
    now = certified_at.astimezone(institution.zone)
    lines = clock_lines(case)
    situation = situation_of(institution, case, [line.clock for line in lines], now=now)
    legal = next((line for line in lines if line.clock.kind == LEGAL), None)
    local = case.filed_at.astimezone(institution.zone)
    rows = [
        ["Folio", case.folio],
        ["Tipo", case.kind.name],
        ["Asunto", case.text.subject],
        ["Recibida", f"{long_date(local.date())}, {local:%H:%M}"],
    ]
    paragraphs = [
        f"{institution.name} certifica que, al {long_date(now.date())}, "
        "no consta una respuesta a la solicitud indicada"
        " dentro de su plazo legal.",
    ]
    if legal is not None:
        rows += [["Vencimiento", long_date(legal.clock.due_on)], ["Norma", legal.explanation.law]]
        paragraphs.append(legal.explanation.silence or situation.silence_words)
        paragraphs += [f"Puede recurrir ante: {where}" for where in legal.explanation.appeals]
    content = {
        "heading": "Certificado de vencimiento del plazo sin respuesta",
        "rows": rows,
        "sections": [
            {"heading": "Qué significa", "paragraphs": [line for line in paragraphs if line]},
            {"heading": "Cómo se contó el plazo", "paragraphs": legal.explanation.sentences if legal else []},
        ],
        "qr": _qr("El estado de la solicitud se comprueba ahí, con el código de seguimiento."),
    }
    paper = Paper(
        institution,
        f"Certificado {case.folio}",
        content,
        files={"qr.svg": qr_svg(follow_url(case, with_code=False))},
    )
    return render(RECEIPT, paper)


def silence_response(institution: Institution, case: Case) -> HttpResponse:
    """Return the certificate of silence as a download, or a plain answer 503 that says to try again."""
    try:
        paper = silence_pdf(institution, case)
    except PdfUnavailable:
        sentence = (
            "No se pudo preparar el PDF. El certificado está emitido: intente descargarlo en unos minutos."
        )
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificado-{case.folio}.pdf"'
    return response
