# SPDX-License-Identifier: EUPL-1.2
"""Words of third parties."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "no_third_parties": "La norma de esta solicitud no prevé oír a terceros.",
    "third_party_told": "A esa persona ya se le avisó.",
    "third_party_late": "El plazo para responder terminó el {until}.",
    "third_party_pending": (
        "Un tercero aún puede oponerse: espere su respuesta o el fin de su plazo antes de entregar."
    ),
    "third_party_objected": "Un tercero se opuso: no se puede entregar lo que le "
    "afecta. Responda en parte o deniegue, con sus razones.",
}
EVENTS = (
    CaseEvent(
        "cases.third_party_told",
        "Se avisó a un tercero que puede verse afectado",
        "Avisamos a quien la respuesta puede afectar",
    ),
    CaseEvent(
        "cases.third_party_stood",
        "El plazo de un tercero terminó",
        "Terminó el plazo de quien la respuesta puede afectar",
    ),
)
