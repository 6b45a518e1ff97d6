# SPDX-License-Identifier: EUPL-1.2
"""Figures and remedies count restricted cases and do not give them away."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.charters.commands.claims import file_claim
from siac.charters.models import Breach, Remedy
from siac.charters.public import behind
from siac.clocks.public import settle_overdue
from tests.factories import NOW, House, answer, file
from tests.words import words

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
    assert behind(house.commitment, first=days[0], last=days[1]).count() == 1
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
    proof = {"act": "delivered", "words": "Carta a su casa, el 3 de septiembre"}
    assert manager.post(f"/{house.slug}/gestion/medidas/{remedy.pk}/", proof).status_code == 302
    assert "a su casa" not in manager.get(f"/{house.slug}/gestion/medidas/{remedy.pk}/").content.decode()


def test_who_may_not_open_the_request_neither_reads_nor_decides_what_its_person_claims(house):
    case = file(house, unit_id=house.units["obras"])
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    claim = file_claim(
        institution=house.institution, case=case, commitment_id=house.commitment.pk, words="Me denunció",
        now=NOW,
    )  # fmt: skip
    url = f"/{house.slug}/gestion/medidas/pedidas/{claim.pk}/"
    fields = {"is_upheld": "no", "answer": "No consta lo que dice"}
    manager, head = house.client(Role.QUALITY_MANAGER), house.client(Role.HEAD_OF_UNIT)
    blind = words(manager.get(url))
    assert "Me denunció" not in blind and str(case.folio) not in blind
    assert "lo decide, quien puede abrir la solicitud" in blind
    assert manager.post(url, fields).status_code == 403
    claim.refresh_from_db()
    assert claim.state == "filed"
    assert "Me denunció" in words(head.get(url)) and head.post(url, fields).status_code == 302
    assert "No consta lo que dice" in words(head.get(url))
    assert "No consta lo que dice" not in words(manager.get(url))
