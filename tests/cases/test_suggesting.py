# SPDX-License-Identifier: EUPL-1.2
"""A body's history suggests topic and unit: learned at night, shown with its figures, taken by a press."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.accounts.public import Role
from siac.cases import suggesting
from siac.cases.commands.suggesting import learn_nightly, learn_suggestions
from siac.cases.models import SuggestionModel
from siac.cases.suggesting import examples_of, suggestions_for
from tests.factories import NOW, House, file
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def taught(house, monkeypatch) -> House:
    """A body whose last requests tell their topic by their words."""
    monkeypatch.setattr(suggesting, "LEAST_MEASURED", 2)
    for name, body, count in (
        ("Transparencia", "Pido copia del contrato.", 5),
        ("Inundaciones", "La calle tiene una poza.", 3),
        ("Transparencia", "Pido copia del contrato.", 1),
        ("Inundaciones", "Otra poza en la calle.", 2),
    ):
        for _ in range(count):
            file(house, "sugerencia", body=body, topic_id=house.topics[name], subject="Solicitud")
    learn_nightly(now=NOW)
    return house


def test_words_tell_the_topic_and_nothing_changes_by_itself(taught):
    case = file(taught, "sugerencia", body="Una poza enorme", subject="Ayuda")
    topic = next(row for row in suggestions_for(taught.institution, case) if row.target == "topic")
    assert topic.options[0] == (taught.topics["Inundaciones"], "Inundaciones")
    case.refresh_from_db()
    assert case.topic_id is None


def test_the_page_offers_and_one_press_classifies(taught):
    case = file(taught, "sugerencia", body="Una poza enorme", subject="Ayuda")
    browser = taught.client(Role.QUALITY_MANAGER)
    base = f"/{taught.slug}/gestion/solicitudes/{case.folio}/"
    text = browser.get(f"{base}sugerencias/").content.decode()
    assert "Inundaciones" in text and "de cada 100" in text
    with at_most(12):
        browser.get(f"{base}sugerencias/")
    sent = {"version": case.version, "kind_id": case.kind_id, "topic_id": taught.topics["Inundaciones"]}
    assert browser.post(f"{base}clasificar/", sent).status_code == 302
    case.refresh_from_db()
    assert case.topic_id == taught.topics["Inundaciones"]


def test_no_better_than_the_most_frequent_is_hidden(house, monkeypatch):
    monkeypatch.setattr(suggesting, "LEAST_MEASURED", 1)
    for _ in range(6):
        file(house, "sugerencia", topic_id=house.topics["Inundaciones"])
    learn_nightly(now=NOW)
    case = file(house, "sugerencia")
    assert SuggestionModel.objects.filter(target="topic").exists()
    assert suggestions_for(house.institution, case) == []
    page = house.client(Role.QUALITY_MANAGER).get(
        f"/{house.slug}/gestion/solicitudes/{case.folio}/sugerencias/"
    )
    assert "No hay sugerencias" in page.content.decode()


def test_restricted_requests_teach_nothing(house):
    file(house, "denuncia", topic_id=house.topics["Inundaciones"])
    assert examples_of(house.institution, "topic") == []
    assert learn_suggestions(institution=house.institution, target="topic", now=NOW) is None


def test_only_the_latest_version_keeps_what_it_learned(taught):
    learn_suggestions(institution=taught.institution, target="topic", now=NOW + timedelta(days=1))
    rows = SuggestionModel.objects.filter(target="topic").order_by("number")
    assert [(row.number, row.content is None) for row in rows] == [(1, True), (2, False)]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("suggestions", "evaluate", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_measures_a_body_and_a_register(taught, tmp_path):
    assert "Tema: la primera acierta 100,0 %" in run("--institution", taught.slug)
    path = tmp_path / "registro.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["fecha", "texto", "tema"])
        for day, text, topic in (
            [(1, "bache", "Calles")] * 3 + [(2, "foco", "Luces")] * 5 + [(3, "bache", "Calles")] * 2
        ):
            writer.writerow([f"2023-10-0{day}", text, topic])
    columns = ("--date", "fecha", "--text", "texto")
    said = run("--file", str(path), *columns, "--label", "tema")
    assert "la primera acierta 100,0 % (lo más frecuente, 0,0 %)" in said and "n = 2, aprendido de 8" in said
    with pytest.raises(CommandError, match="El archivo no tiene: unidad"):
        run("--file", str(path), *columns, "--label", "unidad")
    with pytest.raises(CommandError, match="indique también"):
        run("--file", str(path))
    with pytest.raises(CommandError, match="No hay una institución"):
        run("--institution", "no-existe")
