# SPDX-License-Identifier: EUPL-1.2
"""A grave act of somebody without a password in a real browser, which follows no form to another server."""

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from siac.accounts.public import Role, User
from siac.organizations.models import Membership
from tests.factories import House, make_house
from tests.signin.provider import connect, running

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # those of the server, in its threads


@pytest.fixture
def house(transactional_db, settings, tmp_path, live_server, monkeypatch) -> House:
    settings.MEDIA_ROOT, settings.SITE_URL = tmp_path, live_server.url
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")
    return make_house()


def test_a_form_leads_through_the_server_and_is_done(page: Page, house: House, live_server, axe):
    admin, auditor = house.user(Role.ADMINISTRATOR), house.user(Role.AUDITOR)
    User.objects.filter(pk=admin.pk).update(password="!")
    with running() as server:
        connect(house, server)
        server.tell("ana", email=admin.email, email_verified=True)

        def authorize() -> None:
            page.fill("input[name=sub]", "ana")
            page.get_by_role("button", name="Authorize").first.click()

        page.goto(
            f"/cuenta/institucional/{house.slug}/?next=/{house.slug}/gestion/configuracion/personas/rol/"
        )
        authorize()
        page.wait_for_url("**/personas/rol/")
        assert configured.SESSION_COOKIE_NAME in {one["name"] for one in page.context.cookies()}
        page.fill("input[name=email]", auditor.email)
        page.fill("input[name=name]", "Auditora")
        page.check(f"input[name=role][value={Role.AUTHORITY.value}]", force=True)
        page.locator("main form button.govuk-button").last.click()
        expect(page.locator("h1")).to_have_text("Confirme quién es")
        axe(page)
        page.get_by_role("button", name="Confirmar con su cuenta institucional").click()
        authorize()
        page.wait_for_url("**/gestion/configuracion/personas/**")
    assert Membership.objects.filter(user=auditor, role=Role.AUTHORITY).exists()
