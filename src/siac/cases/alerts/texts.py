# SPDX-License-Identifier: EUPL-1.2
"""Words of alerts of terms."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "bad_ladder": (
        "Los avisos por plazo están mal definidos: hasta 6, cada uno a lo más a 60 días hábiles, sin repetir."
    ),
    "alert_unknown": "Esa alerta no es para usted, o alguien de su mismo cargo ya la vio.",
}
EVENTS = (
    CaseEvent("cases.alert_seen", "Alerta de plazo vista", is_internal=True),
    CaseEvent("cases.alert_silenced", "Alerta de plazo silenciada", is_internal=True),
)
