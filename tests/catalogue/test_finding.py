# SPDX-License-Identifier: EUPL-1.2
"""Services are found by everyday words; what was searched in vain is kept of nobody."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.catalogue.commands.finding import (
    KEPT_FOR,
    MOST_MISSED,
    forget_old,
    note_missed,
    save_everyday_word,
)
from siac.catalogue.finding import Index, find_services
from siac.catalogue.models import MissedSearch, ServiceOpinion
from siac.catalogue.public import save_service
from siac.kernel.errors import Refused
from siac.organizations.public import touch_configuration
from tests.factories import NOW, House
from tests.sql_counts import at_most, exactly
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NAMES = {
    "Matrícula y traslados": "Le ayudamos a encontrar una escuela para su hija o su hijo.",
    "Permiso de circulación": "Para que su vehículo pueda andar por la calle.",
    "Reparación de luminarias": "Avise de una luminaria apagada.",
    "Certificado de alumno regular": "Dice que una persona estudia.",
}


def common(house: House) -> dict:
    return {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}


@pytest.fixture
def offered(house: House) -> House:
    for name, summary in NAMES.items():
        save_service(**common(house), name=name, summary=summary)
    house.institution.refresh_from_db()
    return house


def found(house: House, text: str) -> list[str]:
    house.institution.refresh_from_db()
    return [row.name for row in find_services(house.institution, text)]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("cómo matriculo a mi hija", "Matrícula y traslados"),
        ("MATRICULA", "Matrícula y traslados"),
        ("matrícual", "Matrícula y traslados"),  # two letters changed places
        ("certificdo", "Certificado de alumno regular"),  # one is missing
        ("permisso de circulacion", "Permiso de circulación"),  # one too many
        ("se quemó el farol", "Reparación de luminarias"),
        ("circu", "Permiso de circulación"),  # the beginning
        ("quiero sacar el permiso del auto por la calle", "Permiso de circulación"),
    ],
)
def test_what_people_write_finds_what_they_mean(offered, asked, first):
    assert found(offered, asked)[0] == first


@pytest.mark.parametrize("asked", ["", "   ", "de la", "zzzzzz", "🙂", "\u200b", "1234567", "<script>"])
def test_what_says_nothing_finds_nothing(offered, asked):
    assert found(offered, asked) == []


def test_more_of_the_words_come_before_rarer_ones():
    index = Index({1: [(1, "permiso de obra menor")], 2: [(8, "permiso")], 3: [(8, "obra")]})
    assert [each.key for each in index.find("permiso de obra")] == [1, 2, 3]


def test_a_long_question_costs_no_more_than_its_first_words(offered):
    assert found(offered, "matrícula " + "palabra " * 5000)[0] == "Matrícula y traslados"


def test_the_words_of_the_people_lead_to_those_of_the_house(offered):
    assert found(offered, "anotar al niño en el liceo") == []
    with exactly(5):
        save_everyday_word(**common(offered), said="anotar en el liceo", meant="matrículas")
    assert found(offered, "anotar al niño")[0] == "Matrícula y traslados"
    with pytest.raises(Refused, match="word_taken"):
        save_everyday_word(**common(offered), said="Anotar en el líceo", meant="matrículas")
    with pytest.raises(Refused, match="word_empty"):
        save_everyday_word(**common(offered), said="de la", meant="matrícula")


def test_searching_costs_nothing_once_the_words_are_in_order(offered):
    found(offered, "matrícula")
    with exactly(0):
        find_services(offered.institution, "permiso")


def test_other_changes_of_the_configuration_put_no_word_in_order_anew(offered, monkeypatch):
    assert found(offered, "matrícula") == ["Matrícula y traslados"]
    monkeypatch.setattr("siac.catalogue.finding.documents_of", lambda *given: {})
    touch_configuration(offered.institution.pk)
    assert found(offered, "matrícula") == ["Matrícula y traslados"]
    save_service(**common(offered), name="Otro")
    assert found(offered, "matrícula") == []


def test_a_service_that_is_no_longer_given_is_not_found(offered):
    row = find_services(offered.institution, "permiso")[0]
    save_service(**common(offered), service=row, name=row.name, is_active=False)
    assert found(offered, "permiso") == []


@pytest.fixture
def at(monkeypatch):
    def move(now):
        monkeypatch.setattr("siac.catalogue.portal.current_time", lambda: now)

    move(NOW)
    return move


def test_everybody_searches_on_the_portal(offered, at):
    client, url = offered.client(), f"/{offered.slug}/servicios/"
    page = words(client.get(url, {"q": "cómo matriculo a mi hija"}))
    assert "1 servicio para «cómo matriculo a mi hija»" in page and "Permiso de circulación" not in page
    missed = words(client.get(url, {"q": "pasaporte"}))
    assert "No encontramos nada para «pasaporte»" in missed and "Permiso de circulación" in missed
    with at_most(12):
        client.get(url, {"q": "permiso"})
    hostile = client.get(url, {"q": '"><script>alert(1)</script>' + "x" * 5000})
    assert b"<script>alert(1)" not in hostile.content


def test_what_is_searched_in_vain_is_counted_once_a_day_and_shown_from_the_second(offered, at):
    client, url = offered.client(), f"/{offered.slug}/servicios/"
    for _ in range(3):
        client.get(url, {"q": "El Pasaporte"})
    assert [(row.words, row.days) for row in MissedSearch.objects.all()] == [("pasaporte", 1)]
    manager = offered.client(Role.QUALITY_MANAGER)
    listed = f"/{offered.slug}/gestion/servicios/sin-encontrar/"
    assert "pasaporte" not in words(manager.get(listed))
    at(NOW + DAY)
    client.get(url, {"q": "pasaporte"})
    assert "pasaporte 2" in words(manager.get(listed))


@pytest.mark.parametrize(
    "text",
    ["12.345.678-5", "ana@ejemplo.test", "mi vecino Juan Pérez me pegó ayer en la plaza", "x" * 80, "de la"],
)
def test_what_may_tell_who_searched_is_not_kept(offered, text):
    assert note_missed(institution=offered.institution, text=text, today=offered.today()) is None
    assert MissedSearch.objects.count() == 0


def test_searches_in_vain_end_and_are_not_endless(offered):
    today = offered.today()
    note_missed(institution=offered.institution, text="pasaporte", today=today - KEPT_FOR - 2 * DAY)
    note_missed(institution=offered.institution, text="pensión", today=today)
    assert forget_old(offered.institution, today=today) == 1
    assert [row.words for row in MissedSearch.objects.all()] == ["pension"]
    MissedSearch.objects.bulk_create(
        MissedSearch(institution=offered.institution, words=f"palabra {n}", last_on=today)
        for n in range(MOST_MISSED)
    )
    assert note_missed(institution=offered.institution, text="otra", today=today) is None


def test_whoever_reads_a_page_says_whether_it_was_useful(offered, at):
    client, url = offered.client(), f"/{offered.slug}/servicios/permiso-de-circulacion/"
    assert client.post(f"{url}opinion/", {}).status_code == 422
    assert client.post(f"{url}opinion/", {"util": "no", "reason": "Falta <b>dónde</b>"}).status_code == 302
    client.post(f"{url}opinion/", {"util": "si", "reason": "no se guarda"})
    assert [row.reason for row in ServiceOpinion.objects.order_by("pk")] == ["Falta <b>dónde</b>", ""]
    row = ServiceOpinion.objects.first().service
    page = offered.client(Role.AUDITOR).get(f"/{offered.slug}/gestion/servicios/{row.pk}/").content.decode()
    assert "Falta &lt;b&gt;dónde&lt;/b&gt;" in page and "A 1 de 2 personas les" in " ".join(page.split())
    assert forget_old(offered.institution, today=offered.today() + KEPT_FOR) == 0
    assert forget_old(offered.institution, today=offered.today() + KEPT_FOR + DAY) == 2


def test_other_programs_read_services_as_they_are_catalogued(offered, at):
    save_service(
        **common(offered), name="Becas </script>", summary="Ayuda.", cost="Gratis", amount=10, unit="cd",
        requirements=[{"text": "Cédula", "where": ""}], legal=[{"norm": "Ley 1", "url": ""}],
        channels=[{"channel": "web", "how": "", "url": "https://ejemplo.test"}],
    )  # fmt: skip
    page = offered.client().get(f"/{offered.slug}/servicios/becas-script/").content.decode()
    assert '"@type": "GovernmentService"' in page and "\\u003c/script\\u003e" in page
    said = offered.client().get(f"/{offered.slug}/servicios.jsonld")
    assert said["Content-Type"] == "application/ld+json"
    rows = {each["@id"].rstrip("/").rsplit("/", 1)[-1]: each for each in said.json()["@graph"][1:]}
    becas = rows["becas-script"]
    assert becas["cv:processingTime"]["@value"] == "P10D" and len(rows) == 5
    assert becas["cv:hasChannel"][0]["foaf:page"] == {"@id": "https://ejemplo.test"}
    assert "cv:processingTime" not in rows["permiso-de-circulacion"]
