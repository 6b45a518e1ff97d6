# SPDX-License-Identifier: EUPL-1.2
"""What the person of a broken promise is written: what was decided, and the letter itself."""

from siac.cases.public import attention_mail, case_mail
from siac.charters.commands.remedies import DECIDED, LETTER
from siac.charters.models import PeriodResult, Remedy, RemedyState
from siac.charters.texts import RemedyKind
from siac.indicators.public import period_words
from siac.notices.public import Notice
from siac.ui.public import long_date

SUBJECTS = {RemedyKind.APOLOGY: "Le pedimos disculpas", RemedyKind.EXPLANATION: "Le debemos una explicación"}

_AFTER_CALENDAR = "Después el calendario se corrigió y el plazo no había terminado."
_AFTER_ATTENTION = "Después se corrigió lo que se anotó de su atención, y sí lo cumplimos."


def letter_begun(remedy: Remedy) -> str:
    """Return a letter to start from: the promise, the day it was not kept, what is owed; or that what was
    corrected says that it was kept, and what is given all the same. No SQL when the breach was read along.
    """
    breach = remedy.breach
    if breach.taken_back_at is not None:
        return (
            "Le dijimos que no cumplimos lo que nuestra carta de servicios le promete: "
            f"«{breach.commitment.text}». "
            f"{_AFTER_ATTENTION if breach.interaction_id is not None else _AFTER_CALENDAR}\n\n"
            f"Lo que le dijimos que le debemos se mantiene: {remedy.text}."
        )
    if breach.result is not None:
        return _public_begun(remedy, breach.result)
    lines = [
        f"El {long_date(breach.due_on)} no cumplimos lo que nuestra carta de servicios le promete: "
        f"«{breach.commitment.text}».",
    ]
    if remedy.kind == RemedyKind.APOLOGY:
        lines.append("Le pedimos disculpas. Usted tenía derecho a contar con ello, y le fallamos.")
    elif remedy.kind == RemedyKind.EXPLANATION:
        lines.append("Le debemos una explicación de lo que pasó:")
    else:
        lines.append(f"Por eso le debemos: {remedy.text}.")
    return "\n\n".join(lines)


def _public_begun(remedy: Remedy, result: PeriodResult) -> str:
    when = period_words(remedy.breach.commitment.moment, result.first)
    return (
        f"En {when} no cumplimos lo que nuestra carta de servicios promete: "
        f"«{remedy.breach.commitment.text}». Llegamos a {result.words}; la meta es {result.target_words}.\n\n"
        f"Por eso debemos a quienes usan el servicio: {remedy.text}."
    )


def _remedy(notice: Notice) -> Remedy:
    rows = Remedy.objects.filter(institution_id=notice.institution_id).select_related(
        "breach__commitment",
        "breach__case__institution",
        "breach__case__kind",
        "breach__case__text",
        "breach__interaction__institution",
        "breach__result",
    )
    return rows.get(pk=notice.context["remedy"])


def decided(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of what was decided on a remedy."""
    row = _remedy(notice)
    promise = row.breach.commitment.text
    if row.state == RemedyState.REFUSED:
        lines = [
            f"Revisamos lo que le debíamos por no cumplir «{promise}», y no procede por esta razón:",
            row.proof,
        ]
        return _mail(row, "Sobre lo que le prometimos", lines)
    lines = [
        f"El {long_date(row.breach.due_on)} no cumplimos lo que le prometimos: «{promise}».",
        f"Le debemos: {row.text}. La recibirá a más tardar el {long_date(row.due_on)}.",
    ]
    return _mail(row, "No le cumplimos, y le debemos una medida", lines)


def letter(notice: Notice) -> tuple[str, str]:
    """Return (subject, text) of the letter that a remedy is, or tells of."""
    row = _remedy(notice)
    return _mail(row, SUBJECTS.get(RemedyKind(row.kind), "Lo que le debíamos"), [row.letter])


def _mail(row: Remedy, subject: str, lines: list[str]) -> tuple[str, str]:
    if row.breach.case is not None:
        return case_mail(row.breach.case, subject, lines)
    if row.breach.interaction is None:
        raise AssertionError("what is owed to everybody is told in public, not by mail")
    return attention_mail(row.breach.interaction, subject, lines)


NOTICES = (
    (DECIDED, "Medida de subsanación decidida", decided),
    (LETTER, "Carta de una medida de subsanación", letter),
)
