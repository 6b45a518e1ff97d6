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
    Delivery.LETTER: "Por carta",
    Delivery.PICKUP: "La persona la retira en una oficina",
    Delivery.PHONE: "Se le dice por teléfono",
}
REFUSALS: dict[str, str] = {
    "kit_unknown": "No hay un paquete inicial para {country}.",
    "kit_of_another_country": "Ese paquete inicial es para {country}: sus plazos no rigen aquí.",
    "kit_nothing_ticked": "Marque al menos una parte.",
    "kit_part_unknown": "El paquete inicial no tiene «{key}». Vuelva a elegir en la lista.",
    "move_not_allowed": "No se puede {move_name}: la solicitud está «{state_name}».",
    "changed_meanwhile": (
        "Otra persona cambió esta solicitud mientras usted escribía. "
        "Revise lo nuevo y envíe otra vez; su texto sigue aquí."
    ),
    "draft_changed": (
        "Otra persona guardó otra versión de esta respuesta mientras usted escribía. "
        "Las dos están a la vista: deje en el formulario la que vale y envíe otra vez."
    ),
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
    "assignee_away": "{name}: {words}. Elija a otra persona.",
    "topic_unknown": "Ese tema no existe o está inactivo.",
    "kind_code_taken": "Ya hay un tipo de solicitud con el código {code}.",
    "kind_question_answered": (
        "Se quitan preguntas que ya se respondieron: {questions}. Si es lo "
        "que quiere, marque «Quitarlas de todas formas» y guarde otra vez."
    ),
    "kind_rule_without_law": (
        "Ese plazo lo fija la institución sin una norma detrás: "
        "sirve para el plazo comprometido, no para el legal."
    ),
    "kind_rule_book": (
        "El Libro de Reclamaciones se responde en el plazo de su "
        "propia norma; si promete menos, use el plazo comprometido."
    ),
    "kind_standard_not_own": "Elija una regla propia de la lista.",
    "kind_one_standard": "Indique los días del plazo comprometido o una regla propia, no ambos.",
    "bad_checklist": "Escriba hasta {limit} puntos de control, cada uno una vez y de hasta 150 caracteres.",
    "checklist_unknown": "Ese punto ya no está en la lista de control de este tipo.",
    "checklist_owed": "Antes de responder falta revisar: {items}. Márquelo en «Lista de control».",
    "mention_cannot_read": "{name} no puede leer esta solicitud. Quite su nombre, o pida que se le asigne.",
    "task_for_whom": "Elija una persona o una unidad de la lista.",
    "task_day": "Elija un día desde hoy y hasta dos años más.",
    "task_unknown": "Esa tarea ya no está en esta solicitud.",
    "saved_meanwhile": (
        "Otra persona lo guardó mientras usted lo editaba (versión {version}). Lo que "
        "escribió sigue aquí: vea qué cambió en «Versiones» y, si corresponde, guarde otra vez."
    ),
    "kind_days": (
        "Revise los días de plazo: hasta 250, y al menos uno para responder una revisión que se admite."
    ),
    "kind_readers": "Elija los roles que la leen entre los de la lista.",
    "kind_closed_is_restricted": "Para cerrarla a roles o personas, márquela como reservada.",
    "kind_approver_reads": "Quien aprueba la respuesta debe estar entre los roles que leen este tipo.",
    "kind_retention": (
        "Indique los meses que se conserva (de 1 a 600) y qué se borra después, o nada de las dos cosas."
    ),
    "case_erased": (
        "Los datos de esta solicitud se borraron al terminar "
        "su plazo de conservación: ya no admite gestiones."
    ),
    "hold_reason": "Escriba por qué se conserva.",
    "held_already": "Ya se pidió conservar esta solicitud.",
    "not_held": "Nadie pidió conservar esta solicitud.",
    "erasure_none": "Ninguna solicitud ha pasado su plazo de conservación.",
    "erasure_open": "Ya hay un borrado propuesto o en marcha: decídalo primero.",
    "erasure_decided": "Ese borrado ya se decidió.",
    "erasure_not_failed": "Ese borrado no está interrumpido.",
    "kind_unknown": "Ese tipo de solicitud no existe o ya no se recibe.",
    "answer_now_no_right": (
        "Usted no puede responder este tipo de solicitud: ingrésela y quedará para quien la atiende."
    ),
    "send_back_no_unit": "La solicitud ya está por derivar.",
    "send_back_restricted": (
        "Es reservada: sin unidad casi nadie podría verla. Derívela usted a la unidad que corresponde."
    ),
    "same_unit": "La solicitud ya está en esa unidad.",
    "identity_needed": (
        "Este tipo de solicitud no admite envíos anónimos: indique nombre y un medio de contacto."
    ),
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
    "kind_has_history": (
        "El plazo de esta solicitud ya se suspendió, se amplió o terminó: no se puede cambiar su tipo."
    ),
    "not_answered_yet": "Podrá calificar cuando haya una respuesta.",
    "no_correction_asked": (
        "No se le pidió a la persona completar la solicitud, o la norma no prevé este término."
    ),
    "correction_done": "La persona completó la solicitud a tiempo: no se le puede tener por desistida.",
    "correction_still_running": "La persona puede completar la solicitud hasta el {until}.",
    "merge_target_unknown": "No existe una solicitud con el folio «{folio}».",
    "merge_itself": "Una solicitud no se acumula a sí misma.",
    "merge_target_closed": "La solicitud {folio} ya no está abierta: no puede responder por otra.",
    "merge_restricted": "Una solicitud reservada solo se acumula a otra reservada.",
    "no_third_parties": "La norma de esta solicitud no prevé oír a terceros.",
    "third_party_told": "A esa persona ya se le avisó.",
    "third_party_late": "El plazo para responder terminó el {until}.",
    "third_party_pending": (
        "Un tercero aún puede oponerse: espere su respuesta o el fin de su plazo antes de entregar."
    ),
    "third_party_objected": (
        "Un tercero se opuso: no se puede entregar lo que le "
        "afecta. Responda en parte o deniegue, con sus razones."
    ),
    "term_still_running": "El plazo legal no ha vencido o está detenido: no hay silencio que certificar.",
    "delay_not_reportable": (
        "La demora solo se denuncia una vez, vencido el plazo, y donde la norma lo prevé."
    ),
    "nothing_to_acknowledge": "El acuse de recibo ya se dio, o esta solicitud no lo exige.",
    "bad_ladder": (
        "Los avisos por plazo están mal definidos: hasta 6, cada uno a lo más a 60 días hábiles, sin repetir."
    ),
    "alert_unknown": "Esa alerta no es para usted, o alguien de su mismo cargo ya la vio.",
    "appeal_authority": "Escriba ante qué órgano se presentó.",
    "appeal_day": (
        "Revise las fechas: van desde el aviso hasta hoy, y "
        "los últimos días de plazo son hábiles y posteriores."
    ),
    "appeal_until_needed": (
        "La norma de esta solicitud no fija ese plazo: escriba el último día que indica el aviso."
    ),
    "appeal_known": "Ya hay un recurso con el número {reference} ante ese órgano.",
    "appeal_not_pending": "Ese recurso ya se contestó o se resolvió, o se resuelve aquí mismo.",
    "cause_taken": "Ya hay una causa llamada «{name}».",
    "cause_unknown": "Esa causa no existe o está inactiva.",
    "reply_read": "No hay un comentario sin leer.",
    "book_not_here": "El libro de reclamaciones físico es de las entidades del Perú.",
    "book_no_kind": "No hay un tipo de solicitud activo con la regla PE.LR. Créelo en Configuración.",
    "book_site_unknown": "Esa sede no existe.",
    "sheet_number": (
        "La hoja que sigue en esta sede es la {expected}. Si falta alguna, regístrela o anúlela antes."
    ),
    "sheet_event_after": "El hecho no puede ser posterior al día en que se escribió la hoja.",
    "platform_code_taken": "Otra solicitud ya tiene el código «{code}».",
    "platform_noted": "Ya está anotada en la plataforma con el código «{code}».",
    "duplicate_unresolved": (
        "La solicitud {folio} aún no está respondida: acumúlela a ella en vez de archivarla."
    ),
    "duplicate_other_person": "La solicitud {folio} es de otra persona: no la repite.",
    "duplicate_not_here": "La norma de esta solicitud no prevé archivarla por repetida.",
    "measures_missing": (
        "Escriba qué medidas correctivas se toman: la respuesta que acepta el reclamo las indica."
    ),
    "measures_not_here": "Solo la respuesta que acepta un reclamo del libro indica medidas correctivas.",
    "ground_missing": "Elija por qué causal de la ley se deniega: sin ella no se puede enviar.",
    "reasons_missing": (
        "Escriba las razones de este caso, con sus propias palabras: no basta repetir la causal."
    ),
    "denial_not_here": (
        "La causal, las razones y el índice de reserva solo van "
        "en una respuesta que deniega y cuya ley nombra causales."
    ),
    "reserve_missing": (
        "Esta causal reserva un documento: elija el acto del "
        "índice de reserva que lo declara, o agréguelo antes."
    ),
    "reserve_not_asked": "Esta causal no reserva un documento: deje en blanco el acto del índice de reserva.",
    "reserve_other": (
        "El acto elegido no está vigente en el índice de "
        "reserva por esa causal: elija otro, o agréguelo antes."
    ),
    "outcome_not_here": "Este tipo de solicitud solo se responde con: {words}.",
    "reserve_not_here": "El índice de reserva es de los organismos de Chile.",
    "reserve_unnamed": "Escriba el acto o documento y el acto que declara la reserva.",
    "reserve_law_missing": "La causal N.º 5 remite a otra ley: escriba cuál.",
    "reserve_days": (
        "Revise las fechas: el documento no es posterior al acto que lo "
        "declara, ese acto no es futuro y la reserva no termina antes de empezar."
    ),
    "reserve_no_denial": (
        "Solo se agrega al índice lo que se deniega, en todo o en parte, de una solicitud de información."
    ),
    "reserve_ended": "Esa reserva ya había terminado.",
    "link_itself": "Una solicitud no se vincula consigo misma.",
    "link_twice": "Ya está vinculada con {folio}.",
    "link_restricted": "Una solicitud reservada solo se vincula con otra reservada.",
    "link_stays": "Ese vínculo no existe o no se quita: una se separó de la otra.",
    "snooze_not_yours": "Solo pospone una solicitud quien la tiene asignada.",
    "snooze_due": "Vence hoy, ya venció o no tiene un plazo en curso: no se puede posponer.",
    "snooze_beyond": "Elija un día posterior a hoy y no más allá de su próximo vencimiento, el {due}.",
    "absence_days": "Revise los días: desde el primero hasta el último, no pasados, y a lo más un año.",
    "absence_twice": "{name} ya tiene una ausencia anotada en esos días.",
    "absence_substitute_away": (
        "{name} no puede reemplazar: es la misma persona o también está ausente esos días."
    ),
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
    "redaction_missing": "No está en el texto: {parts}.",
    "redaction_grounds": "Indique la norma que permite tachar.",
    "redaction_unknown": "Ese texto no se puede entregar.",
    "redaction_same_file": "Subió el mismo original: suba el archivo ya tachado.",
    "restricted_already": "La solicitud ya es reservada.",
    "prepared_out_of_reach": (
        "Desde que se preparó el archivo, usted dejó de ver algo de lo que contiene. Prepárelo de nuevo."
    ),
    "code_not_shown": "El código de esta solicitud lo conoce solo quien la presentó.",
    "restrict_needs_unit": "Derívela primero a la unidad que la atenderá: si no, nadie podría verla.",
    "restricted_by_kind": "Su tipo es reservado: la reserva no se levanta solicitud por solicitud.",
    "dossier_form": "Elija la forma del expediente.",
    "routing_name_taken": "Ya hay una regla llamada «{name}».",
    "routing_without_effect": "Indique qué hace la regla: un tema, una unidad, un responsable o la reserva.",
    "routing_turn_without_unit": "Para asignar por turno, elija la unidad cuyas personas se turnan.",
    "routing_restrict_without_unit": (
        "Para hacerla reservada, elija también la unidad o el responsable: si no, nadie podría verla."
    ),
    "routing_too_many": "Ya hay {limit} reglas: quite o junte alguna antes de agregar otra.",
    "routing_unknown": "Esa regla no existe.",
    "no_legal_clock": "Esta solicitud no tiene un plazo legal en curso.",
}
EVENTS: dict[str, str] = {
    "cases.filed": "Solicitud ingresada",
    "cases.paper_linked": "Ingresada desde la Oficina de Partes",
    "cases.imported": "Traída del registro anterior",
    "cases.import_updated": "Puesta al día desde el registro de origen",
    "cases.classified": "Clasificada",
    "cases.referred": "Derivada",
    "cases.sent_back": "La unidad la devolvió: no es suya",
    "cases.referral_undone": "Derivación deshecha",
    "cases.assigned": "Asignada",
    "cases.routed": "Las reglas de derivación la revisaron",
    "cases.noted": "Nota interna",
    "cases.merged_on": "Se acumula con otra solicitud",
    "cases.row_noted": "Se anotó cómo estaba",
    "cases.task_added": "Se agregó una tarea",
    "cases.task_done": "Se hizo una tarea",
    "cases.task_undone": "Una tarea volvió a quedar pendiente",
    "cases.checked": "Se marcó un punto de la lista de control",
    "cases.unchecked": "Se desmarcó un punto de la lista de control",
    "cases.snoozed": "Pospuesta",
    "cases.reserve_indexed": "Agregada al índice de reserva",
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
    "cases.replied": "La persona escribió sobre la respuesta",
    "cases.reply_read": "Comentario de la persona leído",
    "cases.on_platform": "Anotada en la plataforma nacional",
    "cases.duplicate": "Archivada por repetida",
    "cases.merged": "Acumulada a otra solicitud",
    "cases.reopened": "Reabierta",
    "cases.third_party_told": "Se avisó a un tercero que puede verse afectado",
    "cases.third_party_stood": "El plazo de un tercero terminó",
    "cases.appealed": "Se registró un recurso de la persona",
    "cases.appeal_defended": "Se enviaron los descargos al órgano que resuelve el recurso",
    "cases.appeal_decided": "Se resolvió el recurso",
    "cases.silence_certified": "Se certificó que el plazo venció sin respuesta",
    "cases.delay_reported": "La persona denunció la demora",
    "cases.held": "Se pidió conservarla",
    "cases.unheld": "Ya no hace falta conservarla",
    "cases.erased": "Datos borrados al terminar su plazo de conservación",
    "cases.redacted": "Pieza revisada para entregar",
    "cases.code_shown": "Se mostró el código de seguimiento para entregarlo",
    "cases.restricted": "Reservada",
    "cases.unrestricted": "Se levantó la reserva",
    "cases.dossier_asked": "Se pidió el expediente",
    "cases.dossier_made": "Expediente preparado",
}
"""Words of the case's history; a citizen sees those that are not internal."""
EVENTS_FOR_CITIZEN: dict[str, str] = {
    "cases.filed": "Recibimos su solicitud",
    "cases.paper_linked": "Recibimos su carta en la Oficina de Partes",
    "cases.imported": "Trajimos su solicitud del registro anterior",
    "cases.referred": "La enviamos a la unidad que responde",
    "cases.message": "Le escribimos",
    "cases.information_asked": "Le pedimos completar su solicitud",
    "cases.information_added": "Usted agregó antecedentes",
    "cases.term_extended": "Ampliamos el plazo",
    "cases.term_moved": "El plazo cambió porque cambió el calendario",
    "cases.delivered": "Le entregamos la respuesta",
    "cases.answered": "Le respondimos",
    "cases.contested": "Usted pidió que revisáramos la respuesta",
    "cases.rated": "Usted calificó la respuesta",
    "cases.closed": "La cerramos",
    "cases.correction_reminder": "Le recordamos completar su solicitud",
    "cases.acknowledged": "Le enviamos el acuse de recibo",
    "cases.withdrawn": "Usted desistió",
    "cases.transferred": "La enviamos al organismo competente",
    "cases.dismissed": "La declaramos inadmisible",
    "cases.replied": "Usted comentó la respuesta",
    "cases.merged": "La responderemos junto con otra solicitud",
    "cases.reopened": "La reabrimos",
    "cases.third_party_told": "Avisamos a quien la respuesta puede afectar",
    "cases.third_party_stood": "Terminó el plazo de quien la respuesta puede afectar",
    "cases.appealed": "Usted presentó un recurso",
    "cases.appeal_defended": "Enviamos nuestros descargos al órgano que resuelve su recurso",
    "cases.appeal_decided": "Se resolvió su recurso",
    "cases.silence_certified": "Certificamos que el plazo venció sin respuesta",
    "cases.delay_reported": "Usted denunció la demora",
}
"""The same in words for the person, where they differ."""
RETRACTED: dict[str, str] = {
    "cases.answer_undone": "cases.answered",
    "cases.referral_undone": "cases.referred",
    "cases.ask_undone": "cases.information_asked",
    "cases.extension_undone": "cases.term_extended",
}
"""What was taken back before it was sent: to its person neither happened."""
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
INTERNAL_EVENTS = frozenset(
    {
        "cases.classified",
        "cases.sent_back",
        "cases.assigned",
        "cases.routed",
        "cases.noted",
        "cases.merged_on",
        "cases.row_noted",
        "cases.task_added",
        "cases.task_done",
        "cases.task_undone",
        "cases.checked",
        "cases.unchecked",
        "cases.snoozed",
        "cases.reserve_indexed",
        "cases.reply_read",
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
        "cases.held",
        "cases.unheld",
        "cases.erased",
        "cases.redacted",
        "cases.code_shown",
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
    """Let a higher context name the entries it writes in a case's journal;
    citizens see those named without `internal`.
    """
    _MORE_EVENTS.update(words)


def event_name(kind: str) -> str:
    """Return the words for a kind of journal entry of a case."""
    return EVENTS.get(kind) or _MORE_EVENTS.get(kind, kind)


def event_for_citizen(kind: str) -> str:
    """Return the words for a kind of journal entry of a case, said to its person."""
    return EVENTS_FOR_CITIZEN.get(kind) or event_name(kind)


def is_public_event(kind: str) -> bool:
    """Return whether a citizen sees this kind of entry in the history."""
    return (kind in EVENTS and kind not in INTERNAL_EVENTS) or kind in _MORE_EVENTS
