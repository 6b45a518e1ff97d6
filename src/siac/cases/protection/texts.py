# SPDX-License-Identifier: EUPL-1.2
"""Words of keeping, erasing and handing over."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "case_erased": "Los datos de esta solicitud se borraron al terminar "
    "su plazo de conservación: ya no admite gestiones.",
    "hold_reason": "Escriba por qué se conserva.",
    "held_already": "Ya se pidió conservar esta solicitud.",
    "not_held": "Nadie pidió conservar esta solicitud.",
    "erasure_none": "Ninguna solicitud ha pasado su plazo de conservación.",
    "erasure_open": "Ya hay un borrado propuesto o en marcha: decídalo primero.",
    "erasure_decided": "Ese borrado ya se decidió.",
    "erasure_not_failed": "Ese borrado no está interrumpido.",
    "redaction_missing": "No está en el texto: {parts}.",
    "redaction_grounds": "Indique la norma que permite tachar.",
    "redaction_unknown": "Ese texto no se puede entregar.",
    "redaction_says_place": "«{file}» dice en sus datos dónde se tomó. Suba una copia sin ellos, por ejemplo "
    "una captura de pantalla de la imagen.",
    "redaction_same_file": "Subió el mismo original: suba el archivo ya tachado.",
    "prepared_out_of_reach": (
        "Desde que se preparó el archivo, usted dejó de ver algo de lo que contiene. Prepárelo de nuevo."
    ),
    "code_not_shown": "El código de esta solicitud lo conoce solo quien la presentó.",
    "dossier_form": "Elija la forma del expediente.",
}
EVENTS = (
    CaseEvent("cases.held", "Se pidió conservarla", is_internal=True),
    CaseEvent("cases.unheld", "Ya no hace falta conservarla", is_internal=True),
    CaseEvent("cases.erased", "Datos borrados al terminar su plazo de conservación", is_internal=True),
    CaseEvent("cases.redacted", "Pieza revisada para entregar", is_internal=True),
    CaseEvent("cases.code_shown", "Se mostró el código de seguimiento para entregarlo", is_internal=True),
    CaseEvent("cases.dossier_asked", "Se pidió el expediente", is_internal=True),
    CaseEvent("cases.dossier_made", "Expediente preparado", is_internal=True),
)
RECORDED = (
    "cases.erasure_proposed",
    "cases.erasure_approved",
    "cases.erasure_discarded",
    "cases.erasure_resumed",
    "cases.erasure_done",
    "cases.erasure_failed",
)
"""Entries in other chains than those of cases."""
