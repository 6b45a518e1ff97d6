# SPDX-License-Identifier: EUPL-1.2
"""Hearing third parties."""

from siac.cases.commands.planning import plan_third_party_clock
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.hearing import commands as third_parties
from siac.cases.hearing.forms import ThirdPartyForm
from siac.cases.situation import Situation
from siac.ui.public import long_date


def third_party_guide(situation: Situation) -> list[str]:
    """Say how long the third party has, and what its answer does."""
    rule = situation.rule
    if rule is None or "objection" not in rule.related:
        return []
    clock = plan_third_party_clock(situation.institution, situation.case, rule, now=situation.now)
    effect = (
        "Mientras tanto el plazo legal se detiene."
        if rule.third_party_effect == "suspends"
        else (
            "El plazo legal sigue corriendo. Si se opone, no se puede "
            "entregar lo que le afecta; si no responde, se entiende que accede."
        )
    )
    return [
        f"Tendrá hasta el {long_date(clock.due_on)} para oponerse.",
        effect,
        "No se le dice quién pidió la información.",
    ]


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
        guide=third_party_guide,
        when=lambda situation: situation.rule is not None and "objection" in situation.rule.related,
        place=200,
    ),
)
