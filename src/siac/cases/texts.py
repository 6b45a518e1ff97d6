# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

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
MOVE_NAMES: dict[str, str] = {
    Move.CLASSIFY: "clasificar",
    Move.REFER: "derivar",
    Move.ASSIGN: "asignar",
    Move.NOTE: "anotar",
    Move.SNOOZE: "posponer",
    Move.LINK: "vincular",
    Move.SPLIT: "dividir",
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
}
ENDING_FOR_CITIZEN: dict[str, str] = {
    Ending.WITHDRAWN: "Usted desistió de esta solicitud",
    Ending.LAPSED: "Se le tuvo por desistido, porque no se completó a tiempo",
    Ending.ARCHIVED: "Archivada, porque no se completó a tiempo",
    Ending.NOT_FILED: "Tenida por no presentada, porque no se completó a tiempo",
    Ending.TRANSFERRED: "Derivada al organismo competente",
    Ending.DISMISSED: "Declarada inadmisible",
    Ending.MERGED: "Se responderá junto con otra solicitud",
}
SILENCE_STAGES: dict[str, str] = {
    Stage.EXPIRED: "El plazo venció sin respuesta.",
    Stage.REPORTABLE: "El plazo venció sin respuesta. La persona puede denunciar la demora; si tampoco entonces se responde, la solicitud se entiende aceptada.",
    Stage.REPORTED: "La persona denunció la demora: si no se responde en el último plazo, la solicitud se entiende aceptada.",
    Stage.GRANTED: "El plazo venció sin respuesta: la solicitud se entiende aceptada por silencio.",
    Stage.REFUSED: "El plazo venció sin respuesta: la solicitud se entiende rechazada por silencio y puede recurrirse.",
}
"""What silence means for a case, for staff and citizen alike; the body must answer all the same."""
DELIVERIES: dict[str, str] = {
    Delivery.EMAIL: "Por correo electrónico",
    Delivery.LETTER: "Por carta",
    Delivery.PICKUP: "La persona la retira en una oficina",
    Delivery.PHONE: "Se le dice por teléfono",
}
REFUSALS: dict[str, str] = {
    "move_not_allowed": "No se puede {move_name}: la solicitud está «{state_name}».",
    "changed_meanwhile": "Otra persona cambió esta solicitud mientras usted escribía. Revise lo nuevo y envíe otra vez; su texto sigue aquí.",
    "draft_changed": "Otra persona guardó otra versión de esta respuesta mientras usted escribía. Las dos están a la vista: deje en el formulario la que vale y envíe otra vez.",
    "draft_in_review": "Esta respuesta espera aprobación. Para cambiarla, devuélvala primero.",
    "draft_missing": "Esta solicitud no tiene un borrador de respuesta.",
    "draft_not_in_review": "Ninguna respuesta espera aprobación: alguien ya la aprobó o la devolvió.",
    "approval_needed": "La respuesta de este tipo de solicitud debe aprobarse antes de enviarse.",
    "approval_not_needed": "La respuesta de este tipo de solicitud no necesita aprobación: puede enviarla.",
    "kind_approver": "Las solicitudes reservadas solo las puede aprobar la jefatura de la unidad.",
    "undo_nothing": "No hay nada suyo que deshacer: la solicitud cambió después, o lo envió otra persona.",
    "undo_late": "Ya no se puede deshacer: el aviso a la persona salió o está saliendo.",
    "delivery_unproven": "Escriba qué prueba la entrega.",
    "delivery_done": "Esa entrega ya se anotó, o la respuesta se deshizo.",
    "variable_unknown": "La variable {name} no existe. Puede usar: {known}.",
    "variable_unfilled": "Falta completar {names}: escriba el dato en su lugar.",
    "unit_unknown": "Esa unidad no existe o está inactiva.",
    "assignee_unknown": "Esa persona no trabaja en la unidad de la solicitud.",
    "topic_unknown": "Ese tema no existe o está inactivo.",
    "kind_code_taken": "Ya hay un tipo de solicitud con el código {code}.",
    "kind_days": "Revise los días de plazo: hasta 250, y al menos uno para responder una revisión que se admite.",
    "kind_readers": "Elija los roles que la leen entre los de la lista.",
    "kind_closed_is_restricted": "Para cerrarla a roles o personas, márquela como reservada.",
    "kind_approver_reads": "Quien aprueba la respuesta debe estar entre los roles que leen este tipo.",
    "kind_unknown": "Ese tipo de solicitud no existe o ya no se recibe.",
    "same_unit": "La solicitud ya está en esa unidad.",
    "identity_needed": "Este tipo de solicitud no admite envíos anónimos: indique nombre y un medio de contacto.",
    "document_needed": "Este tipo de solicitud exige un documento de identidad.",
    "contact_needed": "Indique un correo o una dirección donde enviar la respuesta.",
    "contest_closed": "El plazo para pedir revisión terminó el {until}.",
    "contest_not_offered": "Este tipo de solicitud no admite revisión aquí.",
    "already_rated": "Ya calificó esta respuesta. Gracias.",
    "rating_out_of_range": "La calificación va de 1 a 5.",
    "text_missing": "Escriba el texto.",
    "text_too_long": "El texto tiene {length} caracteres; el máximo es {limit}.",
    "bad_question": "La pregunta {number} está mal definida.",
    "answer_missing": "Falta responder: {label}.",
    "answer_not_an_option": "Elija una de las opciones en «{label}».",
    "answer_not_a_date": "«{label}» no es una fecha.",
    "answer_unknown": "Llegó una respuesta a una pregunta que no existe ({code}).",
    "received_in_future": "La fecha de recepción no puede ser posterior a hoy.",
    "paper_summary_missing": "Escriba de qué trata el documento.",
    "paper_dated_after_stamp": "El documento no puede tener fecha posterior a su recepción.",
    "paper_reason_missing": "Escriba por qué se devuelve.",
    "paper_finished": "Este documento ya se ingresó como solicitud o se devolvió.",
    "cursor_invalid": "El cursor no es de esta lista: empiece de nuevo sin él.",
    "view_unknown": "Esa vista no existe.",
    "kind_has_history": "El plazo de esta solicitud ya se suspendió, se amplió o terminó: no se puede cambiar su tipo.",
    "not_answered_yet": "Podrá calificar cuando haya una respuesta.",
    "no_correction_asked": "No se le pidió a la persona completar la solicitud, o la norma no prevé este término.",
    "correction_done": "La persona completó la solicitud a tiempo: no se le puede tener por desistida.",
    "correction_still_running": "La persona puede completar la solicitud hasta el {until}.",
    "merge_target_unknown": "No existe una solicitud con el folio «{folio}».",
    "merge_itself": "Una solicitud no se acumula a sí misma.",
    "merge_target_closed": "La solicitud {folio} ya no está abierta: no puede responder por otra.",
    "merge_restricted": "Una solicitud reservada solo se acumula a otra reservada.",
    "no_third_parties": "La norma de esta solicitud no prevé oír a terceros.",
    "third_party_told": "A esa persona ya se le avisó.",
    "third_party_late": "El plazo para responder terminó el {until}.",
    "third_party_pending": "Un tercero aún puede oponerse: espere su respuesta o el fin de su plazo antes de entregar.",
    "third_party_objected": "Un tercero se opuso: no se puede entregar lo que le afecta. Responda en parte o deniegue, con sus razones.",
    "term_still_running": "El plazo legal no ha vencido o está detenido: no hay silencio que certificar.",
    "delay_not_reportable": "La demora solo se denuncia una vez, vencido el plazo, y donde la norma lo prevé.",
    "nothing_to_acknowledge": "El acuse de recibo ya se dio, o esta solicitud no lo exige.",
    "bad_ladder": "Los avisos por plazo están mal definidos: hasta 6, cada uno a lo más a 60 días hábiles, sin repetir.",
    "alert_unknown": "Esa alerta no es para usted, o alguien de su mismo cargo ya la vio.",
    "appeal_authority": "Escriba ante qué órgano se presentó.",
    "appeal_day": "Revise las fechas: van desde el aviso hasta hoy, y los últimos días de plazo son hábiles y posteriores.",
    "appeal_until_needed": "La norma de esta solicitud no fija ese plazo: escriba el último día que indica el aviso.",
    "appeal_known": "Ya hay un recurso con el número {reference} ante ese órgano.",
    "appeal_not_pending": "Ese recurso ya se contestó o se resolvió, o se resuelve aquí mismo.",
    "cause_taken": "Ya hay una causa llamada «{name}».",
    "cause_unknown": "Esa causa no existe o está inactiva.",
    "link_itself": "Una solicitud no se vincula consigo misma.",
    "link_twice": "Ya está vinculada con {folio}.",
    "link_restricted": "Una solicitud reservada solo se vincula con otra reservada.",
    "link_stays": "Ese vínculo no existe o no se quita: una se separó de la otra.",
    "snooze_not_yours": "Solo pospone una solicitud quien la tiene asignada.",
    "snooze_due": "Vence hoy, ya venció o no tiene un plazo en curso: no se puede posponer.",
    "snooze_beyond": "Elija un día posterior a hoy y no más allá de su próximo vencimiento, el {due}.",
    "absence_days": "Revise los días: desde el primero hasta el último, no pasados, y a lo más un año.",
    "absence_twice": "{name} ya tiene una ausencia anotada en esos días.",
    "absence_substitute_away": "{name} no puede reemplazar: es la misma persona o también está ausente esos días.",
    "absence_substitute_right": "{name} no trabaja con las solicitudes de las mismas unidades.",
    "view_unnamed": "Escriba un nombre.",
    "view_taken": "Ya hay una vista llamada «{name}».",
    "view_empty": "Esta lista no tiene nada que guardar: elija una vista, un filtro o una búsqueda.",
    "bulk_none": "Ninguna solicitud cambiaría.",
    "bulk_too_many": "Son más de {limit} solicitudes: use filtros para elegir menos a la vez.",
    "bulk_begun": "Este cambio ya comenzó.",
    "bulk_not_running": "Este cambio ya no está en curso.",
    "bulk_no_right": "Usted no puede hacerlo en esta solicitud.",
    "bulk_gone": "Ya no está a su vista.",
    "bulk_same_assignee": "Ya tiene ese responsable.",
    "bulk_same_topic": "Ya tiene ese tema.",
    "bulk_changed": "Alguien la cambió después de la vista previa.",
    "bulk_fault": "Falló por un error del sistema; quedó como estaba.",
    "restricted_already": "La solicitud ya es reservada.",
    "restrict_needs_unit": "Derívela primero a la unidad que la atenderá: si no, nadie podría verla.",
    "restricted_by_kind": "Su tipo es reservado: la reserva no se levanta solicitud por solicitud.",
    "dossier_form": "Elija la forma del expediente.",
    "no_legal_clock": "Esta solicitud no tiene un plazo legal en curso.",
}
EVENTS: dict[str, str] = {
    "cases.filed": "Solicitud ingresada",
    "cases.paper_linked": "Ingresada desde la Oficina de Partes",
    "cases.imported": "Traída del registro anterior",
    "cases.classified": "Clasificada",
    "cases.referred": "Derivada",
    "cases.assigned": "Asignada",
    "cases.noted": "Nota interna",
    "cases.snoozed": "Pospuesta",
    "cases.linked": "Vinculada con otra solicitud",
    "cases.unlinked": "Vínculo quitado",
    "cases.split": "Una parte siguió como otra solicitud",
    "cases.split_from": "Separada de otra solicitud",
    "cases.woken": "Retomada",
    "cases.message": "Mensaje a la persona",
    "cases.information_asked": "Se pidieron antecedentes",
    "cases.information_added": "La persona agregó antecedentes",
    "cases.term_extended": "Plazo ampliado",
    "cases.term_moved": "El plazo cambió porque cambió el calendario",
    "cases.answer_drafted": "Borrador de respuesta guardado",
    "cases.answer_discarded": "Borrador de respuesta descartado",
    "cases.answer_submitted": "Respuesta enviada a aprobación",
    "cases.answer_approved": "Respuesta aprobada",
    "cases.answer_returned": "Respuesta devuelta con observaciones",
    "cases.answer_undone": "Respuesta deshecha antes de enviarse",
    "cases.ask_undone": "Petición de antecedentes deshecha antes de enviarse",
    "cases.extension_undone": "Ampliación deshecha antes de comunicarse",
    "cases.delivered": "Entrega de la respuesta anotada",
    "cases.answered": "Respuesta enviada",
    "cases.contested": "La persona pidió revisión",
    "cases.rated": "La persona calificó la respuesta",
    "cases.closed": "Cerrada",
    "cases.correction_reminder": "Se recordó a la persona completar la solicitud",
    "cases.alert_seen": "Alerta de plazo vista",
    "cases.alert_silenced": "Alerta de plazo silenciada",
    "cases.cause_coded": "Causa indicada",
    "cases.acknowledged": "Acuse de recibo entregado",
    "cases.withdrawn": "La persona desistió",
    "cases.lapsed": "Se le tuvo por desistida: no se completó a tiempo",
    "cases.archived": "Archivada: no se completó a tiempo",
    "cases.not_filed": "Tenida por no presentada: no se completó a tiempo",
    "cases.correction_lapsed": "Pasó el plazo para completar; el plazo de la institución sigue",
    "cases.transferred": "Derivada a otro organismo",
    "cases.dismissed": "Declarada inadmisible",
    "cases.merged": "Acumulada a otra solicitud",
    "cases.reopened": "Reabierta",
    "cases.third_party_told": "Se avisó a un tercero que puede verse afectado",
    "cases.third_party_stood": "El plazo de un tercero terminó",
    "cases.appealed": "Se registró un recurso de la persona",
    "cases.appeal_defended": "Se enviaron los descargos al órgano que resuelve el recurso",
    "cases.appeal_decided": "Se resolvió el recurso",
    "cases.silence_certified": "Se certificó que el plazo venció sin respuesta",
    "cases.delay_reported": "La persona denunció la demora",
    "cases.restricted": "Reservada",
    "cases.unrestricted": "Se levantó la reserva",
    "cases.dossier_asked": "Se pidió el expediente",
    "cases.dossier_made": "Expediente preparado",
}
"""Words of the case's history; a citizen sees those that are not internal."""
CLOCK_EVENTS: dict[str, str] = {
    "standard": "la presentación",
    "commitment": "la presentación",
    "review": "su solicitud de revisión",
}
"""What started the clocks whose days no rule sets, by kind of clock."""
INTERNAL_EVENTS = frozenset(
    {
        "cases.classified",
        "cases.assigned",
        "cases.noted",
        "cases.snoozed",
        "cases.linked",
        "cases.unlinked",
        "cases.woken",
        "cases.alert_seen",
        "cases.alert_silenced",
        "cases.cause_coded",
        "cases.answer_drafted",
        "cases.answer_discarded",
        "cases.answer_submitted",
        "cases.answer_approved",
        "cases.answer_returned",
        "cases.restricted",
        "cases.unrestricted",
        "cases.dossier_asked",
        "cases.dossier_made",
    }
)


def refusal_context(move: str, state: str) -> dict[str, str]:
    """Return the words of a move and a state for the sentence of a refused move."""
    return {"move_name": MOVE_NAMES.get(move, move), "state_name": STATE_FOR_CITIZEN.get(state, state)}


_MORE_EVENTS: dict[str, str] = {}


def register_events(words: dict[str, str]) -> None:
    """Let a higher context name the entries it writes in a case's journal; citizens see those named without `internal`."""
    _MORE_EVENTS.update(words)


def event_name(kind: str) -> str:
    """Return the words for a kind of journal entry of a case."""
    return EVENTS.get(kind) or _MORE_EVENTS.get(kind, kind)


def is_public_event(kind: str) -> bool:
    """Return whether a citizen sees this kind of entry in the history."""
    return (kind in EVENTS and kind not in INTERNAL_EVENTS) or kind in _MORE_EVENTS
