# SPDX-License-Identifier: EUPL-1.2
"""Services: what is known of each, in versions; the process behind; nothing of another body."""

import pytest

from siac.accounts.public import Role
from siac.catalogue.domain.services import usual_days
from siac.catalogue.models import Service, ServiceDraft, ServiceVersion
from siac.catalogue.public import save_service, service_sheet, services
from siac.kernel.errors import Refused
from tests.factories import NOW, House, make_house
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db
WHOLE = {
    "summary": "Le ayudamos a matricular.", "entitled": "Familias", "cost": "Gratis", "amount": 15,
    "unit": "bd",
    "starts_at": "que está completa", "ends_at": "que se avisa", "in_charge": "Encargada",
    "requirements": [{"text": "Cédula", "where": "Registro Civil"}], "steps": [{"text": "Pida hora"}],
    "channels": [{"channel": "counter", "how": "En la OIRS", "url": ""}],
    "legal": [{"norm": "Ley 20.845", "url": ""}],
    "process": [
        {"code": "p_1", "step": "Revisar", "unit_id": None, "amount": 2, "unit": "bd", "document": "",
         "clock": ""},
        {"code": "p_2", "step": "Avisar", "unit_id": None, "amount": 3, "unit": "h", "document": "",
         "clock": "legal"},
    ],
}  # fmt: skip


def saved(house: House, name: str = "Matrícula", **fields) -> Service:
    made = save_service(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, name=name, **fields
    )
    house.institution.refresh_from_db()
    return made


def test_a_service_is_told_with_all_its_parts(house):
    saved(house, **WHOLE)
    services(house.institution)
    with exactly(0):
        (row,) = services(house.institution).values()
        sheet = service_sheet(row)
    assert sheet.requirements == ["Cédula (Registro Civil)"] and sheet.channels == ["En persona: En la OIRS"]
    assert sheet.time == "15 días hábiles, desde que está completa hasta que se avisa"
    assert (sheet.cost, sheet.responsible) == ("Gratis", "Encargada")


@pytest.mark.parametrize(
    ("steps", "days"),
    [
        ([], None),
        ([{"amount": None, "unit": "bd"}], None),
        ([{"amount": 2, "unit": "bd"}, {"amount": 3, "unit": "h"}], 3),
        ([{"amount": 8, "unit": "h"}, {"amount": 30, "unit": "min"}], 2),
        ([{"amount": 480, "unit": "min"}], 1),
    ],
)
def test_the_usual_time_of_a_process_is_the_sum_of_its_steps(steps, days):
    assert usual_days(steps) == days


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"responsible_id": 999_999}, "service_unit"),
        ({"topic_id": 999_999}, "service_topic"),
        ({"steps": [{"text": "x"}] * 41}, "service_rows"),
        ({"summary": "x" * 3001}, "text_too_long"),
        ({"process": [{"step": "x", "clock": "nada"}]}, "service_clock"),
        ({"process": [{"step": "x", "unit_id": 999_999}]}, "service_unit"),
    ],
)
def test_what_cannot_be_is_refused(house, fields, code):
    with pytest.raises(Refused, match=code):
        saved(house, **fields)


def test_two_services_do_not_share_a_name_and_two_tabs_not_a_version(house):
    row = saved(house, **WHOLE)
    with pytest.raises(Refused, match="service_taken"):
        saved(house, name=" matrícula ")
    saved(house, service=row, based_on=1, **WHOLE | {"cost": "Mil pesos"})
    with pytest.raises(Refused, match="saved_meanwhile"):
        saved(house, service=row, based_on=1, **WHOLE | {"cost": "Dos mil"})
    assert list(ServiceVersion.objects.values_list("number", flat=True)) == [2, 1]


def taken(house: House, form: str) -> str:
    page = house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/servicios/?formato={form}")
    return b"".join(page.streaming_content).decode()


def typed(**more: str) -> dict[str, str]:
    return {
        "name": "Traslados", "offering": "procedure", "audience": "comply", "summary": "Qué es",
        "fee_unit": "free", "amount": "5",
        "unit": "bd", "requirements-0-text": "Cédula", "requirements-0-where": "", "steps-0-text": "Pida",
        "channels-0-channel": "web", "channels-0-how": "En el portal", "channels-0-url": "",
        "process-0-step": "Revisar", "process-0-amount": "7", "process-0-unit": "bd",
        "process-0-clock": "legal", "review_on": "", "based_on": "", **more,
    }  # fmt: skip


def test_it_is_written_on_its_form_and_read_by_everybody_of_the_house(house):
    manager, url = house.client(Role.QUALITY_MANAGER), f"/{house.slug}/gestion/servicios/"
    made = manager.post(f"{url}nuevo/", typed())
    assert made.status_code == 302, words(made)
    row = ServiceDraft.objects.get()
    assert not Service.objects.exists()
    assert row.process == [
        {"code": "p_revisar", "step": "Revisar", "unit_id": None, "amount": 7, "unit": "bd", "document": "",
         "clock": "legal"}
    ]  # fmt: skip
    page = words(house.client(Role.FRONT_DESK).get(made.url))
    assert "Pasa el plazo comprometido" in page and "plazo legal" in page and "Sin costo" in page
    assert "/cambiar/" not in house.client(Role.FRONT_DESK).get(made.url).content.decode()
    assert "Traslados" in words(house.client(Role.AUDITOR).get(f"{url}borradores/"))
    assert house.client(Role.FRONT_DESK).get(f"{made.url}cambiar/").status_code == 403
    changed = manager.post(f"{made.url}cambiar/", typed(**{"based_on": "1", "process-0-code": "p_revisar",
                                                           "process-0-step": "Mirar"}))  # fmt: skip
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.process[0]["code"], row.process[0]["step"], row.version) == ("p_revisar", "Mirar", 2)
    assert "Mirar 7 días hábiles" in words(manager.get(made.url))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "Escriba el nombre"),
        ({"amount": "²"}, "número"),
        ({"fee_unit": "CLP", "fee": "4,50"}, "sin decimales"),
        ({"fee_unit": "CLP", "fee": "0"}, "mayor que cero"),
        ({"fee_unit": "EUR", "fee": "1"}, "Elija"),
        ({"fee_unit": "", "fee": "3500"}, "Elija en qué se cobra"),
        ({"form_links-0-title": "Solicitud", "form_links-0-url": ""}, "Escriba el enlace"),
        ({"form_links-0-title": "Solicitud", "form_links-0-file": "999999"}, "Ese archivo no es"),
        ({"questions-0-question": "¿Qué?", "questions-0-answer": ""}, "Escriba la respuesta"),
        ({"review_on": "2020-01-01"}, "un día que venga"),
        ({f"steps-{at}-text": "x" for at in range(200)}, "demasiadas filas"),
        ({"channels-0-url": "javascript:alert(1)"}, "Escriba una dirección"),
        ({"requirements-0-text": "", "requirements-0-where": "x"}, "Escriba algo"),
        ({"summary": "x" * 100_000}, "3000"),
        ({"name": "=cmd()", "steps-0-text": "<script>alert(1)</script>"}, ""),
    ],
)
def test_bad_input_says_what_to_do_and_markup_stays_words(house, change, said):
    url = f"/{house.slug}/gestion/servicios/nuevo/"
    page = house.client(Role.QUALITY_MANAGER).post(url, typed() | change)
    if said:
        assert page.status_code == 422 and said in words(page)
        return
    shown = house.client(Role.FRONT_DESK).get(page.url).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown
    saved(house, name="=cmd()")
    assert "'=cmd()" in taken(house, "csv")


def test_a_service_of_another_body_does_not_open(house):
    row = saved(make_house("valle"))
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/servicios/{row.pk}/")
    assert page.status_code == 404


def test_the_list_costs_as_much_with_many(house, django_assert_max_num_queries):
    client, url = house.client(Role.FRONT_DESK), f"/{house.slug}/gestion/servicios/"
    saved(house)
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url)
    for number in range(50):
        saved(house, name=f"Servicio {number}")
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url)
