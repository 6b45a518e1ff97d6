# SPDX-License-Identifier: EUPL-1.2
"""Words of linked and split cases."""

from siac.cases.texts.events import CaseEvent

REFUSALS = {
    "link_itself": "Una solicitud no se vincula consigo misma.",
    "link_twice": "Ya está vinculada con {folio}.",
    "link_restricted": "Una solicitud reservada solo se vincula con otra reservada.",
    "link_stays": "Ese vínculo no existe o no se quita: una se separó de la otra.",
}
EVENTS = (
    CaseEvent("cases.linked", "Vinculada con otra solicitud", is_internal=True),
    CaseEvent("cases.unlinked", "Vínculo quitado", is_internal=True),
    CaseEvent("cases.split", "Una parte siguió como otra solicitud"),
    CaseEvent("cases.split_from", "Separada de otra solicitud"),
)
