# SPDX-License-Identifier: EUPL-1.2
"""Putting a case off, and taking it up again."""

from siac.cases.alerts import snoozing
from siac.cases.alerts.forms import SnoozeForm
from siac.cases.deeds import Deed
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import Move
from siac.cases.forms.fields import VersionedForm
from siac.cases.models import Case
from siac.cases.situation import Situation
from siac.organizations.public import Access


def _may_wait(situation: Situation) -> bool:
    case, today = situation.case, situation.today
    return not case.is_snoozed(today) and case.due_on is not None and case.due_on > today


def _has_it(access: Access, case: Case) -> bool:
    return case.assignee_id == access.user.pk


DEEDS = (
    Deed(
        "posponer",
        "Posponer",
        "s",
        Move.SNOOZE,
        CaseRight.WORK,
        SnoozeForm,
        snoozing.snooze_case,
        "Solicitud pospuesta.",
        asks_body=True,
        when=_may_wait,
        allows=_has_it,
        place=150,
    ),
    Deed(
        "retomar",
        "Retomar (está pospuesta)",
        "s",
        Move.SNOOZE,
        CaseRight.WORK,
        VersionedForm,
        snoozing.wake_case,
        "De nuevo en «Mías».",
        when=lambda situation: situation.case.is_snoozed(situation.today),
        allows=_has_it,
        place=160,
    ),
)
