# SPDX-License-Identifier: EUPL-1.2
"""Cases that belong together."""

from siac.cases.deeds import Deed
from siac.cases.domain.numbers import cover_codes
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.linking import commands as linking
from siac.cases.linking.forms import LinkForm, SplitForm
from siac.cases.situation import Situation
from siac.ui.public import long_date


def split_guide(situation: Situation) -> list[str]:
    """Say what splitting a request does."""
    day = long_date(situation.institution.local_date(situation.case.filed_at))
    return [
        (
            "La parte nueva es una solicitud con su propio folio, de la misma "
            f"persona. Sus plazos cuentan desde el {day}, cuando se recibió."
        ),
        "Queda en la misma unidad; después puede derivarla. La persona recibe el acuse con el folio nuevo.",
    ]


DEEDS = (
    Deed(
        "vincular",
        "Vincular con otra solicitud",
        "",
        Move.LINK,
        CaseRight.CLASSIFY,
        LinkForm,
        linking.link_cases,
        "Solicitudes vinculadas.",
        place=260,
    ),
    Deed(
        "dividir",
        "Dividir: separar una parte",
        "",
        Move.SPLIT,
        CaseRight.CLASSIFY,
        SplitForm,
        linking.split_case,
        "Se creó la solicitud nueva; está en «Vinculadas».",
        asks_body=True,
        guide=split_guide,
        initial=lambda access, case: {
            "kind_id": case.kind_id,
            "topic_id": case.topic_id,
            "subject": case.text.subject,
            "body": cover_codes(case.text.body),
        },
        place=270,
    ),
)
