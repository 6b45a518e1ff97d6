# SPDX-License-Identifier: EUPL-1.2
"""A body's history suggests topic and unit: learned at night, shown with its figures, taken by a press."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.accounts.public import Role
from siac.cases.models import Case, SuggestionModel
from siac.cases.suggesting import queries as suggesting
from siac.cases.suggesting.commands import learn_nightly, learn_suggestions
from siac.cases.suggesting.queries import examples_of, suggestions_for
from siac.journal.models import JournalEntry
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
    assert (topic.options[0].pk, topic.options[0].name) == (taught.topics["Inundaciones"], "Inundaciones")
    assert topic.options[0].because == ["poza"]
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


def boxes(text: str, name: str) -> list[dict[str, str]]:
    """Return the attributes of the boxes and buttons of that name, in order."""
    found = (
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) | {"tag": tag}
        for tag in re.findall(r"<(?:input|button)[^>]*>", text)
    )
    return [each for each in found if each.get("name") == name]


def entry_of(case, kind: str) -> JournalEntry:
    return JournalEntry.objects.filter(stream=case.stream, kind=kind).order_by("-seq")[0]


def test_the_journal_says_whether_a_suggestion_was_taken(taught):
    case = file(taught, "sugerencia", body="Una poza enorme", subject="Ayuda")
    browser = taught.client(Role.QUALITY_MANAGER)
    base = f"/{taught.slug}/gestion/solicitudes/{case.folio}/"
    assert 'hx-select="#sugerencia-clasificar"' in browser.get(base).content.decode()
    page = browser.get(f"{base}sugerencias/").content.decode()
    part = page[page.index('id="sugerencia-clasificar"') :].partition("</section>")[0]
    fields = {name: boxes(part, name)[0]["value"] for name in ("version", "kind_id", "topic_id")}
    offered = [box["value"] for box in boxes(part, "offered") if "form" not in box]
    assert browser.post(f"{base}clasificar/", fields | {"offered": offered}).status_code == 302
    told = entry_of(case, "cases.classified").data["suggested"]
    assert told["taken"] is True and told["offered"][0] == taught.topics["Inundaciones"]
    other = {"version": "", "kind_id": case.kind_id, "topic_id": taught.topics["Atención al público"]}
    offered = {"offered": [taught.topics["Transparencia"], "x", ""]}
    assert browser.post(f"{base}clasificar/", other | offered).status_code == 302
    told = entry_of(case, "cases.classified").data["suggested"]
    assert told == {"offered": [taught.topics["Transparencia"]], "taken": False}
    assert browser.post(f"{base}clasificar/", other).status_code == 302
    assert "suggested" not in entry_of(case, "cases.classified").data


def test_whoever_files_for_someone_is_told_and_decides(taught):
    browser, address = taught.client(Role.FRONT_DESK), f"/{taught.slug}/gestion/solicitudes/nueva/"
    typed = {
        "kind": taught.kinds["sugerencia"].pk,
        "channel": "phone",
        "body": "Hay una POZA enorme",
        "given_names": "Ana",
    }
    typed |= {"received_on_day": "31", "received_on_month": "2", "received_on_year": "2026"}
    assert "según sus palabras" not in browser.get(address).content.decode()
    asked = browser.post(address, typed | {"sugerir": "1"})
    page = asked.content.decode()
    assert asked.status_code == 200 and "govuk-error-summary" not in page
    assert typed["body"] in page and "«POZA»" in page
    assert boxes(page, "received_on_day")[0]["value"] == "31"
    assert [box["value"] for box in boxes(page, "suggested_topic") if "checked" in box["tag"]] == [""]
    typed = {key: value for key, value in typed.items() if not key.startswith("received")}
    offered = [box["value"] for box in boxes(page, "offered_topic")]
    browser.post(address, typed | {"offered_topic": offered, "suggested_topic": ""})
    case = Case.objects.latest("pk")
    assert case.topic_id is None
    assert entry_of(case, "cases.filed").data["suggested_topic"]["taken"] is False
    browser.post(address, typed | {"offered_topic": offered, "suggested_topic": offered[0]})
    case = Case.objects.latest("pk")
    assert case.topic_id == taught.topics["Inundaciones"]
    assert entry_of(case, "cases.filed").data["suggested_topic"]["taken"] is True


def test_a_refused_filing_keeps_the_suggestion_that_was_chosen(taught):
    browser, address = taught.client(Role.FRONT_DESK), f"/{taught.slug}/gestion/solicitudes/nueva/"
    typed = {"channel": "phone", "body": "Hay una poza", "suggested_topic": taught.topics["Inundaciones"]}
    answered = browser.post(address, typed)
    assert answered.status_code == 422
    chosen = [
        box["value"] for box in boxes(answered.content.decode(), "suggested_topic") if "checked" in box["tag"]
    ]
    assert chosen == [str(taught.topics["Inundaciones"])]


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
