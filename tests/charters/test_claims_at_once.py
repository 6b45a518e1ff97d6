# SPDX-License-Identifier: EUPL-1.2
"""A claim decided while the clock finds the same broken promise: one breach, one remedy, nobody fails."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from siac.accounts.public import Role
from siac.charters.commands.claims import decide_claim, file_claim
from siac.charters.models import Breach, BreachCause, Remedy
from siac.clocks.public import settle_overdue
from siac.journal.public import verify_institution
from tests.factories import NOW, file, make_house
from tests.processes import somebody_waits

pytestmark = [pytest.mark.postgres, pytest.mark.slow]
LATER = NOW + timedelta(days=20)


def test_the_night_and_who_decides_find_the_same_promise(real_commits):
    house = make_house()
    claimed, other = file(house), file(house)
    claim = file_claim(
        institution=house.institution, case=claimed, commitment_id=house.commitment.pk, words="", now=NOW
    )
    failed: list[Exception] = []

    def night() -> None:
        try:
            settle_overdue(LATER)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    worker = threading.Thread(target=night)
    with transaction.atomic():
        decide_claim(
            institution=house.institution, claim_id=claim.pk, is_upheld=True, answer="Consta que no se llamó",
            actor=house.user(Role.QUALITY_MANAGER), now=LATER,
        )  # fmt: skip
        worker.start()
        for _ in range(500):
            worker.join(0.02)
            if not worker.is_alive() or somebody_waits():
                break
    worker.join(60)
    assert failed == [] and not worker.is_alive()
    causes = dict(Breach.objects.values_list("case_id", "cause"))
    assert causes == {claimed.pk: BreachCause.CLAIM, other.pk: BreachCause.MISSED}
    assert Remedy.objects.count() == 2
    assert verify_institution(house.institution.pk).problems == []
