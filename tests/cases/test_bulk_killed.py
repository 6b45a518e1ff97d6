# SPDX-License-Identifier: EUPL-1.2
"""A worker killed in the middle of a bulk action: the next one goes on, and no case is changed twice."""

import pytest

from siac.accounts.public import Role
from siac.cases.bulk.commands import begin_bulk, choose_cases, preview_bulk
from siac.cases.bulk.running import BATCH
from siac.cases.models import BulkAction, Case
from siac.journal.models import JournalEntry
from siac.kernel.work_states import WorkState
from tests.factories import NOW, file, make_house
from tests.processes import worker_killed_when, worker_until

pytestmark = [pytest.mark.slow]
COUNT = 3 * BATCH + 7


def test_goes_on_where_the_killed_worker_stopped(real_commits):
    house = make_house()
    for _ in range(COUNT):
        file(house, unit_id=house.units["obras"], now=NOW)
    access = house.access(Role.QUALITY_MANAGER)
    every = Case.objects.filter(institution=house.institution)
    bulk = choose_cases(access=access, code="derivar", cases=every, now=NOW)
    values = {"unit_id": house.units["juridico"], "reason": ""}
    preview_bulk(access=access, bulk_id=bulk.pk, values=values, now=NOW)
    begin_bulk(access=access, bulk_id=bulk.pk, now=NOW)

    def changed() -> int:
        return BulkAction.objects.values_list("done", flat=True).get(pk=bulk.pk)

    worker_killed_when(lambda: changed() >= BATCH)
    assert changed() < COUNT
    worker_until(lambda: BulkAction.objects.filter(pk=bulk.pk, state=WorkState.DONE).exists())
    bulk.refresh_from_db()
    assert (bulk.changed, bulk.refused) == (COUNT, 0)
    streams = JournalEntry.objects.filter(kind="cases.referred").values_list("stream", flat=True)
    assert sorted(streams) == sorted(case.stream for case in every)
