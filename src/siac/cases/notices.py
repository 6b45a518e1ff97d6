# SPDX-License-Identifier: EUPL-1.2
"""What citizens are told by mail. Texts are made when the notice is sent, from the case as it then is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from siac.cases.models import Case, CaseMessage
from siac.notices.public import Notice
from siac.ui.public import long_date


@dataclass(frozen=True, slots=True)
class CaseNotice:
    """A kind of notice about a case: what staff call it, and how its lines are made."""

    code: str
    title: str
    lines: Callable[[Case, str], tuple[str, list[str]]]

    def render(self, notice: Notice) -> tuple[str, str]:
        """Return (subject, text) of a notice of this kind."""
        case = Case.objects.select_related("institution", "kind", "text", "unit").get(pk=notice.subject_id)
        body = ""
        if "message" in notice.context:
            body = CaseMessage.objects.get(pk=notice.context["message"], case=case).body
        subject, lines = self.lines(case, body)
        closing = [
            f"Siga su solicitud: {follow_url(case)}",
            f"Código de seguimiento: {case.code}",
            case.institution.name,
        ]
        return f"{subject} [{case.folio}]", "\n\n".join([*lines, *closing])


def follow_url(case: Case) -> str:
    """Return the address where the citizen follows the case; it opens only with the second factor."""
    return (
        f"{settings.SITE_URL}{reverse('portal:cases:track', args=[case.institution.slug])}?codigo={case.code}"
    )


def _due(case: Case) -> str:
    return (
        f"La respuesta debe llegarle a más tardar el {long_date(case.legal_due_on)}."
        if case.legal_due_on
        else ""
    )


def _receipt(case: Case, body: str) -> tuple[str, list[str]]:
    lines = [
        f"Recibimos su solicitud «{case.text.subject}» ({case.kind.name}) con el folio {case.folio}.",
        _due(case),
    ]
    return "Recibimos su solicitud", [line for line in lines if line]


def _asked(case: Case, body: str) -> tuple[str, list[str]]:
    return "Necesitamos que complete su solicitud", [
        "Para seguir con su solicitud necesitamos lo siguiente:",
        body,
        "Puede agregarlo desde la página de seguimiento.",
    ]


def _extended(case: Case, body: str) -> tuple[str, list[str]]:
    return "Ampliamos el plazo de su solicitud", [f"El plazo se amplió por estas razones: {body}", _due(case)]


def _answered(case: Case, body: str) -> tuple[str, list[str]]:
    lines = [body]
    if case.contest_until:
        lines.append(
            f"Si no está de acuerdo, puede pedir que la revisemos hasta el {long_date(case.contest_until)}."
        )
    return "Respuesta a su solicitud", lines


def _contested(case: Case, body: str) -> tuple[str, list[str]]:
    due = f"Le responderemos a más tardar el {long_date(case.due_on)}." if case.due_on else ""
    return "Revisaremos la respuesta", ["Recibimos su solicitud de revisión.", due] if due else [
        "Recibimos su solicitud de revisión."
    ]


KINDS = (
    CaseNotice("cases.receipt", "Comprobante de ingreso", _receipt),
    CaseNotice("cases.information_asked", "Solicitud de antecedentes", _asked),
    CaseNotice("cases.term_extended", "Ampliación del plazo", _extended),
    CaseNotice("cases.answered", "Respuesta", _answered),
    CaseNotice("cases.contest_received", "Recepción de la solicitud de revisión", _contested),
)
