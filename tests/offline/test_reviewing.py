# SPDX-License-Identifier: EUPL-1.2
"""What was held is seen to by somebody: read, completed and filed, or put away with a reason."""

import json
from datetime import datetime, time, timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import Case, Interaction
from siac.infra.crypto import vault_keys
from siac.journal.public import history, readings
from siac.offline.commands.keeping import erase_prints, reseal
from siac.offline.models import OfflineDevice, OfflineRecord
from siac.offline.sealing import opened
from siac.offline.workspace.review import received_at
from tests.factories import NOW
from tests.offline.conftest import Laptop, make_laptop
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


def held(laptop: Laptop, record=None, **more) -> OfflineRecord:
    """Send a record that waits for somebody."""
    laptop.send(record or laptop.request(), review=True, **more)
    return OfflineRecord.objects.latest("pk")


def page_of(laptop: Laptop, row: OfflineRecord) -> str:
    return f"/{laptop.house.slug}/gestion/revision-de-terreno/{row.pk}/"


def filled(page) -> dict[str, str]:
    """Return what the form of a page holds, as a browser sends it."""
    form = page.context["form"]
    return {name: value for name, value in form.data.items() if value}


@pytest.fixture
def manager(laptop):
    return laptop.house.client(Role.QUALITY_MANAGER)


def test_it_is_listed_oldest_first_with_why_and_with_nothing_of_the_person(laptop, manager):
    held(laptop)
    held(laptop, {**laptop.attention(), "made_at": (laptop.now - timedelta(days=1)).isoformat()})
    page = manager.get(f"/{laptop.house.slug}/gestion/revision-de-terreno/")
    said = words(page)
    assert [each["record"].sort_words for each in page.context["rows"]] == ["Atención", "Solicitud"]
    assert said.count("sin que nadie entrara con su cuenta") == 2
    assert "Huenchul" not in said
    assert "De terreno, por revisar" in words(manager.get(f"/{laptop.house.slug}/gestion/inicio/"))


def test_lists_cost_the_same_however_long_they_are(laptop, manager):
    addresses = [
        f"/{laptop.house.slug}/gestion/{name}/" for name in ("revision-de-terreno", "equipos-de-terreno")
    ]
    held(laptop)
    for _ in range(2):
        for address in addresses:
            manager.get(address)
    for _ in range(30):
        held(laptop)
        make_laptop(laptop.house, role=Role.UNIT_OFFICER) if OfflineDevice.objects.count() < 15 else None
    for address in addresses:
        with at_most(6):
            page = manager.get(address)
        assert words(page).count("Notebook del operativo") >= 10


def test_what_is_read_is_noted_and_filed_as_of_when_it_was_handed_in(laptop, manager):
    record = laptop.request()
    row = held(laptop, record)
    page = manager.get(page_of(laptop, row))
    assert "Huenchul" in page.content.decode() and "sin que nadie entrara" in words(page)
    read = readings(laptop.house.institution.pk, row.stream)
    assert len(list(read)) == 1
    done = manager.post(page_of(laptop, row), filled(page), follow=True)
    case = Case.objects.get()
    row.refresh_from_db()
    assert f"Solicitud {case.folio} ingresada" in words(done)
    assert case.filed_at == row.received_at and case.tracking_code == record["code"]
    assert (row.state, row.sealed, row.reason) == ("filed", None, "no_session")
    assert row.settled_by == laptop.house.user(Role.QUALITY_MANAGER)
    assert laptop.send(record).json()["folio"] == case.folio, "the laptop learns it when it asks again"
    assert "Ya está resuelto" in words(manager.get(page_of(laptop, row)))


def test_who_reviews_says_the_day_that_no_clock_could_tell(laptop, manager):
    row = held(laptop, {**laptop.request(), "offset": 900_000_000})
    page = manager.get(page_of(laptop, row))
    day = laptop.house.institution.local_date(laptop.now) - timedelta(days=3)
    boxes = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    manager.post(page_of(laptop, row), {**filled(page), **boxes})
    row.refresh_from_db()
    assert laptop.house.institution.local_date(Case.objects.get().filed_at) == day
    assert row.received_at == Case.objects.get().filed_at


def test_today_is_no_day_to_come_before_noon_either(laptop):
    institution = laptop.house.institution
    row = OfflineRecord(received_at=NOW - timedelta(days=3))
    morning = datetime.combine(institution.local_date(NOW), time(8, 30), tzinfo=institution.zone)
    today = institution.local_date(NOW)
    assert received_at(institution, row, today, now=morning) == morning
    assert received_at(institution, row, today, now=morning + timedelta(hours=6)).astimezone(
        institution.zone
    ).time() == time(12)
    assert received_at(institution, row, today + timedelta(days=1), now=morning) > morning
    assert received_at(institution, row, None, now=morning) == row.received_at


def test_a_day_to_come_is_refused_and_what_was_typed_stays(laptop, manager):
    row = held(laptop)
    page = manager.get(page_of(laptop, row))
    day = laptop.house.institution.local_date(laptop.now) + timedelta(days=3)
    boxes = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    again = manager.post(
        page_of(laptop, row), {**filled(page), **boxes, "body": "Corregido por la encargada"}
    )
    assert again.status_code == 422 and "Corregido por la encargada" in again.content.decode()
    assert Case.objects.count() == 0
    row.refresh_from_db()
    assert row.state == "held" and row.sealed


def test_answers_that_nothing_asks_any_more_are_shown(laptop, manager):
    laptop.send(laptop.request(q_antes="La ficha 33"))
    row = OfflineRecord.objects.get()
    page = manager.get(page_of(laptop, row))
    assert "Respuestas que ya no tienen pregunta" in words(page) and "La ficha 33" in words(page)
    manager.post(page_of(laptop, row), filled(page))
    assert Case.objects.count() == 1


def test_a_code_that_is_taken_gives_way_to_a_new_one(laptop, manager):
    first, other = laptop.request(), laptop.request()
    laptop.send(first)
    laptop.send({**other, "code": first["code"]})
    row = OfflineRecord.objects.get(state="held")
    manager.post(page_of(laptop, row), filled(manager.get(page_of(laptop, row))))
    codes = set(Case.objects.values_list("tracking_code", flat=True))
    assert len(codes) == 2 and first["code"] in codes


def test_an_attention_is_registered_too(laptop, manager):
    row = held(laptop, laptop.attention())
    page = manager.get(page_of(laptop, row))
    manager.post(page_of(laptop, row), {**filled(page), "subject": "Requisitos de la beca"})
    made, row = Interaction.objects.get(), OfflineRecord.objects.get()
    assert made.subject == "Requisitos de la beca" and row.interaction == made and row.state == "registered"
    assert abs(made.begun_at - (laptop.now - timedelta(hours=1))) < timedelta(minutes=1)


def test_it_is_put_away_with_a_reason_and_what_was_typed_goes(laptop, manager):
    row = held(laptop)
    refused = manager.post(page_of(laptop, row), {"archivar": "1", "reason": " "})
    assert refused.status_code == 422 and "Escriba por qué se archiva" in words(refused)
    manager.post(page_of(laptop, row), {"archivar": "1", "reason": "Ya vino por carta"})
    row.refresh_from_db()
    assert (row.state, row.sealed, row.dropped_why) == ("dropped", None, "Ya vino por carta")
    assert "Ya vino por carta" in words(manager.get(page_of(laptop, row)))
    kinds = [each.kind for each in history(row.institution_id, row.stream)]
    assert kinds == ["offline.received", "offline.dropped"]


def test_two_who_see_to_it_at_once_make_one_case(laptop, manager):
    row = held(laptop)
    page = manager.get(page_of(laptop, row))
    sent = filled(page)
    manager.post(page_of(laptop, row), sent)
    again = manager.post(page_of(laptop, row), sent)
    assert Case.objects.count() == 1 and "Ya está resuelto" in words(again)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ADMINISTRATOR, Role.AUDITOR])
def test_nobody_else_reads_what_waits(laptop, role):
    row = held(laptop)
    assert laptop.house.client(role).get(page_of(laptop, row)).status_code == 403


def test_another_body_has_nothing_of_it(laptop, other_house):
    row = held(laptop)
    client = other_house.client(Role.QUALITY_MANAGER)
    assert client.get(page_of(laptop, row)).status_code == 403
    assert client.get(f"/{other_house.slug}/gestion/revision-de-terreno/{row.pk}/").status_code == 404


def test_what_is_held_is_sealed_again_when_the_key_changes(laptop, monkeypatch):
    row = held(laptop)
    before = bytes(row.sealed)
    assert reseal() == 0
    old, new = vault_keys().current.hex(), "ab" * 32
    monkeypatch.setenv("SIAC_VAULT_KEY", new)
    monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", old)
    from siac.infra import crypto

    crypto._keyring.cache_clear()
    try:
        assert reseal() == 1
        row.refresh_from_db()
        assert bytes(row.sealed) != before
        monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", "")
        crypto._keyring.cache_clear()
        assert opened(row.institution_id, row.uuid, row.sealed)["fields"]["family_names"] == "Huenchul"
    finally:
        monkeypatch.undo()
        crypto._keyring.cache_clear()


def test_what_tells_of_a_text_goes_with_it(laptop):
    laptop.send(laptop.request())
    row = OfflineRecord.objects.get()
    erase_prints(row.institution_id, [row.case_id], laptop.now)
    row.refresh_from_db()
    assert row.print is None and row.case_id


def test_devices_are_ones_own_or_all_for_whoever_looks_after_them(laptop):
    make_laptop(laptop.house, role=Role.UNIT_OFFICER)
    address = f"/{laptop.house.slug}/gestion/equipos-de-terreno/"
    officer = laptop.house.user(Role.UNIT_OFFICER)
    own = words(laptop.house.client(Role.FRONT_DESK).get(address))
    every = words(laptop.house.client(Role.ADMINISTRATOR).get(address))
    assert officer.name not in own and officer.name in every
    theirs = OfflineDevice.objects.get(officer=officer)
    assert laptop.house.client(Role.FRONT_DESK).post(f"{address}{theirs.pk}/", {}).status_code == 404
    assert laptop.house.client(Role.AUDITOR).get(address).status_code == 403


def test_who_lost_a_laptop_revokes_it(laptop):
    client = laptop.house.client(Role.FRONT_DESK)
    address = f"/{laptop.house.slug}/gestion/equipos-de-terreno/"
    done = client.post(f"{address}{laptop.device.pk}/", {"hacer": "revocar"}, follow=True)
    assert "ya no puede enviar" in words(done) and "Revocado" in words(done)
    assert "Admitir de nuevo" not in words(done)


def test_the_page_is_installed_under_its_own_scope_and_changes_with_what_it_is_made_of(laptop):
    client, base = laptop.house.client(Role.FRONT_DESK), f"/{laptop.house.slug}/gestion/terreno/"
    told = json.loads(client.get(f"{base}manifiesto.webmanifest").content)
    assert told["scope"] == told["start_url"] == base and {each["sizes"] for each in told["icons"]} == {
        "192x192", "512x512",
    }  # fmt: skip
    worker = client.get(f"{base}trabajador.js")
    assert worker["Content-Type"].startswith("text/javascript") and "no-cache" in worker["Cache-Control"]
    again = client.get(f"{base}trabajador.js").content
    assert worker.content == again
    laptop.house.institution.brand_colour = "#123456"
    laptop.house.institution.save(update_fields=["brand_colour"])
    assert client.get(f"{base}trabajador.js").content != again
