# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.callbacks.domain.states import Result, State

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
    "call_noted": "Otra llamada se anotó mientras tanto: mire abajo si es esta, y anote la suya si falta.",
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
