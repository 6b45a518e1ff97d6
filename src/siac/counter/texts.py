# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.counter.domain.states import State

STATE_NAMES: dict[State, str] = {
    State.WAITING: "Espera",
    State.TRANSFERRED: "Espera, derivada",
    State.CALLED: "Llamada",
    State.SERVING: "En atención",
    State.HELD: "En pausa",
    State.ENDED: "Terminada",
    State.NO_SHOW: "No se presentó",
    State.CLOSED: "El punto cerró",
}
REFUSALS: dict[str, str] = {
    "line_letter": "La letra es una sola, de la A a la Z.",
    "line_letter_taken": "Otra fila en uso de este punto ya tiene la letra {letter}.",
    "line_place": "El punto, la unidad, el tema o el servicio no es de este organismo.",
    "line_waited_for": "Hay personas esperando en esta fila: atiéndalas o derívelas antes de cambiarla.",
    "desk_name_taken": "Otro módulo de este punto ya se llama {name}.",
    "desk_lines": "Elija al menos una fila, de las del mismo punto.",
    "desk_not_open": "Este módulo está cerrado: ábralo para llamar.",
    "desk_open_already": "Este módulo ya está abierto, o esa persona atiende en otro.",
    "desk_busy": "Este módulo tiene a una persona: termine con ella primero.",
    "desk_of_another": "En este módulo atiende otra persona.",
    "ticket_no_line": "Esta fila ya no da números.",
    "ticket_closed": "El punto está cerrado: no da números ahora.",
    "ticket_halted": "Hoy este punto ya no da más números: atiende a quienes esperan.",
    "ticket_line_full": "En esta fila ya esperan {count} personas: pida ayuda en el mesón.",
    "desk_officer": "Esa persona no atiende en este punto.",
    "closing_choice": "Elija qué pasa con quienes esperan.",
    "ticket_full": "Hay demasiadas personas esperando: pida ayuda en el mesón.",
    "ticket_preference": "Esa preferencia no existe.",
    "visit_moved": "Alguien ya hizo algo con este número. Mire cómo está ahora.",
    "visit_same_line": "La persona ya está en esa fila.",
    "visit_too_late": "Ya pasó el tiempo para deshacer: derívela o anote que no se presentó.",
}
CONFIGURED = ("counter.line_saved", "counter.desk_saved")
"""Entries in the chain of the body."""
HAPPENED = (
    "counter.ticket_taken", "counter.called", "counter.recalled", "counter.call_undone", "counter.started",
    "counter.held", "counter.resumed", "counter.transferred", "counter.missed", "counter.ended",
    "counter.closed",
)  # fmt: skip
"""Entries in the chain of a visit."""
SHIFTS = ("counter.desk_opened", "counter.desk_closed", "counter.halted", "counter.gone_on")
"""Entries in the chain of a desk, or of a point."""
