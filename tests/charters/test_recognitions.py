# SPDX-License-Identifier: EUPL-1.2
"""Units are recognised by criteria declared beforehand, from closed periods alone."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.charters.commands.recognising import declare_recognition, end_recognition
from siac.charters.models import Commitment, PeriodResult, RecognitionRule
from siac.charters.register.recognition import recognitions_of
from siac.charters.sealing import recognition_digest
from siac.kernel.errors import Refused
from tests.factories import NOW, House
from tests.words import words

pytestmark = pytest.mark.django_db


def closed(house: House, month: int, *, is_reached: bool = True) -> None:
    first = date(2026, month, 1)
    PeriodResult.objects.create(
        institution=house.institution, charter=house.commitment.edition.charter,
        code=house.commitment.code, commitment=house.commitment, first=first, last=first.replace(day=28),
        value=95, met=19, total=20, target=90, is_reached=is_reached, words="95 %", target_words="90 %",
        frozen_at=NOW,
    )  # fmt: skip


def declared(house: House, **fields) -> RecognitionRule:
    asked = {"title": "Siempre a tiempo", "periods": 2, "least": 10, "now": NOW, **fields}
    return declare_recognition(institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), **asked)


def test_what_a_unit_earned_stands_on_the_page_and_no_period_of_before_counts(house):
    Commitment.objects.update(responsible=house.units["obras"])
    house.institution.refresh_from_db()
    rule = declared(house)  # on 7 September: that month began before
    for month in (8, 9, 10, 11):
        closed(house, month)
    (record,) = recognitions_of(house.institution, [rule])
    (unit,) = record.units
    (won,) = unit.record.earned
    assert (won.first, won.last) == (date(2026, 10, 1), date(2026, 11, 28))
    page = words(house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/cartas/reconocimientos/"))
    assert "0 de 2" in page and unit.unit in page and "nunca a personas" in page and "Declarar" not in page
    assert not [user.name for user in house.users.values() if user.name in page.split("Reconocida por")[1]]


@pytest.mark.parametrize(("least", "is_told"), [(10, True), (4, False)])
def test_everybody_reads_what_was_won_unless_it_counts_few(house, least, is_told):
    Commitment.objects.update(responsible=house.units["obras"])
    house.institution.refresh_from_db()
    declared(house, least=least)
    for month in (10, 11):
        closed(house, month)
    page = words(house.client().get(f"/{house.slug}/cartas/"))
    told = "«Siempre a tiempo», 2 períodos seguidos en su meta, del 1 de octubre de 2026"
    assert (told in page) == is_told == ("Reconocimientos" in page)


def test_a_criterion_that_ended_counts_no_period_after(house):
    Commitment.objects.update(responsible=house.units["obras"])
    house.institution.refresh_from_db()
    rule = declared(house)
    closed(house, 10)
    closed(house, 11)
    RecognitionRule.objects.update(ended_on=date(2026, 11, 1))
    rule.refresh_from_db()
    (record,) = recognitions_of(house.institution, [rule])
    assert record.units[0].record.earned == ()


def test_a_body_without_units_that_answer_says_so(house):
    declared(house)
    page = words(house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/cartas/reconocimientos/"))
    assert "ningún compromiso dice qué unidad responde" in page


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": "  "}, "recognition_name"),
        ({"periods": 1}, "recognition_periods"),
        ({"periods": 13}, "recognition_periods"),
        ({"least": -1}, "recognition_periods"),
    ],
)
def test_what_cannot_be_declared_is_refused(house, fields, code):
    with pytest.raises(Refused, match=code):
        declared(house, **fields)


def test_it_is_declared_and_ended_on_its_page_once(house):
    client, url = house.client(Role.AUTHORITY), f"/{house.slug}/gestion/cartas/reconocimientos/"
    sent = {"title": "Siempre a tiempo", "periods": "4", "least": "10"}
    assert client.post(url, sent | {"periods": "40"}).status_code == 422
    assert client.post(url, sent).status_code == 302
    assert house.client(Role.UNIT_OFFICER).post(url, sent).status_code == 403
    rule = RecognitionRule.objects.get()
    assert client.post(f"{url}{rule.pk}/terminar/").status_code == 302
    before = recognition_digest(rule)
    rule.refresh_from_db()
    assert rule.ended_on is not None and recognition_digest(rule) != before
    with pytest.raises(Refused, match="recognition_unknown"):
        end_recognition(
            institution=house.institution, rule_id=rule.pk, actor=house.user(Role.AUTHORITY), now=NOW
        )
    assert "Terminado" in words(client.get(url))
    assert "ya terminó" in words(client.post(f"{url}{rule.pk}/terminar/", follow=True))
    assert client.post(f"{url}0/terminar/").status_code == 404
