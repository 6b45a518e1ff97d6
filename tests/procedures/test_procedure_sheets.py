# SPDX-License-Identifier: EUPL-1.2
"""A procedure of the record begins the draft of its sheet, once, and both lead to each other."""

import pytest

from siac.accounts.public import Role
from siac.catalogue.models import ServiceDraft
from siac.catalogue.public import publish_draft, save_draft, save_service, submit_draft
from siac.procedures.domain import key_of
from siac.procedures.models import ProcedureRecord
from siac.procedures.sheets import make_sheets
from tests.factories import NOW, House
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


def recorded(house: House, name: str, *, year: int = 2024, **more) -> ProcedureRecord:
    fields = {
        "promised": 10, "time_unit": "business_days", "handled": 200, "beyond": 20, "begins_with": "Postula",
        "ends_with": "Se paga", **more,
    }  # fmt: skip
    return ProcedureRecord.objects.create(
        institution=house.institution, key=key_of(name), name=name, year=year, loaded_at=NOW, **fields
    )


def pressed(house: House, role: Role = Role.QUALITY_MANAGER):
    return house.client(role).post(f"/{house.slug}/gestion/tramites/crear-fichas/", follow=True)


def test_each_procedure_begins_a_draft_with_its_term_and_what_it_lacks_is_listed(house):
    recorded(house, "Beca de apoyo", year=2024, promised=30)
    recorded(house, "Beca de apoyo", year=2025, promised=12, time_unit="calendar_days")
    recorded(house, "Certificado", promised=None)
    recorded(house, "Pase", promised=48, time_unit="hours", begins_with="", ends_with="")
    recorded(house, "Archivo", promised=2_000_000, time_unit="minutes")
    page = pressed(house)
    assert "Se crearon 4 borradores" in words(page) and "Beca de apoyo" in words(page)
    told = {row.name: (row.amount, row.unit, row.starts_at) for row in ServiceDraft.objects.all()}
    assert told == {
        "Beca de apoyo": (12, "cd", "«Postula»"), "Certificado": (None, "bd", ""), "Pase": (48, "h", ""),
        "Archivo": (None, "bd", ""),
    }  # fmt: skip
    assert set(ServiceDraft.objects.values_list("offering", "state")) == {("procedure", "draft")}


def test_pressed_again_it_makes_nothing_and_says_so(house):
    recorded(house, "Beca")
    pressed(house)
    assert "ya tienen ficha" in words(pressed(house))
    recorded(house, "Becas")
    assert "Se creó 1 borrador" in words(pressed(house))
    assert ServiceDraft.objects.count() == 2


def test_what_has_a_sheet_under_its_name_gets_no_second_one(house):
    recorded(house, "Beca")
    recorded(house, "Pase")
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    save_service(**common, name="BECA")
    save_draft(**common, name="Pasé")
    assert make_sheets(**common) == []


def test_who_does_not_keep_the_catalogue_is_refused_and_sees_no_button(house):
    recorded(house, "Beca")
    assert pressed(house, Role.AUDITOR).status_code == 403
    listed = house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/tramites/").content.decode()
    assert "Crear fichas" not in listed and not ServiceDraft.objects.exists()


def test_another_body_is_not_touched(house, other_house):
    recorded(other_house, "Beca")
    pressed(house)
    assert not ServiceDraft.objects.exists()


def test_record_and_sheet_lead_to_each_other_as_draft_and_once_published(house):
    recorded(house, "Beca", begins_with="<b>Postula</b>")
    common = {"institution": house.institution, "now": NOW}
    (row,) = make_sheets(**common, actor=None)
    manager = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/tramites/{key_of('Beca')}/"
    draft_url = f"/{house.slug}/gestion/servicios/borradores/{row.pk}/"
    assert draft_url in manager.get(url).content.decode()
    shown = manager.get(draft_url).content.decode()
    assert url in shown and "&lt;b&gt;Postula" in shown
    assert url not in house.client(Role.FRONT_DESK).get(draft_url).content.decode()
    kept = {name: getattr(row, name) for name in ("amount", "unit", "starts_at", "ends_at", "offering")}
    row = save_draft(
        **common, actor=house.user(Role.QUALITY_MANAGER), draft=row, name="Beca de estudio",
        summary="Ayuda", steps=[{"text": "Pida"}], channels=[{"channel": "web", "how": "Aquí", "url": ""}],
        fee=0, responsible_id=house.units["oirs"], **kept,
    )  # fmt: skip
    submit_draft(**common, actor=house.user(Role.QUALITY_MANAGER), draft=row)
    service = publish_draft(**common, actor=house.user(Role.AUTHORITY), draft=row)
    service_url = f"/{house.slug}/gestion/servicios/{service.pk}/"
    assert service_url in manager.get(url).content.decode()
    page = manager.get(service_url)
    assert url in page.content.decode() and "200 gestionados" in words(page)
    assert make_sheets(**common, actor=None) == []


def test_many_cost_no_more_statements_than_one(house):
    for number in range(120):
        recorded(house, f"Trámite {number}")
    with at_most(12):
        assert len(make_sheets(institution=house.institution, actor=None, now=NOW)) == 120
    with at_most(6):
        assert make_sheets(institution=house.institution, actor=None, now=NOW) == []
