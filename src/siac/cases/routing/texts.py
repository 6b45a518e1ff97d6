# SPDX-License-Identifier: EUPL-1.2
"""Words of routing rules."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "routing_name_taken": "Ya hay una regla llamada «{name}».",
    "routing_without_effect": "Indique qué hace la regla: un tema, una unidad, un responsable o la reserva.",
    "routing_turn_without_unit": "Para asignar por turno, elija la unidad cuyas personas se turnan.",
    "routing_restrict_without_unit": (
        "Para hacerla reservada, elija también la unidad o el responsable: si no, nadie podría verla."
    ),
    "routing_too_many": "Ya hay {limit} reglas: quite o junte alguna antes de agregar otra.",
    "routing_unknown": "Esa regla no existe.",
}
EVENTS = (CaseEvent("cases.routed", "Las reglas de derivación la revisaron", is_internal=True),)
RECORDED = ("cases.routing_saved", "cases.routing_ordered")
"""Entries in other chains than those of cases."""
