# SPDX-License-Identifier: EUPL-1.2
"""An answer on paper."""

from datetime import datetime

from django.http import HttpResponse

from siac.accounts.public import User
from siac.cases.access import unit_of
from siac.cases.models import Case, CaseMessage
from siac.cases.notices import ANSWERED, answer_lines, answer_text, follow_url
from siac.infra.pdf import Paper, PdfUnavailable, render
from siac.notices.public import Notice
from siac.organizations.public import Institution
from siac.people.public import PersonData
from siac.ui.public import long_date

LATER = "No se pudo preparar el PDF: inténtelo de nuevo en unos minutos."


def letter_pdf(institution: Institution, case: Case, notice: Notice, person: PersonData | None) -> bytes:
    """Return the answer that `notice` tells of as an accessible letter: text,
    appeals with their last day, who signs.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    own = CaseMessage.objects.filter(institution=institution).select_related("author")
    message = own.get(pk=notice.context["message"])
    lines = answer_lines(case, answer_text(message))
    return typeset(case, lines, person, message.author, at=message.at)


def typeset(
    case: Case,
    lines: list[str],
    person: PersonData | None,
    author: User | None,
    *,
    at: datetime,
    draft: str = "",
    signed: str = "",
) -> bytes:
    """Return an answer of these `lines` as a letter signed by `author`; `draft` is
    said on each page of one that is none yet, `signed` on each page of one that gets an electronic signature.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    institution = case.institution
    unit = unit_of(institution, case)
    address = person.address if person else ""
    signers = [author.name if author else "", unit.name if unit else "", institution.name]
    content = {
        "recipient": [line for line in (person.display_name if person else "", address) if line],
        "place_date": long_date(institution.local_date(at)),
        "heading": ANSWERED,
        "reference": f"{case.folio} · {case.text.subject}",
        "paragraphs": [part for line in lines for part in line.split("\n\n") if part.strip()],
        "closing": [
            (
                f"Puede seguir su solicitud en {follow_url(case, with_code=False)}, "
                "con el código que recibió al ingresarla."
            )
        ],
        "signature": [line for line in signers if line],
    }
    paper = Paper(
        institution, f"Respuesta {case.folio}", content, unit=unit.name if unit else "", draft=draft,
        signed=signed,
    )  # fmt: skip
    return render("cases/papers/letter.typ", paper)


def letter_response(
    institution: Institution, case: Case, notice: Notice, person: PersonData | None
) -> HttpResponse:
    """Return the letter as a download, or a plain answer 503 that says to try again."""
    try:
        paper = letter_pdf(institution, case, notice, person)
    except PdfUnavailable:
        return HttpResponse(
            f"{LATER} La respuesta está guardada.", content_type="text/plain; charset=utf-8", status=503
        )
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="respuesta-{case.folio}.pdf"'
    return response
