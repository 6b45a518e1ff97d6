# SPDX-License-Identifier: EUPL-1.2
"""What the system can prove by itself: as many rows as it says, each with a page that opens."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.processes.public import shipped
from siac.programme.domain.proofs import proofs, year_of
from tests.architecture.samples import build_objects

pytestmark = pytest.mark.django_db
FILLED = {"findings", "services", "points", "plans", "staff", "profiles", "outreach", "links"}
"""Of which the samples make something every year."""


def test_every_proof_that_a_guide_names_is_there():
    named = {
        code
        for guide in shipped().values()
        for phase in guide.phases
        for task in phase.tasks
        for code in task.proofs
    }
    assert named - proofs().keys() == set()


def test_each_says_as_many_as_it_lists_and_every_row_opens(house):
    build_objects(house)
    house.institution.refresh_from_db()
    today = house.institution.local_date(timezone.now())
    client = house.client(Role.QUALITY_MANAGER)
    filled = set()
    for code, proof in proofs().items():
        with CaptureQueriesContext(connection) as ran:
            told = proof.told(house.institution, today.year, today)
        assert len(ran) <= 6, (code, [each["sql"] for each in ran])
        assert told.count == len(told.rows) and told.query, code
        assert client.get(reverse(proof.url_name, args=[house.slug])).status_code == 200, code
        for row in told.rows[:3]:
            assert not row.url or client.get(row.url).status_code == 200, (code, row.url)
        if told.count:
            filled.add(code)
    assert filled >= FILLED, FILLED - filled


def test_nothing_of_a_year_without_anything(house):
    build_objects(house)
    of_today = {"services", "points", "profiles", "links"}
    for code, proof in proofs().items():
        told = proof.told(house.institution, 1999, year_of(1999)[1])
        assert told.count == 0 or code in of_today, code
