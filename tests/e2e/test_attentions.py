# SPDX-License-Identifier: EUPL-1.2
"""Registering an attention with two keys, and telling of oneself after sending, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Interaction
from tests.e2e.test_order import begin, ready
from tests.factories import House, attend, make_house


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def test_one_key_opens_and_one_sends_from_any_page(page: Page, house: House, axe, screenshot) -> None:
    attend(house, now=timezone.now(), service_point_id=house.point)
    begin(page, house, Role.FRONT_DESK, "solicitudes/")
    ready(page)
    page.keyboard.press("c")
    page.wait_for_url("**/atenciones/nueva/")
    ready(page)
    expect(page.get_by_label("De qué se trató")).to_be_focused()
    axe(page)
    screenshot(page, "atencion-nueva")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gestion/atenciones/")
    assert Interaction.objects.count() == 2
    row = Interaction.objects.order_by("-pk")[0]
    assert (row.service_point_id, row.registered_by) == (house.point, house.user(Role.FRONT_DESK))
    axe(page)
    screenshot(page, "atenciones")
    ready(page)
    page.keyboard.press("z")
    expect(page.get_by_text("deshecho")).to_be_visible()
    row.refresh_from_db()
    assert row.withdrawn_at is not None
