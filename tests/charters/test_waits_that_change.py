# SPDX-License-Identifier: EUPL-1.2
"""What is written down of a waiting is corrected, ends or becomes something else after it was judged."""

from datetime import timedelta

import pytest

from siac.cases.models import Interaction
from siac.charters.models import Breach, Commitment, Remedy
from siac.clocks.public import clocks_of
from siac.journal.public import history, verify_institution
from tests.charters.test_guarantees import ANA, DAY, attended, corrected, promise
from tests.factories import NOW, House

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(house: House) -> Commitment:
    return promise(house)


def test_a_correction_that_leaves_it_broken_gives_no_new_term(house, waiting):
    row, remedy = attended(house), Remedy.objects.get()
    told = [entry.kind for entry in history(house.institution.pk, row.stream)]
    corrected(house, row, waited=45, begun_at=NOW - timedelta(seconds=20))
    again = Remedy.objects.get()
    assert (again.state, again.due_on) == ("owed", remedy.due_on)
    assert Breach.objects.get().found_at == NOW
    after = [entry.kind for entry in history(house.institution.pk, row.stream)]
    assert after == [*told, "cases.attention_corrected"]
    [clock] = clocks_of(house.institution.pk, "interaction", [row.pk])
    assert (clock.state, clock.missed_at) == ("missed", NOW)
    assert clock.ended_at - clock.started_at == timedelta(minutes=45)


def test_a_correction_to_another_day_moves_the_breach_and_what_makes_it_kept_takes_it_back(house, waiting):
    row = attended(house)
    corrected(house, row, begun_at=NOW - 3 * DAY)
    breach = Breach.objects.get()
    assert breach.due_on == house.today(NOW - 3 * DAY)
    corrected(house, Interaction.objects.get(), waited=1)
    assert Breach.objects.count() == 0 and Remedy.objects.get().state == "undone"
    corrected(house, Interaction.objects.get(), waited=90)
    assert Breach.objects.get().pk == breach.pk and Remedy.objects.get().state == "owed"
    assert verify_institution(house.institution.pk).problems == []


def test_two_promises_of_a_waiting_are_judged_each_by_itself(house, waiting):
    promise(house, "horas", code="espera-larga", text="Nadie espera más de una hora", days=60)
    row = attended(house, waited=90)
    assert Breach.objects.count() == 2
    corrected(house, row, waited=40)
    assert Breach.objects.get().commitment_id == waiting.pk
    corrected(house, Interaction.objects.get(), waited=90, person=ANA)
    assert Breach.objects.count() == 2
    assert sorted(Remedy.objects.values_list("state", flat=True)) == ["owed", "owed"]
    assert verify_institution(house.institution.pk).problems == []
