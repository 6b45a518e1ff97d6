# SPDX-License-Identifier: EUPL-1.2
"""Appeals against the body."""

from siac.cases import guides
from siac.cases.appeals import commands as appeals
from siac.cases.appeals.forms import AppealForm
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move

DEEDS = (
    Deed(
        "recurso",
        "Registrar recurso o amparo",
        "",
        Move.APPEAL,
        CaseRight.WORK,
        AppealForm,
        appeals.register_appeal,
        "Recurso registrado con su plazo.",
        guide=guides.appeal_guide,
        place=210,
    ),
)
