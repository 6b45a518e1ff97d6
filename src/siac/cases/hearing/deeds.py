# SPDX-License-Identifier: EUPL-1.2
"""Hearing third parties."""

from siac.cases import guides
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import ThirdPartyForm
from siac.cases.hearing import commands as third_parties

DEEDS = (
    Deed(
        "tercero",
        "Avisar a un tercero",
        "",
        Move.HEAR,
        CaseRight.WORK,
        ThirdPartyForm,
        third_parties.hear_third_party,
        "Se avisó al tercero.",
        asks_body=True,
        guide=guides.third_party_guide,
        when=lambda situation: situation.rule is not None and "objection" in situation.rule.related,
        place=200,
    ),
)
