# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.surveys.domain.questionnaire import Compares, QuestionKind
from siac.surveys.domain.servqual import Place

KINDS = {
    QuestionKind.SCALE7: "Nota de 1 a 7",
    QuestionKind.SCALE5: "Nota de 1 a 5",
    QuestionKind.RECOMMEND: "Recomendación de 0 a 10",
    QuestionKind.YES_NO: "Sí o no",
    QuestionKind.SINGLE: "Una opción",
    QuestionKind.SEVERAL: "Varias opciones",
    QuestionKind.MATRIX: "Tabla",
    QuestionKind.RANKING: "Orden de preferencia",
    QuestionKind.TEXT: "Texto libre",
}
COMPARES = {
    Compares.IS: "es",
    Compares.IS_NOT: "no es",
    Compares.AT_LEAST: "es a lo menos",
    Compares.AT_MOST: "es a lo más",
}
PLACES = {
    Place.MEND: "Mejorar primero",
    Place.KEEP: "Mantener",
    Place.LATER: "Después",
    Place.ENOUGH: "Ya alcanza",
}
"""What to do with a dimension, by how much it matters and how well it is done."""
YES_NO = {"yes": "Sí", "no": "No", "unknown": "No sabe"}
REFUSALS: dict[str, str] = {
    "period_unknown": "De ese período no hay respuestas, o todavía no termina.",
    "survey_taken": "Ya hay una encuesta llamada «{name}».",
    "survey_grades": (
        "La nota buena debe ser mayor que la mala, y ambas de la escala de la pregunta principal."
    ),
    "survey_sending": "Revise la parte (de 1 a 100) y los días: hasta 60, 180 y 730.",
    "survey_least": "El grupo más pequeño que se muestra va de 1 a 100.",
    "questionnaire_wrong": "El cuestionario no se puede usar: {where}: {why}.",
    "questionnaire_unreadable": "El archivo no es un cuestionario exportado de aquí ni un libro de códigos.",
    "xlsform_unreadable": "El archivo no es un XLSForm con preguntas que se puedan leer.",
    "questionnaire_too_large": "El archivo es demasiado grande para ser un cuestionario.",
    "survey_link_used": "Con este enlace ya se respondió. Gracias.",
    "survey_link_over": "El plazo para responder con este enlace ya terminó.",
    "survey_sent_before": "Esta respuesta ya se envió. Gracias.",
    "survey_unopened": "La encuesta no recibe respuestas: márquelo en «Cambiar las preguntas», y envíe.",
    "paper_another": "Desde esta página ya se ingresó otra hoja: abra «Ingresar una hoja» otra vez.",
    "survey_closed": "Esta encuesta ya no recibe respuestas.",
    "survey_answered_here": "Desde este navegador ya se respondió. Gracias.",
    "loading_no_question": "Ninguna columna es una pregunta de la encuesta.",
    "loading_nothing": "La planilla no tiene ninguna respuesta.",
    "loading_too_many": "La planilla es demasiado larga: hasta {most} respuestas.",
    "loading_twice": "Esta planilla ya se cargó en esta encuesta.",
    "wave_nobody": "La lista no tiene a nadie.",
    "wave_few": "Serían menos de {least} personas: se sabría quién respondió qué. Pregunte a más.",
    "wave_no_column": "El archivo no tiene una columna «{column}».",
    "wave_no_part": "En la lista nadie es de «{part}». Hay: {parts}.",
    "wave_no_mail": "El archivo necesita una columna «correo».",
    "wave_bad_mail": "En la línea {line} del archivo no hay un correo.",
    "wave_too_many": "La lista es demasiado larga: hasta {most} personas.",
    "survey_least_lower": (
        "Ya hay respuestas que se ocultaron por ser menos de {least}: el mínimo puede subir, no bajar."
    ),
    "wave_days": "El último día debe estar por venir, y el recordatorio entre hoy y ese día.",
    "wave_sent": "Esta ola ya se envió.",
    "panel_closed": "El panel de opinión no recibe personas.",
    "panel_day": "El día en que aceptaron no puede estar por venir.",
    "survey_empty": "No hay ninguna respuesta.",
    "paper_gone": "Esta hoja ya se ingresó por segunda vez, o se descartó.",
    "survey_unfinished": "Falta responder: {question}",
    "weights_sum": "Los por cientos deben sumar 100.",
    "weights_empty": "Nadie respondió «{name}»: su parte debe ser 0.",
    "bonus_steps": "Los tramos deben ir de menor a mayor, sin repetirse.",
}
RECORDED = (
    "surveys.saved",
    "surveys.link_saved",
    "surveys.wave_drawn",
    "surveys.wave_sent",
    "surveys.answers_loaded",
    "surveys.paper_dropped",
    "surveys.panel_saved",
    "surveys.panel_brought",
)
"""Entries in the chain of the body."""
SETTLED = "surveys.answers_settled"
"""The entry of a survey that tells of a day's answers how many they were; figures follow by it."""
CHROME = {
    "es": {"yes": "Sí", "no": "No", "unknown": "No sé", "owed": "Responda esta pregunta.",
           "not_here": "Elija una de las opciones.", "next": "Siguiente", "end": "Enviar mis respuestas",
           "wait": "Desde esta conexión llegaron muchas respuestas en poco tiempo. Lo que escribió sigue "
           "aquí: envíelo de nuevo en {minutes} min.",
           "received": "Recibimos sus respuestas", "thanks": "Gracias por responder.",
           "promised": "Lo que respondió cuenta para un compromiso de nuestra carta de servicios:",
           "kept_how": "Cómo lo cumplimos",
           "kept": "Se guardaron sin su nombre, sin la hora y sin nada que las una a usted. Por eso no se "
           "pueden cambiar ni borrar después.", "again": "Empezar de nuevo", "problem": "Hay un problema",
           "survey": "Encuesta", "closed": "Esta encuesta no se puede responder",
           "long": "Es demasiado largo.",
           "trap": "No escriba aquí", "panel": "Panel de opinión",
           "join": "¿Nos daría su opinión otra vez? Puede entrar al panel: no se une a lo que respondió.",
           "back": "Atrás", "optional": "opcional", "page": "Página {number}",
           "anonymous": "Sus respuestas son anónimas: se guardan sin su nombre, sin la hora y sin nada que "
           "las una a usted o a su solicitud."},
    "en": {"yes": "Yes", "no": "No", "unknown": "I do not know", "owed": "Answer this question.",
           "not_here": "Choose one of the options.", "next": "Next", "end": "Send my answers", "back": "Back",
           "wait": "Many answers came from this connection in a short time. What you wrote is still here: "
           "send it again in {minutes} min.",
           "received": "We received your answers", "thanks": "Thank you for answering.",
           "promised": "What you answered counts for a commitment of our service charter:",
           "kept_how": "How we keep it",
           "kept": "They were kept without your name, without the hour and without anything that ties them "
           "to you. So they cannot be changed or deleted afterwards.", "again": "Start again",
           "problem": "There is a problem", "survey": "Survey", "closed": "This survey cannot be answered",
           "long": "It is too long.", "trap": "Do not write here", "panel": "Opinion panel",
           "join": "Would you give us your opinion again? You can join: it is not tied to what you answered.",
           "optional": "optional", "page": "Page {number}",
           "anonymous": "Your answers are anonymous: they are kept without your name, without the hour and "
           "without anything that ties them to you or to your request."},
}  # fmt: skip
"""What the house itself says on the pages of a survey, by language; in others it speaks Spanish."""
CLOSED = {
    "en": {
        "survey_link_used": "This link was used to answer already. Thank you.",
        "survey_link_over": "The time to answer with this link is over.",
        "survey_closed": "This survey takes no more answers.",
        "survey_answered_here": "This browser was used to answer already. Thank you.",
    },
}
"""Why a survey cannot be answered, for who reads no Spanish; other reasons are said in Spanish."""
BAD_ANSWERS = {
    "es": {"not_an_option": "Elija una de las opciones.", "lines_missing": "Responda cada fila.",
           "ranked_twice": "Dé a cada lugar una opción distinta.",
           "ranked_in_part": "Ordene todas las opciones, o ninguna.",
           "answer_owed": "Responda esta pregunta."},
    "en": {"not_an_option": "Choose one of the options.", "ranked_twice": "Give each place another option.",
           "ranked_in_part": "Order all options, or none.", "answer_owed": "Answer this question.",
           "lines_missing": "Answer each row."},
}  # fmt: skip
OWN_NAMES = {
    "en": "English", "arn": "Mapuzugun", "ay": "Aymar aru", "qu": "Runasimi", "rap": "Vananga Rapa Nui",
    "ht": "Kreyòl ayisyen", "pt": "Português",
}  # fmt: skip
"""What each language calls itself, for who reads no Spanish."""
