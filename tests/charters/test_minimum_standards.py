# SPDX-License-Identifier: EUPL-1.2
"""What every service must assure without a charter: how far each standard is from being met."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseKind
from siac.catalogue.public import save_service
from siac.charters.domain.minimum import missing, read_standards
from siac.charters.minimum.reading import CHECKS, met_standards, standards
from siac.charters.models import CharterEdition, Commitment
from siac.clocks.public import Clock, settle_overdue
from siac.indicators.public import Share
from siac.organizations.public import update_institution
from tests.factories import NOW, House, answer, file
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = NOW + 40 * DAY


def stood(house: House) -> dict:
    house.institution.refresh_from_db()
    return {row.standard.code: row for row in met_standards(house.institution, now=LATER)}


@pytest.mark.parametrize(
    ("met", "total", "target", "more"),
    [(3, 5, 100, 2), (19, 20, 95, 0), (18, 20, 95, 1), (2, 3, 80, 1), (0, 0, 95, 0)],
)
def test_how_many_more_must_meet_it(met, total, target, more):
    assert missing(met, total, target) == more


def test_the_standards_that_come_with_the_product_are_whole():
    assert {each.check for each in standards()} == set(CHECKS)
    assert all(each.source and each.mend for each in standards())


def test_a_file_of_standards_that_cannot_be_is_refused():
    said = dict.fromkeys(("title", "check", "source", "mend", "page"), "")
    kept = {"code": "a", "group": "redress", "target": 100, **said}
    with pytest.raises(ValueError, match="codes"):
        read_standards([kept, kept])
    with pytest.raises(ValueError, match="1 to 100"):
        read_standards([{**kept, "target": 0}])


def test_terms_are_counted_by_the_clocks_that_were_over(house):
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(4)]
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    late = Clock.objects.filter(subject_id=cases[3].pk, kind="legal")
    late.update(due_at=NOW + 5 * DAY, due_on=house.today(NOW + 5 * DAY))
    settle_overdue(NOW + 12 * DAY)
    row = stood(house)["answered"]
    assert (row.share, row.is_met, row.missing) == (Share(3, 4), False, 1)


def test_services_and_terms_of_the_body_are_looked_at_in_its_configuration(house):
    assert stood(house)["services"].is_met is None
    whole = {
        "summary": "Qué es", "requirements": [{"text": "Cédula", "where": ""}], "amount": 5,
        "channels": [{"channel": "web", "how": "", "url": ""}],
    }  # fmt: skip
    for name, fields in (("Uno", whole), ("Dos", {}), ("Tres", {"is_active": False})):
        save_service(institution=house.institution, actor=None, now=NOW, name=name, **fields)
    told = stood(house)
    assert (told["services"].share, told["services"].missing) == (Share(1, 2), 1)
    offered = CaseKind.objects.filter(institution=house.institution, is_active=True, on_portal=True)
    assert told["own_terms"].share == Share(0, offered.count())
    assert told["complaints"].is_met and not told["compared"].is_met
    offered.update(standard_days=8)
    update_institution(institution=house.institution, actor=None, now=NOW, is_compared=True)
    told = stood(house)
    assert told["own_terms"].is_met and told["compared"].is_met


def test_a_body_that_promises_nothing_gives_no_redress(house):
    assert stood(house)["redress"].share == Share(1, 1)
    bare = {"remedy": "", "remedy_kind": "none", "no_remedy_reason": ""}
    Commitment.objects.filter(pk=house.commitment.pk).update(**bare)
    assert stood(house)["redress"].share == Share(0, 1)
    Commitment.objects.filter(pk=house.commitment.pk).update(no_remedy_reason="Solo informa")
    CharterEdition.objects.update(valid_to=LATER.date() + DAY)
    assert stood(house)["redress"].share == Share(1, 1)  # it ends tomorrow, and is in force today
    CharterEdition.objects.update(valid_to=NOW.date())
    assert stood(house)["redress"].share == Share(0, 1)


def test_it_costs_as_much_with_many_cases(house):
    stood(house)
    with at_most(3):
        met_standards(house.institution, now=LATER)


def test_the_page_says_how_far_and_leads_to_where_it_is_mended(house):
    url = f"/{house.slug}/gestion/cartas/minimos/"
    page = house.client(Role.ADMINISTRATOR).get(url)
    assert "Bajo el mínimo Falta 1. Márquelo en los datos del organismo." in words(page)
    assert "RD 951/2005" in words(page) and "tiene una carta vigente" in words(page)
    assert "/configuracion/organismo/" in page.content.decode()
    read = house.client(Role.FRONT_DESK).get(url)
    assert "Márquelo" in words(read) and "/configuracion/organismo/" not in read.content.decode()
    CharterEdition.objects.update(valid_to=NOW.date() - 300 * DAY)
    house.institution.refresh_from_db()
    update_institution(institution=house.institution, actor=None, now=NOW, phone="+56 51 200 0001")
    assert "no tiene ninguna carta vigente" in words(house.client(Role.AUDITOR).get(url))
