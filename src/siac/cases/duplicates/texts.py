# SPDX-License-Identifier: EUPL-1.2
"""Words of requests that repeat one already answered."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "duplicate_unresolved": (
        "La solicitud {folio} aún no está respondida: acumúlela a ella en vez de archivarla."
    ),
    "duplicate_other_person": "La solicitud {folio} es de otra persona: no la repite.",
    "duplicate_not_here": "La norma de esta solicitud no prevé archivarla por repetida.",
}
EVENTS = (CaseEvent("cases.duplicate", "Archivada por repetida"),)
