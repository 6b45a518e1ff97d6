# SPDX-License-Identifier: EUPL-1.2
"""A citizen on a phone says who they are at a real server of OpenID Connect, files, sees it, and leaves."""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.signin.asking import read_server
from siac.signin.commands.providers import save_provider
from siac.signin.models import Audience, Identification
from tests.factories import NOW
from tests.signin.provider import running

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def test_a_citizen_says_who_they_are_files_and_leaves(
    page: Page, live_server, house, axe, screenshot, settings, monkeypatch
):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")
    settings.SITE_URL = live_server.url
    with running() as server:
        monkeypatch.setenv("SIAC_CITIZEN_SERVERS", server.url)
        server.tell("maria", name="María Ñancupil", document_number="12345678-5")
        save_provider(
            institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW,
            audience=Audience.CITIZENS, read=read_server(server.url), secret="un secreto", label="ClaveÚnica",
            issuer=server.url, client_id="siac", is_active=True, document_claim="document_number",
            scopes="openid profile",
        )  # fmt: skip
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"/{house.slug}/solicitud/consulta/")
        page.get_by_label("En una línea, ¿de qué se trata?").fill("Horario de la biblioteca")
        page.get_by_label("En una línea, ¿de qué se trata?").press("Enter")  # goes on, as ever
        expect(page.locator(".govuk-error-summary")).to_contain_text("Escriba su nombre")
        screenshot(page, "identificarse-formulario-390")
        axe(page)
        page.get_by_role("button", name="Identificarme con ClaveÚnica").click()
        axe(page)
        screenshot(page, "identificarse-390")
        page.get_by_role("button", name="Ir a ClaveÚnica").click()
        page.locator("input[name=sub]").first.fill("maria")
        page.locator("button, input[type=submit]").first.click()
        expect(page.locator("#identidad-verificada")).to_contain_text("María Ñancupil · 12.345.678-5")
        expect(page.get_by_label("En una línea, ¿de qué se trata?")).to_have_value("Horario de la biblioteca")
        axe(page)
        screenshot(page, "identificada-formulario-390")
        page.get_by_label("Cuéntenos").fill("¿A qué hora abre?")
        page.get_by_label("Correo electrónico").fill("maria@ejemplo.org")
        page.get_by_role("button", name="Continuar").click()
        axe(page)
        page.get_by_role("button", name="Enviar").click()
        page.goto(f"/{house.slug}/mis-solicitudes/")
        axe(page)
        screenshot(page, "mis-solicitudes-390")
        page.get_by_role("link", name="Horario de la biblioteca").click()
        expect(page.locator("h1")).to_contain_text("Horario de la biblioteca")
        page.get_by_role("button", name="Salir").click()
        axe(page)
        screenshot(page, "identidad-salio-390")
        assert not Identification.objects.exists()
        page.go_back()
        page.reload()
        expect(page.locator("h1")).to_contain_text("Seguir una solicitud")
