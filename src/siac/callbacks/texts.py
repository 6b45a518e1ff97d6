# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.callbacks.domain.states import Result, State
from siac.callbacks.models import CallBack
from siac.ui.public import day_with_weekday

STATES: dict[State, str] = {
    State.OPEN: "Por llamar",
    State.DONE: "Se habló",
    State.UNREACHED: "No se pudo",
    State.WITHDRAWN: "Ya no se llama",
}
RESULTS: dict[Result, str] = {
    Result.SPOKE: "Hablamos",
    Result.NO_ANSWER: "No contesta",
    Result.WRONG_NUMBER: "No es su número",
}
REFUSALS: dict[str, str] = {
    "call_phone": "Escriba el teléfono al que se llamará.",
    "call_person": "Esta atención no dice a quién llamar: corríjala y escriba su teléfono.",
    "call_within": "Elija dentro de cuánto se llamará.",
    "call_open": "Ya se prometió una llamada por esta atención.",
    "call_over": "Esta llamada ya terminó. Mire cómo quedó.",
    "call_not_over": "Esta llamada todavía está por hacerse.",
    "call_why": "Escriba por qué ya no se llama.",
    "call_more": "Antes de dejar de llamar hay que llamar {count} veces.",
    "call_attempts": "Las llamadas sin respuesta van de 1 a 10.",
    "call_withdrawn": "Esta atención se retiró del registro.",
}
PROMISED, CALLED, TAKEN = "callbacks.promised", "callbacks.called", "callbacks.taken"
ENDED, REOPENED, MOVED = "callbacks.ended", "callbacks.reopened", "callbacks.moved"
HAPPENED = (PROMISED, CALLED, TAKEN, ENDED, REOPENED, MOVED)
"""Entries in the chain of a call to return."""
CONFIGURED = ("callbacks.rule_saved",)


def due_words(row: CallBack) -> str:
    """Return by when somebody is called: «martes 1 de diciembre de 2026», or with its hour where hours were
    promised. No SQL where the body was read along.
    """
    day = day_with_weekday(row.due_on)
    if not row.within.endswith("h"):
        return day
    local = row.due_at.astimezone(row.institution.zone)
    return f"{day} a las {local.hour}:{local.minute:02}"
