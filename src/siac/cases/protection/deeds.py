# SPDX-License-Identifier: EUPL-1.2
"""Keeping a case beyond its term."""

from siac.cases import guides
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.actions import HoldForm
from siac.cases.forms.fields import VersionedForm
from siac.cases.protection import holding

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
        guide=guides.hold_guide,
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
