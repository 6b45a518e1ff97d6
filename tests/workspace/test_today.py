# SPDX-License-Identifier: EUPL-1.2
"""Where the day of each role begins, and what its first page says: only what is theirs, at a known cost."""

import re
from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.models import ErasureRun
from siac.ui.tiles import SHOWN, ahead_of
from tests.factories import NOW, file
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
R = Role
LINKS = re.compile(r'<a class="(?:siac-tile__link|govuk-link)" href="([^"#]*)')
WHO = 4
"""Statements that find out who asks: session, account, body, roles."""
LIST, TODAY, SETUP, HOME = "solicitudes/", "inicio/", "configuracion/empezar/", "como-vamos/"
SITTINGS = "sesiones/"


def today_page(house, role):
    return house.client(role).get(f"/{house.slug}/gestion/inicio/")


def counts(page) -> dict[str, str]:
    """What each tile says: its title and its number, 0 for what stands under «Al día»."""
    shown, _, clear = page.content.decode().partition('class="siac-clear"')
    tile = r'siac-tile__count">([^<]*)<.*?siac-tile__link" href="[^"]*">([^<]*)<'
    told = {title: count for count, title in re.findall(tile, shown, re.DOTALL)}
    return told | dict.fromkeys(re.findall(r'<li><a class="govuk-link" [^>]*>([^<]*)<', clear), "0")


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (R.FRONT_DESK, LIST), (R.UNIT_OFFICER, LIST), (R.HEAD_OF_UNIT, LIST), (R.QUALITY_MANAGER, TODAY),
        (R.AUTHORITY, HOME), (R.COMMITTEE_MEMBER, HOME), (R.AUDITOR, TODAY), (R.ADMINISTRATOR, SETUP),
        (R.COUNCIL_MEMBER, SITTINGS), (R.PLANNING, TODAY), (R.PEOPLE_MANAGER, TODAY),
    ],
)  # fmt: skip
def test_the_day_of_each_role_begins_where_its_work_is(house, role, page):
    arrived = house.client(role).get(f"/{house.slug}/gestion/")
    assert arrived["Location"] == f"/{house.slug}/gestion/{page}"


@pytest.mark.parametrize("role", list(R))
def test_everybody_finds_their_first_page_in_the_menu(house, role):
    link = f'<a href="/{house.slug}/gestion/inicio/" aria-current="page">Inicio</a>'
    assert link in today_page(house, role).content.decode()


TITLES = {
    R.FRONT_DESK: {
        "Tareas de procesos",
        "Por derivar", "Vencen hoy", "Atrasadas", "Alertas de plazo", "Tareas y menciones", "Recursos",
        "Correo recibido", "Visitas por hacer", "Citas que ya no caben", "Llamadas por devolver",
    },
    R.UNIT_OFFICER: {
        "Tareas de procesos",
        "Mías", "Vencen hoy", "Atrasadas", "Alertas de plazo", "Tareas y menciones", "Recursos",
        "Correo recibido", "Visitas por hacer", "Llamadas por devolver",
    },
    R.HEAD_OF_UNIT: {
        "Firmas por atender",
        "Tareas de procesos",
        "Por aprobar", "Mías", "Sin asignar", "Vencen hoy", "Atrasadas", "Alertas de plazo",
        "Tareas y menciones", "Recursos", "Correo recibido", "Medidas por entregar",
        "Compromisos en riesgo este mes", "Medidas pedidas por decidir", "Visitas por hacer",
        "Llamadas por devolver", "Mejora: acciones atrasadas",
    },
    R.QUALITY_MANAGER: {
        "Firmas por atender",
        "Tareas de procesos",
        "Por aprobar", "Por derivar", "Vencen hoy", "Atrasadas", "Alertas de plazo", "Tareas y menciones",
        "Recursos", "Correo recibido", "Medidas por entregar",
        "Compromisos en riesgo este mes", "Medidas pedidas por decidir",
        "Cartas por revisar", "Cartas que terminan", "Informes de cartas por hacer",
        "Certificaciones por auditar o renovar", "Resultados por fijar",
        "Indicadores bajo su meta", "Avisos por decidir", "Importaciones por cargar",
        "Visitas por hacer", "De terreno, por revisar", "Citas que ya no caben", "Llamadas por devolver",
        "Fichas por aprobar", "Fichas por revisar", "Acuerdos pendientes",
        "Mejora: acciones atrasadas", "Planes de mejora sin avance",
        "Política por revisar",
        "Vínculos por revisar",
    },
    R.AUTHORITY: {
        "Firmas por atender",
        "Tareas de procesos", "Fichas por aprobar",
        "Por aprobar", "Vencen hoy", "Atrasadas", "Alertas de plazo", "Tareas y menciones", "Recursos",
        "Compromisos bajo su meta", "Medidas que decide la autoridad", "Informes de cartas por hacer",
    },
    R.COMMITTEE_MEMBER: {"Compromisos bajo su meta", "Tareas de procesos"},
    R.COMMUNICATIONS: {"Tareas de procesos", "Compromisos bajo su meta"},
    R.PEOPLE_MANAGER: {"Tareas de procesos", "Compromisos bajo su meta"},
    R.PLANNING: {
        "Tareas de procesos", "Compromisos bajo su meta", "Mejora: acciones atrasadas",
        "Planes de mejora sin avance", "Política por revisar", "Vínculos por revisar",
    },
    R.INTERNAL_AUDITOR: {
        "Tareas de procesos", "Compromisos bajo su meta", "Visitas por hacer", "Expedientes por revisar",
    },
    R.COUNCIL_MEMBER: set(),
    R.AUDITOR: {
        "Tareas de procesos",
        "Vencen hoy", "Atrasadas", "Alertas de plazo", "Tareas y menciones", "Recursos",
        "Compromisos bajo su meta", "Visitas por hacer", "Expedientes por revisar",
    },
    R.PEOPLE_MANAGER: {
        "Tareas de procesos", "Compromisos bajo su meta",
        "Sesiones de cursos sin asistencia anotada", "Personas sin diagnóstico de competencias",
    },
    R.COMMUNICATIONS: {
        "Tareas de procesos", "Compromisos bajo su meta",
        "Afiches y folletos por rehacer", "Campañas por evaluar",
    },
    R.ADMINISTRATOR: {
        "Tareas de procesos", "Borrados por aprobar", "Avisos por decidir", "Importaciones por cargar",
        "Fichas por revisar",
    },
}  # fmt: skip


@pytest.mark.parametrize("role", list(R))
def test_each_role_has_its_own_tiles_and_may_open_where_each_leads(house, role):
    page = today_page(house, role)
    assert set(counts(page)) == TITLES[role]
    client = house.client(role)
    for address in LINKS.findall(page.content.decode().partition("<main")[2]):
        assert client.get(address).status_code == 200, address


def test_a_number_is_that_of_its_list_and_the_first_rows_lead_to_the_cases(house):
    cases = [file(house, now=NOW + timedelta(days=turn)) for turn in range(SHOWN + 2)]
    page = today_page(house, R.QUALITY_MANAGER)
    told = counts(page)
    assert (told["Por derivar"], told["Atrasadas"]) == ("6", "6")
    shown = page.content.decode()
    first, last = cases[0], cases[-1]
    address = f"/{house.slug}/gestion/solicitudes/"
    assert shown.count(f'href="{address}{first.folio}/"') == 1
    assert f"{address}{last.folio}/" not in shown
    assert '<span class="siac-tile__late">6 tarde</span>' in shown
    listed = house.client(R.QUALITY_MANAGER).get(f"{address}?vista=por-derivar").content.decode()
    assert 'Por derivar <span class="siac-total">6</span>' in listed


def test_nobody_is_told_of_cases_they_do_not_see(house):
    file(house, unit_id=house.units["juridico"])
    told = counts(today_page(house, R.UNIT_OFFICER))
    assert told["Atrasadas"] == "0"
    assert counts(today_page(house, R.AUTHORITY))["Atrasadas"] == "1"


def test_an_empty_day_says_so_with_the_way_on(house):
    page = words(today_page(house, R.HEAD_OF_UNIT))
    assert "Nada le espera hoy" in page
    assert "Ver la lista de solicitudes" in page
    assert "Al día" in page
    assert "Ver todo" not in page
    assert "Ver la lista" not in words(today_page(house, R.ADMINISTRATOR))  # reads no cases


def test_the_administrator_is_told_of_an_erasure_that_waits(house):
    ErasureRun.objects.create(institution=house.institution, proposed_at=NOW, total=1)
    assert counts(today_page(house, R.ADMINISTRATOR))["Borrados por aprobar"] == "1"


@pytest.mark.parametrize("role", list(R))
def test_the_page_costs_what_its_tiles_say_however_much_waits(house, role):
    client, address = house.client(role), f"/{house.slug}/gestion/inicio/"
    context = client.get(address).context
    tiles = [*context["waiting"], *context["clear"]]
    for turn in range(30):
        file(house, now=NOW + timedelta(hours=turn))
    client.get(address)
    said = 1 + sum(shown.tile.sql for shown in tiles) + sum(each.sql for each in ahead_of(house.access(role)))
    with at_most(WHO + said):
        client.get(address)
    assert said <= 17
