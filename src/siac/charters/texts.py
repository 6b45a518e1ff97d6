# SPDX-License-Identifier: EUPL-1.2
"""Spanish words for the codes of this context."""

from siac.cases.public import CaseEvent

REFUSALS: dict[str, str] = {
    "remedy_settled": "Esta medida ya fue resuelta.",
    "proof_missing": "Indique cómo se entregó la medida o por qué no procede.",
    "edition_out_of_order": "La nueva edición debe empezar después de la vigente.",
    "no_commitments": "Una carta necesita al menos un compromiso.",
}
EVENTS = (
    CaseEvent("charters.breach_opened", "Compromiso incumplido: se debe una medida"),
    CaseEvent("charters.remedy_settled", "Medida de subsanación resuelta"),
)
RECORDED = ("charters.edition_published",)
"""Entries in chains of bodies."""
