# SPDX-License-Identifier: EUPL-1.2
"""Words of what people do with their own case."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "contest_closed": "El plazo para pedir revisión terminó el {until}.",
    "contest_not_offered": "Este tipo de solicitud no admite revisión aquí.",
    "already_rated": "Ya calificó esta respuesta. Gracias.",
    "rating_out_of_range": "La calificación va de 1 a 5.",
    "not_answered_yet": "Podrá calificar cuando haya una respuesta.",
    "reply_read": "No hay un comentario sin leer.",
}
EVENTS = (
    CaseEvent("cases.information_added", "La persona agregó antecedentes", "Usted agregó antecedentes"),
    CaseEvent("cases.contested", "La persona pidió revisión", "Usted pidió que revisáramos la respuesta"),
    CaseEvent("cases.rated", "La persona calificó la respuesta", "Usted calificó la respuesta"),
    CaseEvent("cases.replied", "La persona escribió sobre la respuesta", "Usted comentó la respuesta"),
    CaseEvent("cases.reply_read", "Comentario de la persona leído", is_internal=True),
)
