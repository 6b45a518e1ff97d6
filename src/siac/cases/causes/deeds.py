# SPDX-License-Identifier: EUPL-1.2
"""Why people had to complain."""

from siac.cases.causes import commands as causes
from siac.cases.causes.forms import CauseOfCaseForm
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move

DEEDS = (
    Deed(
        "causa",
        "Indicar la causa",
        "",
        Move.CODE_CAUSE,
        CaseRight.CLASSIFY,
        CauseOfCaseForm,
        causes.code_cause,
        "Causa guardada.",
        asks_body=True,
        initial=lambda access, case: {"cause_id": case.cause_id},
        place=310,
    ),
)
