# SPDX-License-Identifier: EUPL-1.2
"""Whoever works in a body keeps the menu on pages they may not see or that are
not there; nobody else sees it.
"""

import pytest
from django.test import Client

from siac.accounts.public import Role
from tests.factories import file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.UNIT_OFFICER, "configuracion/personas/", 403),
        (Role.UNIT_OFFICER, "solicitudes/2026-000999/", 404),
        (Role.ADMINISTRATOR, "configuracion/unidades/999999/", 404),
    ],
)
def test_the_menu_stays(house, role, path, status):
    page = house.client(role).get(f"/{house.slug}/gestion/{path}")
    assert page.status_code == status
    assert 'aria-label="Principal"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_restricted_case_looks_like_one_that_is_not_there(house):
    hidden = file(house, "denuncia", unit_id=house.units["juridico"])
    client = house.client(Role.UNIT_OFFICER)
    there = client.get(f"/{house.slug}/gestion/solicitudes/{hidden.folio}/").content.decode()
    absent = client.get(f"/{house.slug}/gestion/solicitudes/2026-000999/").content.decode()
    assert there == absent


def test_others_see_no_menu(house, other_house):
    for client in (other_house.client(Role.ADMINISTRATOR), Client()):
        page = client.get(f"/{house.slug}/gestion/configuracion/personas/", follow=True)
        assert 'aria-label="Principal"' not in page.content.decode()
    assert 'aria-label="Principal"' not in Client().get("/no-existe/nada/").content.decode()
