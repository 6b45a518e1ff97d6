# SPDX-License-Identifier: EUPL-1.2
from siac.notices.domain.outbox import Code, Outcome, ReturnReason, State

REFUSALS: dict[str, str] = {
    Code.UNKNOWN: "No encontramos ese aviso.",
    Code.NOT_OPEN: "Ese aviso ya no espera una decisión.",
    Code.NO_GATEWAY: (
        "Esta instalación no tiene una pasarela de mensajes de texto. Pídala a quien la administra."
    ),
    Code.NO_LETTER: "Esa carta ya no está entre las enviadas: alguien anotó antes que volvió.",
    Code.RETURN_DAY: "El día en que volvió va del día en que se anotó su envío a hoy.",
    Code.RETURN_UNDO: "Ya no se puede deshacer: pasó el momento, o la anotó otra persona.",
}
RETURN_REASONS = {
    ReturnReason.NO_ADDRESS: "La dirección no existe o está incompleta",
    ReturnReason.REFUSED: "La rechazaron",
    ReturnReason.UNCLAIMED: "Nadie la recibió ni la retiró",
    ReturnReason.OTHER: "Otro motivo",
}
STATES = {
    State.PENDING: "Por enviar",
    State.SENDING: "Enviando",
    State.SENT: "Enviado",
    State.FAILED: "No se pudo enviar",
    State.UNCERTAIN: "No se sabe si salió",
    State.CANCELLED: "Anulado",
    State.SHOWN: "Se muestra aquí, no se envía",
    State.WITHHELD: "No se envía: práctica",
}
OUTCOMES = {
    Outcome.ACCEPTED: "El servidor lo aceptó",
    Outcome.SHOWN: "Mostrado en la bandeja",
    Outcome.WITHHELD: "No se envía: práctica",
    Outcome.RETRY: "No se pudo; se intentará de nuevo",
    Outcome.REJECTED: "El servidor lo rechazó",
    Outcome.UNCERTAIN: "La conexión se cortó mientras se entregaba",
    Outcome.NO_ADDRESS: "La persona no tiene dirección para este medio",
    Outcome.UNKNOWN_KIND: "No hay texto para este aviso",
    Outcome.RENDER_ERROR: "No se pudo redactar el aviso",
    Outcome.GAVE_UP: "Se dejó de intentar después de tres días",
    "": "En curso o interrumpido",
}
RECORDED = (
    "notices.sent",
    "notices.shown",
    "notices.withheld",
    "notices.failed",
    "notices.uncertain",
    "notices.bounced",
    "notices.returned",
    "notices.return_undone",
    "notices.resent",
    "notices.marked_sent",
    "notices.cancelled",
    "notices.delivered",
    "notices.channel_switched",
)
"""Every kind of entry that this context writes in the journal."""
