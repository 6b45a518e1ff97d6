# SPDX-License-Identifier: EUPL-1.2
"""The chain in one walk: commitment, clock, missed, breach, remedy, figure, and the cases behind the
figure.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.charters.models import Breach, PeriodResult, Remedy
from siac.charters.public import behind, freeze_periods
from siac.clocks.public import clocks_of, settle_overdue
from siac.indicators.public import count_all
from tests.factories import answer, file, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = timedelta(days=1)


def test_a_promise_can_be_followed_end_to_end_and_back(real_commits):
    house = make_house(now=timezone.now() - timedelta(days=300))
    institution, commitment = house.institution, house.commitment
    filed = timezone.now() - timedelta(days=60)
    late = file(house, now=filed, unit_id=house.units["obras"])
    soon = [file(house, now=filed, unit_id=house.units["obras"]) for _ in range(5)]

    # Commitment -> clock: five business days, whatever the law allows.
    [promised] = [c for c in clocks_of(institution.pk, "case", [late.pk]) if c.kind == "commitment"]
    assert (promised.source, promised.amount, promised.unit) == (commitment.source, 5, "bd")
    assert late.due_on == promised.due_on < late.legal_due_on

    # Missed -> breach -> remedy: nobody has to do anything, and doing it twice changes nothing.
    for kept in soon:
        answer(house, kept, now=filed + DAY)
    after = filed + timedelta(days=30)
    for _ in range(2):
        settle_overdue(after)
    breach = Breach.objects.get()
    assert (breach.case_id, breach.commitment_id, breach.due_on) == (late.pk, commitment.pk, promised.due_on)
    remedy = Remedy.objects.get()
    assert (remedy.text, remedy.state) == (commitment.remedy, "owed")

    # Late case -> the promise it broke, on the citizen's side of it and on the officer's.
    answer(house, late, now=after)
    head = house.client(Role.HEAD_OF_UNIT)
    page = head.get(f"/{house.slug}/gestion/solicitudes/{late.folio}/").content.decode()
    assert commitment.text in page
    assert "Disculpa escrita" in page
    done = head.post(
        f"/{house.slug}/gestion/medidas/{remedy.pk}/", {"act": "delivered", "words": "Carta 12"}, follow=True
    )
    assert done.status_code == 200
    remedy.refresh_from_db()
    assert (remedy.state, remedy.settled_by) == ("delivered", house.user(Role.HEAD_OF_UNIT))

    # Cases -> figure -> the cases behind it, open to everyone.
    count_all(institution, now=timezone.now())
    visitor = house.client()
    freeze_periods(institution, now=timezone.now())
    day = house.today(filed + DAY)
    row = PeriodResult.objects.get(first__lte=day, last__gte=day)
    shown = visitor.get(f"/{house.slug}/cartas/carta/cumplimiento/").content.decode()
    assert row.words in shown
    period = visitor.get(f"/{house.slug}/cartas/carta/cumplimiento/{row.pk}/")
    listed = {case.pk for case in period.context["listing"].rows}
    of_month = behind(commitment, first=row.first, last=row.last)
    assert listed == set(of_month.values_list("pk", flat=True))
    assert len(listed) == row.total and {kept.pk for kept in soon} <= listed
    assert late.tracking_code not in period.content.decode()
    today = house.today(timezone.now())
    counted = behind(commitment, first=today - timedelta(days=90), last=today)
    assert set(counted.values_list("pk", flat=True)) == {late.pk, *(kept.pk for kept in soon)}
