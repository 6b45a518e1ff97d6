# SPDX-License-Identifier: EUPL-1.2
"""Appeals against the body."""

from siac.cases.appeals import commands as appeals
from siac.cases.appeals.forms import AppealForm
from siac.cases.deeds import Deed
from siac.cases.domain.clock_kinds import APPEAL_WINDOW
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.situation import Situation
from siac.clocks.public import rule_book
from siac.ui.public import long_date


def appeal_guide(situation: Situation) -> list[str]:
    """Say until when the person could appeal, and by what rule the body must defend itself or decide."""
    windows = [clock for clock in situation.clocks if clock.kind == APPEAL_WINDOW]
    lines = [
        f"La persona podía recurrir a {clock.label} hasta el {long_date(clock.due_on)}." for clock in windows
    ]
    related = situation.rule.related if situation.rule else {}
    named = [
        f"{what}: {found.amount}, {found.law}."
        for role, what in (
            ("defence", "Plazo para los descargos"),
            ("appeal_decision", "Plazo para resolverlo aquí"),
        )
        if role in related and (found := rule_book().in_force(related[role], situation.today))
    ]
    return [*lines, *named]


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
        guide=appeal_guide,
        place=210,
    ),
)
