# SPDX-License-Identifier: EUPL-1.2
"""Cases that belong together."""

from siac.cases import guides
from siac.cases.deeds import Deed
from siac.cases.domain.numbers import cover_codes
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import LinkForm, SplitForm
from siac.cases.linking import commands as linking

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
        guide=guides.split_guide,
        initial=lambda access, case: {
            "kind_id": case.kind_id,
            "topic_id": case.topic_id,
            "subject": case.text.subject,
            "body": cover_codes(case.text.body),
        },
        place=270,
    ),
)
