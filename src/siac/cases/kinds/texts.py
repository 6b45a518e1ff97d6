# SPDX-License-Identifier: EUPL-1.2
"""Words of kinds of request."""

REFUSALS = {
    "kind_approver": "Las solicitudes reservadas solo las puede aprobar la jefatura de la unidad.",
    "kind_code_taken": "Ya hay un tipo de solicitud con el código {code}.",
    "kind_question_answered": "Se quitan preguntas que ya se respondieron: {questions}. Si es lo "
    "que quiere, marque «Quitarlas de todas formas» y guarde otra vez.",
    "kind_rule_without_law": "Ese plazo lo fija la institución sin una norma detrás: "
    "sirve para el plazo comprometido, no para el legal.",
    "kind_rule_book": "El Libro de Reclamaciones se responde en el plazo de su "
    "propia norma; si promete menos, use el plazo comprometido.",
    "kind_standard_not_own": "Elija una regla propia de la lista.",
    "kind_one_standard": "Indique los días del plazo comprometido o una regla propia, no ambos.",
    "bad_checklist": "Escriba hasta {limit} puntos de control, cada uno una vez y de hasta 150 caracteres.",
    "kind_days": (
        "Revise los días de plazo: hasta 250, y al menos uno para responder una revisión que se admite."
    ),
    "kind_readers": "Elija los roles que la leen entre los de la lista.",
    "kind_closed_is_restricted": "Para cerrarla a roles o personas, márquela como reservada.",
    "kind_approver_reads": "Quien aprueba la respuesta debe estar entre los roles que leen este tipo.",
    "kind_retention": (
        "Indique los meses que se conserva (de 1 a 600) y qué se borra después, o nada de las dos cosas."
    ),
    "bad_question": "La pregunta {number} está mal definida.",
}
RECORDED = ("cases.kind_saved",)
"""Entries in other chains than those of cases."""
