# SPDX-License-Identifier: EUPL-1.2
"""Somebody answers their own diagnosis, their head says otherwise, and both see the gap that counts."""

from datetime import date

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.staff.public import save_competence, save_employee, save_profile
from tests.factories import House, make_house

pytestmark = pytest.mark.browser


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return make_house()


def test_two_diagnoses_and_the_gap_that_counts(page, live_server, house, axe):
    now = timezone.now()
    common = {"institution": house.institution, "actor": house.user(Role.PEOPLE_MANAGER), "now": now}
    listen = save_competence(**common, name="Escucha activa", kind="skill")
    profile = save_profile(**common, name="Ventanilla", required=[(listen.pk, 3)])
    save_employee(
        **common, name="Luz Vera", unit_id=house.units["obras"], hired_on=date(2020, 1, 1),
        profile_id=profile.pk, user_id=house.user(Role.UNIT_OFFICER).pk,
    )  # fmt: skip

    def enter(role: Role, path: str) -> None:
        page.context.clear_cookies(name="sessionid")
        cookie = house.client(role).cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(f"{live_server.url}/{house.slug}/gestion/{path}")

    enter(Role.UNIT_OFFICER, "inicio/")
    page.get_by_role("link", name="Personas", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mi ficha"
    axe(page)
    page.get_by_role("link", name="Responder mi autodiagnóstico").click()
    page.get_by_label("Escucha activa").select_option("4")
    page.get_by_role("button", name="Guardar").click()
    assert page.get_by_text("Al día").is_visible()

    enter(Role.HEAD_OF_UNIT, "personal/fichas/")
    page.get_by_role("link", name="Luz Vera").click()
    page.get_by_role("link", name="Diagnosticar").click()
    page.get_by_label("Escucha activa").select_option("2")
    axe(page)
    page.get_by_role("button", name="Guardar").click()
    assert page.get_by_text("Falta 1 nivel").is_visible()

    enter(Role.UNIT_OFFICER, "personal/mi-ficha/")
    assert page.get_by_text("Falta 1 nivel").is_visible()
    assert page.get_by_text("Jefatura: 2 · Autodiagnóstico: 4").is_visible()
