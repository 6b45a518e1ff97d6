# SPDX-License-Identifier: EUPL-1.2
"""Words of incoming papers."""

from siac.cases.public import CaseEvent

REFUSALS = {
    "paper_summary_missing": "Escriba de qué trata el documento.",
    "paper_dated_after_stamp": "El documento no puede tener fecha posterior a su recepción.",
    "paper_reason_missing": "Escriba por qué se devuelve.",
    "paper_finished": "Este documento ya se ingresó como solicitud o se devolvió.",
    "paper_changed": "Otra persona, o usted en otra pestaña, cambió este documento mientras usted lo miraba. "
    "Vea abajo cómo está ahora y repita lo que quería hacer si todavía corresponde.",
}
EVENTS = (
    CaseEvent(
        "cases.paper_linked",
        "Ingresada desde la Oficina de Partes",
        "Recibimos su carta en la Oficina de Partes",
    ),
)
RECORDED = (
    "cases.paper_registered",
    "cases.paper_sent",
    "cases.paper_returned",
    "cases.paper_filed",
    "cases.paper_unfiled",
)
"""Entries in other chains than those of cases."""
