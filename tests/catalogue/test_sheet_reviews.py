# SPDX-License-Identifier: EUPL-1.2
"""A sheet that is to be reviewed waits for somebody, who is told of it before its day and on it."""

import re
from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.catalogue.commands.reminding import remind
from siac.catalogue.commands.services import still_holds
from siac.catalogue.domain.services import SOON
from siac.catalogue.models import Service
from siac.catalogue.notices import render
from siac.catalogue.public import save_draft, save_service, submit_draft
from siac.notices.models import Notice
from tests.factories import NOW, House
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def due(
    house: House, days: int, *, name: str = "Matrícula", unit: str = "obras", writer=Role.QUALITY_MANAGER
):
    made = save_service(
        institution=house.institution, actor=house.user(writer), now=NOW, name=name,
        responsible_id=house.units[unit], review_on=house.institution.local_date(NOW) + days * DAY,
    )  # fmt: skip
    house.institution.refresh_from_db()
    return made


def counts(page: str) -> dict[str, str]:
    """What the tiles of sheets say: title and number."""
    tile = r'siac-tile__count">([^<]*)<.*?siac-tile__link" href="[^"]*">([^<]*)<'
    found = {title: count for count, title in re.findall(tile, page, re.DOTALL)}
    return {title: count for title, count in found.items() if title.startswith("Fichas")}


def told() -> list[str]:
    found = Notice.objects.filter(kind="catalogue.review").order_by("recipient")
    return list(found.values_list("recipient", flat=True))


def test_who_published_it_and_the_head_of_its_unit_are_told_before_its_day_and_on_it(house):
    row = due(house, SOON + 5)
    assert remind(house.institution, now=NOW) == 0
    with at_most(6):
        count = remind(house.institution, now=NOW + 6 * DAY)
    users = {house.user(Role.QUALITY_MANAGER).pk, house.user(Role.HEAD_OF_UNIT).pk}
    assert set(told()) == {f"user:{pk}" for pk in users} and count == len(users)
    assert remind(house.institution, now=NOW + 7 * DAY) == 0
    assert remind(house.institution, now=NOW + (SOON + 5) * DAY) == len(users)
    assert remind(house.institution, now=NOW + (SOON + 9) * DAY) == 0
    subject, text = render(Notice.objects.filter(kind="catalogue.review").first())
    assert "Matrícula" in subject and f"/{house.slug}/gestion/servicios/{row.pk}/" in text


def test_once_it_was_looked_at_it_waits_for_its_next_day(house):
    row = due(house, 10)
    remind(house.institution, now=NOW)
    later = house.institution.local_date(NOW) + 400 * DAY
    still_holds(institution=house.institution, service=row, actor=None, now=NOW, review_on=later)
    assert remind(house.institution, now=NOW + 20 * DAY) == 0
    assert remind(house.institution, now=NOW + 380 * DAY) > 0


def test_where_nobody_is_left_the_quality_manager_is_told(house):
    made = save_service(
        institution=house.institution, actor=None, now=NOW, name="Sola",
        review_on=house.institution.local_date(NOW),
    )  # fmt: skip
    remind(house.institution, now=NOW)
    assert told() == [f"user:{house.user(Role.QUALITY_MANAGER).pk}"]
    made.refresh_from_db()
    assert made.reminded_on == house.institution.local_date(NOW)


def test_what_ended_or_has_no_day_reminds_nobody(house):
    row = due(house, 3)
    Service.objects.filter(pk=row.pk).update(is_active=False)
    save_service(institution=house.institution, actor=None, now=NOW, name="Sin día")
    assert remind(house.institution, now=NOW) == 0


def test_the_first_page_says_what_waits_and_the_list_which(house):
    today = date.today()
    for name, days in (("Vencida", -2), ("Pronto", 5), ("Lejos", 90)):
        save_service(
            institution=house.institution, actor=None, now=NOW, name=name, review_on=today + days * DAY
        )
    manager = house.client(Role.QUALITY_MANAGER)
    first = manager.get(f"/{house.slug}/gestion/inicio/").content.decode()
    assert counts(first) == {"Fichas por revisar": "2"}
    assert '<span class="siac-tile__late">1 tarde</span>' in first
    listed = words(manager.get(f"/{house.slug}/gestion/servicios/por-revisar/"))
    assert "Vencida" in listed and "(vencida)" in listed and "Pronto" in listed and "Lejos" not in listed


def test_the_authority_finds_what_waits_for_their_approval(house):
    row = save_draft(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, name="Becas",
        summary="Ayuda", steps=[{"text": "Pida"}], channels=[{"channel": "web", "how": "Aquí", "url": ""}],
        fee=0, responsible_id=house.units["oirs"],
    )  # fmt: skip
    submit_draft(institution=house.institution, draft=row, actor=house.user(Role.QUALITY_MANAGER), now=NOW)
    first = house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/inicio/").content.decode()
    assert counts(first) == {"Fichas por aprobar": "1"}
    listed = house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/servicios/borradores/?estado=review")
    assert f"/gestion/servicios/borradores/{row.pk}/" in listed.content.decode()
