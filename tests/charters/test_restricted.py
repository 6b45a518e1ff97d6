# SPDX-License-Identifier: EUPL-1.2
"""Figures and remedies count restricted cases and do not give them away."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.models import Breach, Remedy
from siac.charters.public import cases_behind
from siac.clocks.public import settle_overdue
from tests.factories import NOW, House, answer, file

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def restricted(house: House, monkeypatch) -> Case:
    """A restricted case that broke a promise, and is answered."""
    case = file(house, unit_id=house.units["juridico"])
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    settle_overdue(NOW + timedelta(days=20))
    answer(house, case, now=NOW + timedelta(days=20))
    days = (date(2026, 1, 1), date(2026, 12, 31))
    monkeypatch.setattr("siac.charters.workspace.period", lambda institution, now: days)
    assert cases_behind(house.commitment, first=days[0], last=days[1]).count() == 1
    return case


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.QUALITY_MANAGER, False), (Role.COMMITTEE_MEMBER, False), (Role.AUDITOR, True)]
)
def test_behind_a_figure_only_whoever_may_read_it_sees_its_folio(house, restricted, role, sees):
    address = f"/{house.slug}/gestion/compromisos/{house.commitment.pk}/solicitudes/"
    page = house.client(role).get(address).content.decode()
    assert (restricted.folio in page, ">Reservada<" in page) == (sees, not sees)


def test_its_remedy_is_settled_without_its_folio(house, restricted):
    manager = house.client(Role.QUALITY_MANAGER)
    remedy = Remedy.objects.get(breach=Breach.objects.get(case=restricted))
    for address in ("", f"{remedy.pk}/"):
        page = manager.get(f"/{house.slug}/gestion/medidas/{address}").content.decode()
        assert restricted.folio not in page
        assert "eservada" in page
