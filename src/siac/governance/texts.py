# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.governance.domain.deciding import Choice, Result
from siac.governance.domain.states import AgreementState, SessionState

STATES: dict[SessionState, str] = {
    SessionState.PLANNED: "Por citar",
    SessionState.CALLED: "Citada",
    SessionState.OPEN: "En curso",
    SessionState.CLOSED: "Terminada, acta por aprobar",
    SessionState.MINUTED: "Acta aprobada",
    SessionState.CANCELLED: "Suspendida",
}
CHOICES: dict[Choice, str] = {
    Choice.FOR: "A favor",
    Choice.AGAINST: "En contra",
    Choice.ABSTAIN: "Se abstiene",
}
RESULTS: dict[Result, str] = {
    Result.APPROVED: "Aprobada",
    Result.REJECTED: "Rechazada",
    Result.TIED: "Empatada: nada se decide",
    Result.NO_QUORUM: "Sin quórum al cerrar: nada se decide",
}
AGREEMENT_STATES: dict[AgreementState, str] = {
    AgreementState.OPEN: "Pendiente",
    AgreementState.DONE: "Cumplido",
    AgreementState.DROPPED: "Sin efecto",
}
REFUSALS: dict[str, str] = {
    "council_name_taken": "Ya hay un órgano con ese nombre.",
    "council_quorum": "Escriba cuántas personas forman el quórum.",
    "council_unknown": "Ese órgano ya no está en uso.",
    "council_moment": "La sesión ya no está en ese momento. Mire cómo quedó.",
    "seat_days": "El mandato termina antes de empezar.",
    "seat_alternate": "Elija a quién suple, de los que votan por derecho propio en este órgano.",
    "seat_chair": "Otra persona ya preside en esos días.",
    "seat_user": "Esa cuenta no es de este organismo, o ya tiene un lugar en este órgano en esos días.",
    "sitting_past": "Escriba un día y una hora desde hoy.",
    "sitting_agenda": "Escriba al menos un punto de la tabla.",
    "sitting_subject": "Eso no se puede llevar a una sesión.",
    "sitting_members": "Este órgano no tiene integrantes en ese día.",
    "sitting_quorum": "No hay quórum: faltan {missing}. Se puede dejar constancia y suspender la sesión.",
    "sitting_vote_open": "Hay una votación abierta: ciérrela antes.",
    "attendance_seat": "Esa persona no integra este órgano en el día de la sesión.",
    "motion_text": "Escriba qué se vota.",
    "motion_closed": "Esa votación ya se cerró.",
    "vote_twice": "Esa persona ya votó: un voto no se cambia.",
    "vote_absent": "Esa persona no está presente, o no vota en esta sesión.",
    "vote_choice": "Elija a favor, en contra o abstención.",
    "agreement_text": "Escriba qué se acordó.",
    "agreement_unit": "Elija la unidad que responde por el acuerdo.",
    "agreement_due": "El día no puede ser anterior al de la sesión.",
    "agreement_outcome": "Escriba qué se hizo, o por qué queda sin efecto.",
    "agreement_over": "Ese acuerdo ya terminó.",
}
RECORDED = ("governance.council_saved", "governance.seat_saved")
HAPPENED = (
    "governance.sitting_planned", "governance.sitting_changed", "governance.called", "governance.opened",
    "governance.came", "governance.left", "governance.motion_opened", "governance.voted",
    "governance.motion_closed", "governance.agreed", "governance.agreement_ended", "governance.closed",
    "governance.minutes_written", "governance.minutes_approved", "governance.cancelled",
)  # fmt: skip
"""Entries in the chain of a session."""
