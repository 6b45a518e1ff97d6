# SPDX-License-Identifier: EUPL-1.2
"""Which service needs a charter: figures of twelve whole months with their lists, order, and the way on."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.catalogue.models import Service
from siac.catalogue.public import save_service
from siac.charters.choosing.reading import choice, whole_months
from siac.charters.commands.drafting import save_services, start_edition
from siac.charters.models import Charter, CharterEdition
from siac.indicators.public import count_all
from siac.kernel.errors import Refused
from siac.procedures.public import ProcedureRecord, key_of
from tests.factories import NOW, House, attend, file, make_house
from tests.words import words

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)
"""In October: September is a whole month then."""


def offer(house: House, name: str, **fields) -> Service:
    made = save_service(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, name=name, **fields
    )
    house.institution.refresh_from_db()
    return made


@pytest.fixture
def told(house: House) -> House:
    """Of paving six complaints and two attentions; of lights two requests; of licences nobody knows."""
    paving, lights = list(house.topics.values())[:2]
    offer(house, "Veredas", topic_id=paving, audience="benefit")
    offer(house, "Luminarias", topic_id=lights, audience="benefit", reach=900, reach_source="Padrón 2026")
    offer(house, "Patentes", audience="comply")
    offer(house, "Cerrado", topic_id=paving, is_active=False)
    for _ in range(6):
        file(house, topic_id=paving)
    for _ in range(2):
        attend(house, topic_id=paving)
        file(house, topic_id=lights)
    file(house, topic_id=paving, now=LATER)  # a month that is not over
    count_all(house.institution, now=LATER)
    return house


def chosen(house: House) -> dict[str, list[str]]:
    lines = choice(house.institution, today=house.today(LATER)).lines
    return {
        each.service.name: [
            each.requests.words, each.complaints.words, each.attentions.words, each.reach
        ]
        for each in lines
    }  # fmt: skip


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 10, 17), date(2025, 10, 1), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 1, 1), date(2025, 12, 31)),
        (date(2024, 3, 31), date(2023, 3, 1), date(2024, 2, 29)),
    ],
)
def test_twelve_whole_months_count(today, first, last):
    assert whole_months(today) == (first, last)


def test_each_service_has_its_figures_and_few_are_not_told(told):
    assert chosen(told) == {
        "Veredas": ["6", "100,0 %", "Menos de 5", "Sin dato"],
        "Luminarias": ["Menos de 5", "Pocas", "0", "900"],
        "Patentes": ["Sin tema", "Sin tema", "Sin tema", "Sin dato"],
    }


def test_each_figure_leads_to_what_is_behind_it(told):
    veredas = choice(told.institution, today=told.today(LATER)).lines[0]
    client = told.client(Role.QUALITY_MANAGER)
    for figure in (veredas.requests, veredas.complaints):
        page = client.get(figure.url)
        assert page.status_code == 200 and page.content.decode().count("data-row") == 6, figure.url
    assert veredas.attentions.url == ""


def test_a_procedure_of_its_name_tells_whom_it_reaches(told):
    for year, handled in ((2024, 7), (2025, 41)):
        ProcedureRecord.objects.create(
            institution=told.institution, key=key_of("  PATENTES"), name="PATENTES", year=year,
            handled=handled, time_unit="business_days", loaded_at=NOW,
        )  # fmt: skip
    assert chosen(told)["Patentes"][3] == "41"


def test_the_page_says_why_in_words_and_begins_a_charter_of_the_service(told):
    client, url = told.client(Role.QUALITY_MANAGER), f"/{told.slug}/gestion/cartas/elegir/"
    count_all(told.institution, now=LATER)
    page = client.get(url)
    assert "Sin dato en demanda" in words(page) and "1.º de 1 en alcance" in words(page)
    assert "Patentes" not in words(client.get(f"{url}?publico=benefit"))
    row = Service.objects.get(name="Veredas")
    new = f"/{told.slug}/gestion/cartas/nueva/?servicio={row.pk}"
    assert new in page.content.decode()
    assert 'value="Carta de Veredas"' in client.get(new).content.decode()
    made = client.post(new, {"title": "Carta de Veredas", "norm": "une"})
    assert made.status_code == 302, words(made)
    assert CharterEdition.objects.get(charter__title="Carta de Veredas").service_ids == [row.pk]
    after = client.get(url)
    assert new not in after.content.decode() and "En preparación" in words(after)


def test_what_has_a_charter_in_force_stands_last(told):
    common = {"institution": told.institution, "actor": told.user(Role.QUALITY_MANAGER), "now": NOW}
    edition = told.commitment.edition
    row = Service.objects.get(name="Veredas")
    CharterEdition.objects.filter(pk=edition.pk).update(service_ids=[row.pk])
    assert list(chosen(told)) == ["Luminarias", "Patentes", "Veredas"]
    draft = start_edition(**common, charter_id=edition.charter_id)
    other = Service.objects.get(name="Patentes")
    save_services(**common, edition_id=draft.pk, service_ids=[row.pk, other.pk], based_on=None)
    assert [each.standing.value for each in choice(told.institution, today=told.today(LATER)).lines] == [
        "none", "writing", "in_force"
    ]  # fmt: skip


def test_nothing_of_another_body_and_only_for_who_keeps_charters(told):
    other = make_house("valle")
    row = offer(other, "Ajeno")
    client = told.client(Role.QUALITY_MANAGER)
    assert "Ajeno" not in words(client.get(f"/{told.slug}/gestion/cartas/elegir/"))
    for asked in (row.pk, "x", 0):
        assert client.get(f"/{told.slug}/gestion/cartas/nueva/?servicio={asked}").status_code == 404
    assert told.client(Role.FRONT_DESK).get(f"/{told.slug}/gestion/cartas/elegir/").status_code == 403
    listed = f"/{told.slug}/gestion/cartas/"
    assert "Qué servicio necesita" in words(client.get(listed))
    assert "Qué servicio necesita" not in words(told.client(Role.FRONT_DESK).get(listed))
    assert Charter.objects.filter(institution=told.institution).count() == 1


def test_it_costs_as_much_with_many_services(told, django_assert_max_num_queries):
    client, url = told.client(Role.QUALITY_MANAGER), f"/{told.slug}/gestion/cartas/elegir/"
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)
    for number in range(40):
        offer(told, f"Servicio {number}", topic_id=list(told.topics.values())[number % 2])
    client.get(url)
    with django_assert_max_num_queries(12):
        client.get(url)


def test_whom_a_service_is_for_is_unknown_until_somebody_says_it(house):
    row = offer(house, "Nuevo")
    assert row.audience == "unknown"
    with pytest.raises(Refused, match="service_reach"):
        offer(house, "Otro", reach=5)
    assert offer(house, "Otro", reach=0, reach_source=" Padrón ").reach_source == "Padrón"
    client = house.client(Role.QUALITY_MANAGER)
    shown = words(client.get(f"/{house.slug}/gestion/servicios/{row.pk}/"))
    assert "Todavía no se ha dicho" in shown and "Sin dato" in shown
    page = words(client.get(f"/{house.slug}/gestion/cartas/elegir/"))
    assert "Falta decir para quién son: 2 servicios" in page
