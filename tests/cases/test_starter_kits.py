# SPDX-License-Identifier: EUPL-1.2
"""Starter kits become ordinary configuration, chosen part by part, valid in
law, and never touch what was edited.
"""

from io import StringIO

import pytest
from django.core.management import call_command

from siac.accounts.public import Role
from siac.cases.models import AdoptedPart, AnswerTemplate, CaseKind, KindVersion, RoutingRule
from siac.cases.queries import kinds
from siac.cases.starter.adopting import adopt, adopted_ids
from siac.cases.starter.kits import BodyType, Sort, kit_for
from siac.catalogue.models import Topic
from siac.clocks.public import book_for
from siac.countries.public import COUNTRIES
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.organizations.models import Unit
from siac.organizations.public import create_institution
from tests.factories import COUNTRIES as KNOWN
from tests.factories import NOW

EVERY = [(country, body) for country in COUNTRIES for body in BodyType]


def empty_body(country, slug="nueva"):
    known = KNOWN[country]
    return create_institution(
        actor=None, now=NOW, slug=slug, name="Organismo nuevo", short_name="Nuevo", jurisdiction=country,
        time_zone=known["time_zone"], place=known["place"],
    )  # fmt: skip


def take(institution, country, body=BodyType.MUNICIPALITY, keys=None, now=NOW):
    kit = kit_for(country, body)
    wanted = [part.key for part in kit.parts] if keys is None else keys
    return adopt(institution=institution, kit=kit, keys=wanted, actor=None, now=now)


@pytest.mark.parametrize(("country", "body"), EVERY)
def test_every_part_is_named_once_and_needs_only_parts_of_its_kit(country, body):
    kit = kit_for(country, body)
    keys = [part.key for part in kit.parts]
    assert len(keys) == len(set(keys)) and {part.sort for part in kit.parts} == set(Sort)
    seen = set()
    for part in kit.parts:
        assert set(part.needs) <= seen, part.key
        seen.add(part.key)


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "body"), EVERY)
def test_a_whole_kit_is_adopted_with_an_entry_for_each_part_and_rules_of_its_country(country, body):
    institution = empty_body(country)
    before = JournalEntry.objects.filter(institution=institution).count()
    new = take(institution, country, body)
    assert JournalEntry.objects.filter(institution=institution).count() - before == len(new)
    institution.refresh_from_db()
    book, today = book_for(institution), institution.local_date(NOW)
    for kind in CaseKind.objects.filter(institution=institution):
        rule = book.in_force(kind.rule_id, today)
        assert rule.country == country and rule.source and rule.basis
        assert kind.nature != "wrongdoing" or kind.is_restricted
    assert {kind.nature for kind in kinds(institution).values()} >= {
        "complaint",
        "information_request",
        "data_right",
    }


@pytest.mark.django_db
def test_adopting_twice_changes_nothing_that_was_edited():
    institution = empty_body("CL")
    take(institution, "CL")
    Unit.objects.filter(code="aseo").update(code="limpieza", name="Limpieza")
    Topic.objects.filter(code="aseo").update(code="basura", name="Basura")
    CaseKind.objects.filter(code="reclamo").update(name="Queja", standard_days=5)
    AnswerTemplate.objects.filter(title="Reclamo acogido").update(title="Otra", body="Mía")
    RoutingRule.objects.update(is_active=False)
    institution.refresh_from_db()
    assert take(institution, "CL") == []
    assert (
        CaseKind.objects.get(code="reclamo").name == "Queja"
        and KindVersion.objects.filter(number=2).count() == 0
    )
    assert not AnswerTemplate.objects.filter(title="Reclamo acogido").exists()
    assert not Unit.objects.filter(code="aseo").exists() and not Topic.objects.filter(code="aseo").exists()


@pytest.mark.django_db
def test_what_a_body_made_by_hand_is_left_alone(house):
    kit = kit_for("CL", BodyType.SERVICE)
    assert "unit:oirs" in adopted_ids(house.institution, kit)
    new = take(house.institution, "CL", BodyType.SERVICE, ["unit:oirs", "unit:finanzas"])
    assert [part.key for part in new] == ["unit:finanzas"]


@pytest.mark.django_db
def test_a_part_brings_what_it_needs_and_nothing_else():
    institution = empty_body("CL")
    new = take(institution, "CL", keys=["routing:basura"])
    assert [part.key for part in new] == [
        "unit:alcaldia", "unit:aseo", "topic:aseo", "kind:reclamo", "kind:solicitud", "routing:basura",
    ]  # fmt: skip
    rule = RoutingRule.objects.get()
    assert rule.set_unit.code == "aseo" and len(rule.kinds) == 2
    assert AdoptedPart.objects.count() == 6


@pytest.mark.django_db
def test_nothing_is_half_adopted(monkeypatch):
    institution = empty_body("CL")
    monkeypatch.setattr(
        "siac.cases.starter.adopting.save_template",
        lambda **_: (_ for _ in ()).throw(Refused("text_missing")),
    )
    with pytest.raises(Refused):
        take(institution, "CL")
    assert not Unit.objects.filter(institution=institution).exists()
    assert not AdoptedPart.objects.exists()


@pytest.mark.django_db
def test_the_kit_of_another_country_and_parts_that_do_not_exist_are_refused():
    institution = empty_body("CL")
    for country, keys, code in (
        ("PE", [], "kit_of_another_country"),
        ("CL", ["kind:nada"], "kit_part_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            take(institution, country, keys=keys)
        assert refused.value.code == code
    with pytest.raises(Refused):
        kit_for("FR", BodyType.SERVICE)


PAGE = "/{}/gestion/configuracion/paquete/"


@pytest.mark.django_db
def test_the_page_shows_what_each_part_would_become_and_takes_what_is_ticked(house):
    browser, page = house.client(Role.ADMINISTRATOR), PAGE.format(house.slug)
    shown = browser.get(page).content.decode()
    for words in (
        "art. 14, Ley 20.285",
        "20 días hábiles",
        "Trae consigo: Alcaldía",
        "Ya está",
        "¿Qué quiere hacer?",
    ):
        assert words in shown, words
    done = browser.post(page, {"tipo": "municipality", "partes": ["topic:aseo", "cause:demora"]}, follow=True)
    assert "Partes agregadas: 4" in done.content.decode()
    assert (
        Topic.objects.get(institution=house.institution, code="aseo-y-retiro-de-basura").unit.code == "aseo"
    )
    assert 'value="topic:aseo"' not in browser.get(page).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("ticked", [[], ["kind:nada"]])
def test_the_page_refuses_nothing_and_nonsense_and_keeps_the_ticks(house, ticked):
    page = PAGE.format(house.slug)
    answer = house.client(Role.ADMINISTRATOR).post(page, {"tipo": "service", "partes": ticked})
    assert answer.status_code == 422 and "Error: " in answer.content.decode()
    assert not AdoptedPart.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["municipio", "servicio"])
def test_a_body_is_opened_with_its_kit_by_one_command(name):
    out = StringIO()
    call_command(
        "institution",
        "create",
        name="Ayuntamiento de Pinto",
        short_name="Pinto",
        slug="pinto",
        place="ES-MD",
        kit=name,
        stdout=out,
    )
    assert "partes del paquete inicial" in out.getvalue()
    assert CaseKind.objects.filter(institution__slug="pinto", rule_id="ES.QYS").exists()
