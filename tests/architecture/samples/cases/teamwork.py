# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.teamwork`."""

from datetime import datetime

from siac.cases.models import CaseTask, Mention
from siac.cases.teamwork.commands import add_task, note_with_mentions
from tests.architecture.samples.whom import FILERS, FOLIO, READERS, WORKERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:nota": Sample(FILERS, FOLIO, post=True),
    "workspace:cases:presence": Sample(READERS, FOLIO),
    "workspace:cases:tasks": Sample(READERS),
    "workspace:cases:names": Sample(READERS),
    "workspace:cases:mention": Sample(frozenset({R.HEAD_OF_UNIT}), with_(mention_id="mention"), post=True),
    "workspace:cases:tarea": Sample(WORKERS, FOLIO),
    "workspace:cases:task_done": Sample(WORKERS, with_(folio="folio", task_id="task"), post=True),
    "workspace:cases:check": Sample(WORKERS, FOLIO, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Mention a colleague in a note, and add a task."""
    institution, officer = house.institution, house.user(R.UNIT_OFFICER)
    note_with_mentions(
        institution=institution,
        case_id=made["case"].pk,
        body=f"@{house.user(R.HEAD_OF_UNIT).name} vea",
        actor=officer,
        now=now,
    )
    add_task(
        institution=institution,
        case_id=made["case"].pk,
        text="Pedir fotos",
        user_id=None,
        unit_id=house.units["obras"],
        due_on=institution.local_date(now),
        actor=officer,
        now=now,
    )
    return {"mention": Mention.objects.get().pk, "task": CaseTask.objects.get().pk}
