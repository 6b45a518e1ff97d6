# SPDX-License-Identifier: EUPL-1.2
"""Units, topics, causes and templates keep every save, and nobody saves over what another one saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.answer_templates.commands import save_template
from siac.cases.causes.commands import save_cause
from siac.cases.models import AnswerTemplate
from siac.catalogue.public import save_topic
from siac.journal.public import JournalEntry
from siac.organizations.public import save_unit
from siac.organizations.versioned import HISTORY, history
from siac.staff.public import save_competence
from tests.factories import NOW, make_house
from tests.words import words

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Sort:
    """A sort of record: its page, how one is made, and two ways of filling in its form."""

    url: str
    make: Callable[..., Any]
    typed: dict[str, str]
    changed: dict[str, str]
    said: str
    """What the history says of the change."""
    entry: str


SORTS = {
    "topic": Sort(
        "workspace:catalogue:topic",
        lambda house: save_topic(institution=house.institution, actor=None, now=NOW, name="Veredas"),
        {"name": "Veredas", "is_active": "on"},
        {"name": "Veredas y calles", "approver": "head_of_unit"},
        "Quién aprueba la respuesta: (vacío) → cambió a Jefatura de la unidad",
        "catalogue.topic_saved",
    ),
    "cause": Sort(
        "workspace:kinds:cause",
        lambda house: save_cause(institution=house.institution, actor=None, now=NOW, name="Demora"),
        {"name": "Demora", "is_active": "on"},
        {"name": "Demora larga"},
        "Nombre: Demora → cambió a Demora larga",
        "cases.cause_saved",
    ),
    "template": Sort(
        "workspace:cases:template",
        lambda house: save_template(
            institution=house.institution, actor=None, now=NOW, title="Gracias", body="Estimada {nombre}:"
        ),
        {"title": "Gracias", "body": "Estimada {nombre}:", "scope": "body", "is_active": "on"},
        {"title": "Gracias siempre", "body": "Hola {nombre}:"},
        "Texto: Estimada {nombre}: → cambió a Hola {nombre}:",
        "cases.template_saved",
    ),
    "competence": Sort(
        "workspace:staff:competence",
        lambda house: save_competence(
            institution=house.institution, actor=None, now=NOW, name="Escucha", kind="skill"
        ),
        {"name": "Escucha", "kind": "skill", "is_active": "on"},
        {"name": "Escucha activa", "kind": "aptitude"},
        "Clase: Habilidades → cambió a Aptitudes",
        "staff.competence_saved",
    ),
    "unit": Sort(
        "workspace:setup:unit",
        lambda house: save_unit(institution=house.institution, actor=None, now=NOW, code="gas", name="Gas"),
        {"code": "gas", "name": "Gas", "is_active": "on"},
        {"name": "Gas y luz", "email": "gas@ejemplo.cl"},
        "Correo: (vacío) → cambió a gas@ejemplo.cl",
        "organizations.unit_changed",
    ),
}


@pytest.fixture
def house():
    return make_house()


@pytest.fixture(params=sorted(SORTS))
def sort(request) -> Sort:
    return SORTS[request.param]


@pytest.fixture
def row(house, sort):
    return sort.make(house)


@pytest.fixture
def client(house, sort):
    by = {"template": Role.QUALITY_MANAGER, "competence": Role.PEOPLE_MANAGER}
    code = next(code for code, each in SORTS.items() if each is sort)
    return house.client(by.get(code, Role.ADMINISTRATOR))


def page_of(house, sort, row) -> str:
    return reverse(sort.url, args=[house.slug, row.pk])


def test_each_save_that_changes_something_is_kept_and_told(house, sort, row, client) -> None:
    assert (row.version, row.versions.count()) == (1, 1)
    url = page_of(house, sort, row)
    assert "Primera versión guardada" in words(client.get(url))
    for _ in range(2):
        assert client.post(url, {**sort.typed, "based_on": "1"}).status_code == 302
    assert row.versions.count() == 1, "what changes nothing is no version"
    saved = client.post(url, {**sort.typed, **sort.changed, "based_on": "1"})
    assert saved.status_code == 302
    row.refresh_from_db()
    kept = row.versions.get(number=2)
    assert (row.version, kept.based_on, kept.fields) == (2, 1, row.snapshot())
    page = words(client.get(url))
    assert sort.said in page and kept.saved_by.name in page
    told = JournalEntry.objects.filter(kind=sort.entry).latest("pk")
    assert told.data["version"] == 2


def test_nobody_saves_over_what_they_have_not_seen(house, sort, row, client) -> None:
    url = page_of(house, sort, row)
    assert 'name="based_on" value="1"' in client.get(url).content.decode()
    assert client.post(url, {**sort.typed, **sort.changed, "based_on": "1"}).status_code == 302
    late = {**sort.typed, next(iter(sort.changed)): "Escrito tarde", "based_on": "1"}
    refused = client.post(url, late)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert 'value="Escrito tarde"' in page and 'name="based_on" value="2"' in page
    assert "Otra persona lo guardó mientras usted lo editaba (versión 2)" in page
    assert "Lo que se guardó mientras usted editaba" in page and sort.said in words(refused)
    row.refresh_from_db()
    assert (row.version, str(row)) == (2, sort.changed[next(iter(sort.changed))])
    assert client.post(url, {**late, "based_on": "2"}).status_code == 302
    row.refresh_from_db()
    assert (row.version, str(row)) == (3, "Escrito tarde")


def test_a_record_of_before_keeps_how_it_was(house, sort, row, client) -> None:
    table = row.versions.model._meta.db_table
    with connection.cursor() as cursor:  # as a database stood before there were versions
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_guard")
        row.versions.all().delete()
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_guard")
    before = row.snapshot()
    url = page_of(house, sort, row)
    assert client.post(url, {**sort.typed, **sort.changed, "based_on": "1"}).status_code == 302
    assert row.versions.get(number=1).fields == before
    assert row.versions.get(number=2).fields != before
    assert sort.said in words(client.get(url))


def test_versions_are_never_rewritten(row) -> None:
    version = row.versions.get()
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        row.versions.filter(pk=version.pk).update(number=9)
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        version.delete()


def test_the_history_costs_one_statement_and_ends(house, django_assert_num_queries) -> None:
    row = SORTS["cause"].make(house)
    common = {"institution": house.institution, "actor": None, "now": NOW, "cause": row}
    for number in range(HISTORY + 5):
        save_cause(**common, name=f"Demora {number}")
    with django_assert_num_queries(1):
        told = history(row, {})
    assert len(told) == HISTORY and all(version.changes for version in told)


def test_the_versions_of_what_was_somebodys_own_stay_theirs(house) -> None:
    writer, manager = house.user(Role.HEAD_OF_UNIT), house.client(Role.QUALITY_MANAGER)
    common = {"institution": house.institution, "actor": writer, "now": NOW, "title": "Mía"}
    row: AnswerTemplate = save_template(**common, body="Lo que pensé primero", owner_id=writer.pk)
    save_template(**common, body="Para todos", template=row)
    page = manager.get(reverse("workspace:cases:template", args=[house.slug, row.pk]))
    assert page.status_code == 200
    assert "Para todos" in words(page) and "Lo que pensé primero" not in words(page)
