# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.cases.domain.asking import Asks
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.endings import Ending
from siac.cases.domain.silence import Stage
from siac.cases.domain.states import Move, State

STATE_FOR_CITIZEN: dict[str, str] = {
    State.RECEIVED: "Recibida",
    State.WITH_UNIT: "En estudio en la unidad responsable",
    State.WAITING: "Esperamos sus antecedentes",
    State.ANSWERED: "Respondida",
    State.CLOSED: "Cerrada",
}
IDENTIFIED, ANONYMOUS = "Persona identificada", "Anónima"
"""What stands for a name: to whoever may not read names, and where nobody gave one."""
STATE_TAGS: dict[str, tuple[str, str]] = {
    State.RECEIVED: ("Ingresada", "blue"),
    State.WITH_UNIT: ("En la unidad", "teal"),
    State.WAITING: ("Espera a la persona", "yellow"),
    State.ANSWERED: ("Respondida", "green"),
    State.CLOSED: ("Cerrada", "grey"),
}
"""What staff read of a state, and its colour."""
ASKED_FOR: dict[int, tuple[str, str]] = {
    Asks.ROUTE: ("Por derivar", "blue"),
    Asks.APPROVE: ("Por aprobar", "yellow"),
    Asks.WAIT: ("En espera", "grey"),
}
"""What a case asks for in the work list, and its colour; the rest is said in plain words."""
MOVE_NAMES: dict[str, str] = {
    Move.CLASSIFY: "clasificar",
    Move.REFER: "derivar",
    Move.SEND_BACK: "devolver",
    Move.ASSIGN: "asignar",
    Move.NOTE: "anotar",
    Move.SNOOZE: "posponer",
    Move.LINK: "vincular",
    Move.SPLIT: "dividir",
    Move.REPLY: "escribir sobre la respuesta",
    Move.READ_REPLY: "dar por leído el comentario",
    Move.PLATFORM: "anotar su código en la plataforma",
    Move.DUPLICATE: "archivar por repetida",
    Move.INDEX: "agregar al índice de reserva",
    Move.WRITE: "escribir a la persona",
    Move.ASK: "pedir antecedentes",
    Move.INFORM: "agregar antecedentes",
    Move.EXTEND: "ampliar el plazo",
    Move.UNDO: "deshacer lo enviado",
    Move.DRAFT: "redactar la respuesta",
    Move.SUBMIT: "enviar la respuesta a aprobación",
    Move.APPROVE: "aprobar la respuesta",
    Move.GIVE_BACK: "devolver la respuesta",
    Move.ANSWER: "responder",
    Move.CONTEST: "pedir revisión",
    Move.RATE: "calificar",
    Move.CLOSE: "cerrar",
    Move.WITHDRAW: "desistir",
    Move.LAPSE: "declarar el desistimiento",
    Move.PROCEED: "seguir sin los antecedentes",
    Move.TRANSFER: "derivar a otro organismo",
    Move.DISMISS: "declarar inadmisible",
    Move.MERGE: "acumular",
    Move.REOPEN: "reabrir",
    Move.HEAR: "consultar a un tercero",
    Move.CERTIFY: "certificar el silencio",
    Move.REPORT_DELAY: "denunciar la demora",
    Move.CODE_CAUSE: "indicar la causa",
    Move.APPEAL: "registrar un recurso",
    Move.RESTRICT: "reservar",
    Move.HOLD: "conservar",
}
ENDING_FOR_CITIZEN: dict[str, str] = {
    Ending.WITHDRAWN: "Usted desistió de esta solicitud",
    Ending.LAPSED: "Se le tuvo por desistido, porque no se completó a tiempo",
    Ending.ARCHIVED: "Archivada, porque no se completó a tiempo",
    Ending.NOT_FILED: "Tenida por no presentada, porque no se completó a tiempo",
    Ending.TRANSFERRED: "Derivada al organismo competente",
    Ending.DISMISSED: "Declarada inadmisible",
    Ending.MERGED: "Se responderá junto con otra solicitud",
    Ending.DUPLICATE: "Archivada, porque repite una ya respondida",
}
SILENCE_STAGES: dict[str, str] = {
    Stage.EXPIRED: "El plazo venció sin respuesta.",
    Stage.REPORTABLE: (
        "El plazo venció sin respuesta. La persona puede denunciar la demora; "
        "si tampoco entonces se responde, la solicitud se entiende aceptada."
    ),
    Stage.REPORTED: (
        "La persona denunció la demora: si no se responde en "
        "el último plazo, la solicitud se entiende aceptada."
    ),
    Stage.GRANTED: "El plazo venció sin respuesta: la solicitud se entiende aceptada por silencio.",
    Stage.REFUSED: (
        "El plazo venció sin respuesta: la solicitud se entiende rechazada por silencio y puede recurrirse."
    ),
}
"""What silence means for a case, for staff and citizen alike; the body must answer all the same."""
DELIVERIES: dict[str, str] = {
    Delivery.EMAIL: "Por correo electrónico",
    Delivery.SMS: "Por mensaje de texto",
    Delivery.LETTER: "Por carta",
    Delivery.PICKUP: "La persona la retira en una oficina",
    Delivery.PHONE: "Se le dice por teléfono",
}
ALERTED_TERMS: dict[str, str] = {
    "review": "revisión",
    "evaluation": "evaluación inicial",
    "acknowledgement": "acuse de recibo",
    "delay_report": "tras la denuncia de la demora",
    "platform": "ingreso a la plataforma nacional",
    "appeal": "recurso",
}
"""Words for the terms that an alert speaks of, by kind of clock."""
CLOCK_EVENTS: dict[str, str] = {
    "standard": "la presentación",
    "commitment": "la presentación",
    "review": "su solicitud de revisión",
}
"""What started the clocks whose days no rule sets, by kind of clock."""


def refusal_context(move: str, state: str) -> dict[str, str]:
    """Return the words of a move and a state for the sentence of a refused move."""
    return {"move_name": MOVE_NAMES.get(move, move), "state_name": STATE_FOR_CITIZEN.get(state, state)}
