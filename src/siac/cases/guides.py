# SPDX-License-Identifier: EUPL-1.2
"""What an action will do to the terms of a case, said before it is taken, in plain Spanish."""

from siac.cases.commands.planning import (
    plan_appeal_clocks,
    plan_correction_clock,
    plan_review_clock,
)
from siac.cases.decisions import says_measures
from siac.cases.domain.clock_kinds import LEGAL
from siac.cases.domain.delivery import FORM_ASKED, WAY_ASKED
from siac.cases.features import left_before_answer, left_before_closing
from siac.cases.models import Approver, DraftState
from siac.cases.queries import approver_of
from siac.cases.situation import Situation
from siac.clocks.public import Rule, explained_term, extended_due
from siac.ui.public import long_date

_EFFECTS = {
    "suspend": "Mientras tanto el plazo legal se detiene; lo ya usado sigue usado.",
    "restart": "El plazo legal empieza de nuevo cuando la complete.",
    "none": "El plazo legal no se detiene: sigue corriendo.",
}


def ask_guide(situation: Situation) -> list[str]:
    """Say what asking the person to complete does: her term, the body's, and what follows if she does not."""
    rule = situation.rule
    if rule is None or rule.correction is None:
        return ["La norma de esta solicitud no detiene el plazo legal: sigue corriendo."]
    clock = plan_correction_clock(
        situation.institution, situation.case, rule, rule.correction, now=situation.now
    )
    return [
        f"La persona tendrá hasta el {long_date(clock.due_on)} para completar.",
        _EFFECTS[rule.correction.effect],
        f"Si no la completa: {rule.correction.lapse}",
        *_more_lines(situation, rule),
    ]


def _more_lines(situation: Situation, rule: Rule) -> list[str]:
    """Say what asking to know more does, where the law of the case tells it apart from completing."""
    if rule.information is None:
        return []
    clock = plan_correction_clock(
        situation.institution, situation.case, rule, rule.information, now=situation.now
    )
    return [
        f"Si no falta nada y solo necesita saber más, márquelo: tendrá hasta el {long_date(clock.due_on)}. "
        f"{_EFFECTS[rule.information.effect]} {rule.information.lapse}"
    ]


def extend_guide(situation: Situation) -> list[str]:
    """Say until when the extension would reach, and what the law asks for it."""
    rule, live = situation.rule, situation.live(LEGAL)
    if rule is None or rule.extension is None or not live:
        return []
    until = extended_due(live[0])
    found = [f"El plazo pasaría al {long_date(until)}."] if until else []
    return [*found, rule.extension.condition]


def transfer_guide(situation: Situation) -> list[str]:
    """Say by when the law wants a request sent on."""
    rule = situation.rule
    found = ["La solicitud termina aquí y la persona recibe aviso de dónde quedó."]
    if rule is not None and "transfer" in rule.related:
        filed = situation.case.filed_at.astimezone(situation.institution.zone)
        term = explained_term(
            rule.related["transfer"],
            place=situation.institution.place,
            zone=situation.institution.zone,
            on=filed.date(),
            institution_id=situation.institution.pk,
            channel="desk",
        ).term
        late = " Ese día ya pasó." if term.due_on < situation.today else ""
        found.insert(0, f"La norma pide derivarla a más tardar el {long_date(term.due_on)}.{late}")
    return found


def denial_guide(situation: Situation) -> list[str]:
    """Say what the person is told about appeals when the body says no."""
    rule = situation.rule
    clocks = (
        plan_appeal_clocks(situation.institution, situation.case, rule, against="denial", now=situation.now)
        if rule
        else []
    )
    lines = [f"{clock.label}, hasta el {long_date(clock.due_on)}." for clock in clocks]
    return (
        ["La persona recibe aviso con sus razones y con los recursos que tiene:", *lines]
        if lines
        else ["La persona recibe aviso con sus razones."]
    )


def lapse_guide(situation: Situation) -> list[str]:
    """Say what declaring a request given up rests on."""
    rule = situation.rule
    text = rule.correction.lapse if rule and rule.correction else ""
    return [f"La persona no completó la solicitud a tiempo. {text}", *denial_guide(situation)]


def reopen_guide(situation: Situation) -> list[str]:
    """Say which terms come back."""
    if situation.case.ending:
        return [
            "Los plazos vuelven a correr como si nunca se hubiera cerrado: los días de en medio cuentan.",
            "La persona recibe aviso.",
        ]
    clock = plan_review_clock(situation.institution, situation.case, now=situation.now)
    return [f"Se abre una revisión con plazo hasta el {long_date(clock.due_on)}.", "La persona recibe aviso."]


def merge_guide(situation: Situation) -> list[str]:
    """Say what joining two requests does."""
    return [
        (
            "La otra solicitud responderá por las dos: la respuesta "
            "llegará también a esta persona, con este folio."
        ),
        "Esta deja de contar como pendiente. Se puede deshacer reabriéndola.",
    ]


def silence_guide(situation: Situation) -> list[str]:
    """Say what the certificate will state."""
    return [situation.silence_words] if situation.silence_words else []


def withdraw_guide(situation: Situation) -> list[str]:
    """Say what a withdrawal does."""
    return ["La solicitud se cierra sin respuesta y la persona recibe constancia."]


def acknowledge_guide(situation: Situation) -> list[str]:
    """Say what the receipt must contain: the longest term too (art. 21.4 Ley 39/2015)."""
    due = situation.case.legal_due_on
    until = f" y que el plazo máximo para responder es el {long_date(due)}" if due else ""
    return [f"Diga a la persona qué día se recibió{until}, y anote cómo lo hizo."]


def answer_guide(situation: Situation) -> list[str]:
    """Say what is still to be checked or done, then as `draft_guide`."""
    return [*_wanted(situation), *left_before_answer(situation.case), *draft_guide(situation)]


def closing_guide(situation: Situation) -> list[str]:
    """Say what is still open on the case; it keeps nobody from closing it."""
    return left_before_closing(situation.case)


def _wanted(situation: Situation) -> list[str]:
    """Say in what form and by what means the person asked for the information, where they said so."""
    answers = situation.case.text.answers
    said = [answers[code] for code in (FORM_ASKED, WAY_ASKED) if answers.get(code)]
    return [f"La pidió así: {'; '.join(said).lower()}."] if said else []


def draft_guide(situation: Situation) -> list[str]:
    """Say who wrote what the form of the answer holds already, and where it stands."""
    draft, lines = situation.case.draft, []
    if draft is not None:
        at = draft.saved_at.astimezone(situation.institution.zone)
        lines.append(f"Borrador de {draft.author.name}, guardado el {long_date(at.date())} a las {at:%H:%M}.")
        if draft.state == DraftState.RETURNED:
            lines.append("Se devolvió con observaciones: están en la última nota interna.")
    approver = approver_of(situation.institution, situation.case)
    if approver:
        lines.append(f"Antes de enviarse la aprueba: {Approver(approver).label}. El plazo sigue corriendo.")
    if says_measures(situation.case.kind.rule_id):
        law = f" ({situation.rule.source})" if situation.rule else ""
        lines.append(f"Si lo acepta, diga qué medidas correctivas toma; si lo deniega, por qué{law}.")
    return [*lines, *denial_lines(situation)]


def denial_lines(situation: Situation) -> list[str]:
    """Say what a denial must hold, where the law of the case names grounds."""
    grounds = situation.rule.grounds if situation.rule else ()
    if not grounds:
        return []
    told = [
        (
            "Si deniega, en todo o en parte, elija la causal de la ley y "
            "escriba las razones de este caso: la persona recibe las dos."
        )
    ]
    if any(ground.reserve for ground in grounds):
        told.append(
            "Si la causal reserva un documento, elija el acto del índice de reserva que "
            "lo declara; si falta, agréguelo antes en «Agregar al índice de reserva»."
        )
    return told


def discard_guide(situation: Situation) -> list[str]:
    """Say what is lost."""
    return [*draft_guide(situation)[:1], "El texto y sus archivos se borran y no se pueden recuperar."]
