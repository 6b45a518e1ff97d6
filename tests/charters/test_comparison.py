# SPDX-License-Identifier: EUPL-1.2
"""Bodies of one installation are compared in public only where each of them said so, and until it says no."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.models import PeriodResult
from siac.journal.models import JournalEntry
from siac.organizations.models import Institution
from siac.organizations.public import update_institution
from tests.factories import NOW, House, make_house
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)


@pytest.fixture(autouse=True)
def in_october(monkeypatch):
    for page in ("portal", "register.portal"):
        monkeypatch.setattr(f"siac.charters.{page}.current_time", lambda: LATER)


@pytest.fixture
def two(house: House) -> tuple[House, House]:
    other = make_house("vecina")
    closed(house, 19, 20)
    closed(other, 12, 20)
    return house, other


def closed(house: House, met: int, total: int) -> PeriodResult:
    share = Decimal(100 * met) / total
    return PeriodResult.objects.create(
        institution=house.institution, charter=house.commitment.edition.charter, code=house.commitment.code,
        commitment=house.commitment, first=date(2026, 9, 1), last=date(2026, 9, 30), value=share, met=met,
        total=total, target=90, is_reached=share >= 90, words=f"{share:.0f} %", target_words="90 %",
        of_words=f"{met} de {total}", frozen_at=NOW,
    )  # fmt: skip


def agree(house: House, is_compared: bool = True) -> None:
    update_institution(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW, is_compared=is_compared
    )


def answers(house: House) -> int:
    return house.client().get(f"/{house.slug}/comparacion/").status_code


def test_nobody_is_compared_who_did_not_say_so(two):
    house, other = two
    assert not house.institution.is_compared and (answers(house), answers(other)) == (404, 404)
    agree(house)
    assert (answers(house), answers(other)) == (404, 404), "one alone is no comparison"
    agree(other)
    assert (answers(house), answers(other)) == (200, 200)
    agree(other, is_compared=False)
    assert (answers(house), answers(other)) == (404, 404)


def test_the_administrator_decides_and_the_journal_says_who_and_what(house):
    url = f"/{house.slug}/gestion/configuracion/organismo/"
    form = house.client(Role.ADMINISTRATOR).get(url).context["form"]
    assert "también lo acepten" in words(house.client(Role.ADMINISTRATOR).get(url))
    typed = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in typed.items() if value not in (None, False)}
    for said in (True, False):
        sent["is_compared"] = "on" if said else ""
        assert house.client(Role.ADMINISTRATOR).post(url, sent).status_code == 302
        house.institution.refresh_from_db()
        last = JournalEntry.objects.filter(kind="organizations.comparison_decided").order_by("-pk").first()
        assert house.institution.is_compared is said and last.data == {"is_compared": said}
        assert last.actor_id == house.user(Role.ADMINISTRATOR).pk
    assert house.client(Role.QUALITY_MANAGER).get(url).status_code == 403


def test_the_best_stands_first_with_its_promise_and_each_leads_to_its_register(two):
    house, other = two
    agree(house)
    agree(other)
    page = house.client().get(f"/{house.slug}/comparacion/")
    [(nature, lines)] = page.context["comparison"].natures
    assert nature == "Reclamo o queja"
    assert [(line.body.pk, line.last.of_words) for line in lines] == [
        (house.institution.pk, "19 de 20"), (other.institution.pk, "12 de 20"),
    ]  # fmt: skip
    text = words(page)
    assert "Cumplimos 1 de 1 compromiso" in text and "Cumplimos 0 de 1 compromiso" in text
    assert "Respondemos los reclamos en 5 días hábiles" in text and "septiembre de 2026" in text
    for each in two:
        assert f"/{each.slug}/cartas/carta/cumplimiento/" in page.content.decode()
        listed = each.client().get(f"/{each.slug}/cartas/carta/cumplimiento/").content.decode()
        assert f"/{each.slug}/comparacion/" in listed


def test_what_rests_on_few_is_not_told_here_either(two):
    house, other = two
    PeriodResult.objects.filter(institution=other.institution).update(met=3, total=4)
    agree(house)
    agree(other)
    text = words(house.client().get(f"/{house.slug}/comparacion/"))
    assert "No se muestra" in text and "12 de 20" not in text and "3 de 4" not in text
    assert "El último período no tiene cifras que mostrar" in text


@pytest.mark.parametrize("how", ["demo", "closed", "practice"])
def test_invented_closed_and_practice_bodies_stand_beside_no_real_one(two, how):
    house, other = two
    agree(house)
    agree(other)
    fields = {
        "demo": {"is_demo": True}, "closed": {"is_active": False},
        "practice": {"practice_of": house.institution},
    }  # fmt: skip
    Institution.objects.filter(pk=other.institution.pk).update(**fields[how])
    assert answers(house) == 404 and answers(other) == 404


def test_it_costs_as_much_with_many_results(two):
    house, _ = two
    for each in two:
        agree(each)
    assert answers(house) == 200
    with at_most(3):
        assert answers(house) == 200
