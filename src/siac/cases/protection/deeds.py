# SPDX-License-Identifier: EUPL-1.2
"""Keeping a case beyond its term."""

from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.fields import VersionedForm
from siac.cases.protection import holding
from siac.cases.protection.forms import HoldForm
from siac.cases.situation import Situation


def hold_guide(situation: Situation) -> list[str]:
    """Say what holding a case does."""
    return ["No se borrará aunque pase el plazo de su tipo, hasta que alguien diga que ya no hace falta."]


DEEDS = (
    Deed(
        "conservar",
        "Conservar más allá de su plazo",
        "",
        Move.HOLD,
        CaseRight.CLASSIFY,
        HoldForm,
        holding.hold_case,
        "La solicitud no se borrará.",
        guide=hold_guide,
        when=lambda situation: situation.case.keeping is None and situation.case.erased_at is None,
        place=320,
    ),
    Deed(
        "no-conservar",
        "Ya no hace falta conservarla",
        "",
        Move.HOLD,
        CaseRight.CLASSIFY,
        VersionedForm,
        holding.lift_hold,
        "La solicitud vuelve al plazo de su tipo.",
        when=lambda situation: situation.case.keeping is not None,
        place=330,
    ),
)
