# SPDX-License-Identifier: EUPL-1.2
"""Chile's index of what is reserved."""

from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.reserve import commands as reserve
from siac.cases.reserve.forms import ReserveForm
from siac.cases.situation import Situation


def reserve_guide(situation: Situation) -> list[str]:
    """Say what the index is, and what never goes in it."""
    return [
        "El índice se publica en el portal y se tiene en la oficina de informaciones (art. 23 Ley 20.285).",
        (
            "No muestra esta solicitud ni quién la hizo. Para denegar por una causal de "
            "reserva, agréguelo antes de responder; si se ordena entregar, termine la reserva."
        ),
    ]


DEEDS = (
    Deed(
        "indice-de-reserva",
        "Agregar al índice de reserva",
        "",
        Move.INDEX,
        CaseRight.EXTEND,
        ReserveForm,
        reserve.index_denied_case,
        "Agregado al índice: ya es público.",
        asks_body=True,
        guide=reserve_guide,
        when=lambda situation: reserve.is_reservable(situation.institution, situation.case),
        initial=lambda access, case: {
            "unit_id": case.unit_id,
            "reserved_from": access.institution.local_date(case.answered_at) if case.answered_at else None,
        },
        place=390,
    ),
)
