# SPDX-License-Identifier: EUPL-1.2
"""Words of putting cases off."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "snooze_not_yours": "Solo pospone una solicitud quien la tiene asignada.",
    "snooze_due": "Vence hoy, ya venció o no tiene un plazo en curso: no se puede posponer.",
    "snooze_beyond": "Elija un día posterior a hoy y no más allá de su próximo vencimiento, el {due}.",
}
EVENTS = (
    CaseEvent("cases.snoozed", "Pospuesta", is_internal=True),
    CaseEvent("cases.woken", "Retomada", is_internal=True),
)
