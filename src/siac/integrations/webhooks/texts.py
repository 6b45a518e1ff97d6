# SPDX-License-Identifier: EUPL-1.2
"""Words of webhooks."""

from siac.integrations.webhooks.domain.trying import Outcome, State

STATES = {
    State.PENDING: "Por enviar",
    State.SENDING: "Enviando",
    State.DONE: "Recibido",
    State.FAILED: "Abandonado",
    State.DROPPED: "No se envía",
}
PAUSES = {
    "asked": "En pausa",
    "dead": "Detenido: ningún mensaje llega",
    "removed": "Quitado",
}
OUTCOMES = {
    Outcome.TAKEN: "Recibido",
    Outcome.REFUSED: "El destino respondió con un error",
    Outcome.REDIRECTED: "El destino envía a otra dirección: no se sigue",
    Outcome.GONE: "El destino dice que ya no existe (410)",
    Outcome.SILENT: "El destino no contestó a tiempo",
    Outcome.UNREACHED: "No se pudo conectar con el destino",
    Outcome.NOT_ALLOWED: "La dirección lleva a una red privada o a esta misma máquina: no se permite",
    Outcome.BAD_ADDRESS: "La dirección no es de la web",
    Outcome.KEY_MISSING: "No se puede leer el secreto guardado: cámbielo",
    Outcome.BROKEN_OFF: "El intento se cortó",
    Outcome.DROPPED: "No se envió: ya no corresponde",
}
PING = "siac.prueba"
REFUSALS = {
    "webhook_url": "Escriba una dirección que empiece con https://, sin usuario, contraseña, tildes ni eñes.",
    "webhook_taken": "Ya se avisa a esa dirección.",
    "webhook_events": "Elija al menos un hecho.",
    "webhook_crowded": "Un organismo puede avisar a {most} direcciones.",
    "webhook_practice": "Un organismo de práctica no avisa a ningún programa.",
    "webhook_paused": "Está en pausa: reanúdelo primero.",
    "webhook_dropped": "Ese mensaje ya no corresponde enviarlo.",
    "webhook_moving": "Ese aviso todavía está por enviarse.",
    "webhook_changed": "Otra persona lo cambió mientras usted escribía. Revise y guarde otra vez.",
}
RECORDED = (
    "webhooks.saved", "webhooks.secret_changed", "webhooks.paused", "webhooks.resumed", "webhooks.removed",
)  # fmt: skip
"""Entries in chains of bodies; never a secret."""
