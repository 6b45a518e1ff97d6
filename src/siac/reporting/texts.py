# SPDX-License-Identifier: EUPL-1.2
"""Words of reports."""

REFUSALS = {
    "summary_period": "Elija un período que ya haya empezado.",
    "frozen_many": "Hoy ya se pidieron {limit} resúmenes e informes. Use los que hay, o pida otro mañana.",
    "frozen_unknown": "Ese resumen o informe no existe.",
    "frozen_moving": "Ya está en preparación o terminado.",
    "dataset_what": "Elija una cifra de la lista.",
    "dataset_cut": "Esa cifra no se puede separar así: elija otra cosa en «Separado por», o nada.",
    "dataset_length": "De lo mismo ya se publica por período {every}: con dos se sabría lo que se oculta.",
    "dataset_taken": "Eso ya está publicado, o lo estuvo: cámbielo en la lista.",
    "dataset_since": "Elija un día que ya haya pasado, desde 1990.",
    "dataset_licence": "Elija una licencia de la lista.",
    "dataset_counting": "Todavía se cuenta lo anterior: el archivo se hace la próxima noche.",
    "dataset_moving": "Ese archivo ya está en preparación.",
    "own_every": "Elija un período de la lista.",
    "own_sections": "Agregue al menos una sección, y a lo más {limit}.",
    "own_section": "La sección {number} ya no se puede pedir así: cámbiela o quítela.",
    "own_taken": "Ya hay un informe que se llama así: escriba otro título.",
    "own_running": "Ese período todavía no termina: se deja fijo uno que ya terminó.",
    "own_retired": "Este informe está fuera de uso: póngalo en uso para dejarlo fijo.",
    "letter_period": "Elija un período de la lista.",
    "letter_running": "Ese período todavía no termina: se rinde cuenta de uno que ya terminó.",
    "letter_taken": "Ese período ya tiene su rendición de cuentas: ábrala en la lista.",
    "letter_words": "Escriba el saludo y el cierre, cada uno de hasta {limit} caracteres.",
    "letter_moment": "No hay nada por aprobar: prepárela con sus palabras de ahora.",
    "letter_unapproved": "Todavía no está aprobada: se envía lo que la autoridad aprobó.",
    "letter_recipient": "Escriba a qué oficina se envió.",
    "letter_sent_on": "Elija un día desde que se aprobó y hasta hoy.",
    "letter_unknown": "Esa rendición de cuentas no existe.",
    "own_told": "Elija de la lista a quién se avisa.",
}
RECORDED = (
    "reporting.summary_made", "reporting.schedule_saved", "reporting.dataset_saved", "reporting.own_saved",
    "reporting.letter_approved", "reporting.letter_sent",
)  # fmt: skip
"""Entries of the journal: in the chain of each summary, and of the configuration."""
