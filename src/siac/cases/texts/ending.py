# SPDX-License-Identifier: EUPL-1.2
"""Words of ways to end and to reopen."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "no_correction_asked": (
        "No se le pidió a la persona completar la solicitud, o la norma no prevé este término."
    ),
    "correction_done": "La persona completó la solicitud a tiempo: no se le puede tener por desistida.",
    "correction_still_running": "La persona puede completar la solicitud hasta el {until}.",
    "merge_target_unknown": "No existe una solicitud con el folio «{folio}».",
    "merge_itself": "Una solicitud no se acumula a sí misma.",
    "merge_target_closed": "La solicitud {folio} ya no está abierta: no puede responder por otra.",
    "merge_restricted": "Una solicitud reservada solo se acumula a otra reservada.",
    "term_still_running": "El plazo legal no ha vencido o está detenido: no hay silencio que certificar.",
    "delay_not_reportable": (
        "La demora solo se denuncia una vez, vencido el plazo, y donde la norma lo prevé."
    ),
}
EVENTS = (
    CaseEvent("cases.merged_on", "Se acumula con otra solicitud", is_internal=True),
    CaseEvent("cases.closed", "Cerrada", "La cerramos"),
    CaseEvent("cases.withdrawn", "La persona desistió", "Usted desistió"),
    CaseEvent("cases.lapsed", "Se le tuvo por desistida: no se completó a tiempo"),
    CaseEvent("cases.archived", "Archivada: no se completó a tiempo"),
    CaseEvent("cases.not_filed", "Tenida por no presentada: no se completó a tiempo"),
    CaseEvent("cases.correction_lapsed", "Pasó el plazo para completar; el plazo de la institución sigue"),
    CaseEvent("cases.transferred", "Derivada a otro organismo", "La enviamos al organismo competente"),
    CaseEvent("cases.dismissed", "Declarada inadmisible", "La declaramos inadmisible"),
    CaseEvent("cases.merged", "Acumulada a otra solicitud", "La responderemos junto con otra solicitud"),
    CaseEvent("cases.reopened", "Reabierta", "La reabrimos"),
    CaseEvent(
        "cases.silence_certified",
        "Se certificó que el plazo venció sin respuesta",
        "Certificamos que el plazo venció sin respuesta",
    ),
    CaseEvent("cases.delay_reported", "La persona denunció la demora", "Usted denunció la demora"),
)
