# SPDX-License-Identifier: EUPL-1.2
"""A list of the staff tells to whom the bonus is due; few see it, and it is erased."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.journal.models import JournalEntry
from siac.surveys.models import BonusEntry, BonusRoll
from tests.factories import NOW
from tests.words import words

pytestmark = pytest.mark.django_db
SHEET = (
    "código;nombre;desde;hasta\n7-1;=HOY() Ana;1-1-2020;\n8-2;Bruno;1-8-2025;\n"
    "9-3;Carla;1-1-2020;31-12-2025\n"
).encode()


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.bonus.workspace.current_time", lambda: NOW)


def sent(content: bytes = SHEET, **fields) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile("nómina.csv", content), "year": "2025", "paid_on": "2026-03-31",
        "percent": "85", "uf_then": "23.000,00", "uf_now": "39.000,00", **fields,
    }  # fmt: skip


def test_the_authority_brings_a_list_sees_why_somebody_is_out_and_erases_it(house):
    client, here = house.client(Role.AUTHORITY), f"/{house.slug}/gestion/encuestas/bono/"
    made = client.post(f"{here}nueva/", sent())
    assert made.status_code == 302
    page = words(client.get(made["Location"]))
    assert "1 de 3 personas" in page
    assert "Cada cuota: $189.171" in page
    assert "2014 ($23.000,00), con la UF de $39.000,00" in page
    assert "8-2 Bruno No: menos de seis meses seguidos en el año" in page
    assert "9-3 Carla No: no está en servicio el día del pago" in page
    assert "7-1 =HOY() Ana Sí" in page
    assert "2025" in words(client.get(here))
    assert client.post(f"{made['Location']}borrar/").status_code == 302
    assert (BonusRoll.objects.count(), BonusEntry.objects.count()) == (0, 0)
    assert client.post(f"{made['Location']}borrar/").status_code == 404
    kinds = set(JournalEntry.objects.values_list("kind", flat=True))
    assert {"surveys.roll_brought", "surveys.roll_erased"} <= kinds
    told = JournalEntry.objects.get(kind="surveys.roll_brought").data
    assert "Ana" not in str(told)


def test_many_people_are_told_a_page_at_a_time(house):
    client, here = house.client(Role.AUTHORITY), f"/{house.slug}/gestion/encuestas/bono/"
    rows = "".join(f"{n};P{n:04};1-1-2020;{'' if n % 2 else '1-2-2025'}\n" for n in range(120))
    made = client.post(f"{here}nueva/", sent(f"codigo;nombre;desde;hasta\n{rows}".encode()))
    seen, address = [], made["Location"]
    for _ in range(10):
        response = client.get(address)
        seen += [entry.code for entry, _ in response.context["lines"]]
        following = response.context["listing"].next_url
        if not following:
            break
        address = following
    assert sorted(seen) == sorted(str(n) for n in range(120))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"content": b"nombre\nAna\n"}, "necesita una columna «codigo»"),
        ({"content": b"codigo;nombre;desde;hasta\n"}, "no tiene a nadie"),
        ({"content": b"codigo;nombre;desde;hasta\n1;Ana;ayer;\n"}, "En la línea 2"),
        ({"uf_now": "39.00.0,00"}, "Escriba un número de 0,01"),
        ({"percent": "101"}, "Escriba un número de 0 a 100"),
        ({"percent": "²"}, "Escriba un número de 0 a 100"),
        ({"uf_then": "0"}, "Escriba un número de 0,01"),
        ({"uf_now": "NaN"}, "Escriba un número de 0,01"),
        ({"year": "1999"}, "La ley rige desde 2010"),
        ({"paid_on": "0001-01-01"}, "Escriba un día entre"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_kept(house, fields, said):
    given = dict(fields)
    response = house.client(Role.AUTHORITY).post(
        f"/{house.slug}/gestion/encuestas/bono/nueva/", sent(given.pop("content", SHEET), **given)
    )
    assert response.status_code == 422
    assert said in words(response)
    assert not BonusRoll.objects.exists()


@pytest.mark.parametrize("role", [Role.QUALITY_MANAGER, Role.HEAD_OF_UNIT, Role.ADMINISTRATOR])
def test_others_of_the_house_do_not_see_it(house, role):
    assert house.client(role).get(f"/{house.slug}/gestion/encuestas/bono/").status_code == 403
    assert house.client(Role.AUDITOR).post(f"/{house.slug}/gestion/encuestas/bono/nueva/").status_code == 403


def test_another_body_sees_nothing_of_it_and_another_country_has_no_such_page(house, other_house):
    here = f"/{house.slug}/gestion/encuestas/bono/"
    made = house.client(Role.AUTHORITY).post(f"{here}nueva/", sent())
    roll = BonusRoll.objects.get()
    assert made.status_code == 302
    client = other_house.client(Role.AUTHORITY)
    assert client.get(f"/{other_house.slug}/gestion/encuestas/bono/{roll.pk}/").status_code == 404
    assert client.post(f"/{other_house.slug}/gestion/encuestas/bono/{roll.pk}/borrar/").status_code == 404


def test_a_person_whose_document_is_written_in_two_ways_is_one(house):
    sheet = (
        b"rut;nombre;desde;hasta\n12.345.678-K;Ana;1-1-2025;31-3-2025\n12345678-k;Ana;1-4-2025;\n"
        b"1.1;Luz;1-1-2020;\n11;Eva;1-1-2020;\n"
    )
    client = house.client(Role.AUTHORITY)
    made = client.post(f"/{house.slug}/gestion/encuestas/bono/nueva/", sent(sheet))
    assert "3 de 3 personas" in words(client.get(made["Location"]))
    assert BonusEntry.objects.filter(code="12.345.678-K").exists()
