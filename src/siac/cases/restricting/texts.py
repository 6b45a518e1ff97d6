# SPDX-License-Identifier: EUPL-1.2
"""Words of restricted cases."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "restricted_already": "La solicitud ya es reservada.",
    "restrict_needs_unit": "Derívela primero a la unidad que la atenderá: si no, nadie podría verla.",
    "restricted_by_kind": "Su tipo es reservado: la reserva no se levanta solicitud por solicitud.",
}
EVENTS = (
    CaseEvent("cases.restricted", "Reservada", is_internal=True),
    CaseEvent("cases.unrestricted", "Se levantó la reserva", is_internal=True),
)
