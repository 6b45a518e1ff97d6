# SPDX-License-Identifier: EUPL-1.2
"""What was registered without network comes in once, and is never lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.public import Case, Interaction, save_kind
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.offline.commands.devices import revoke_device
from siac.offline.commands.receiving import receive
from siac.offline.domain.record import BODY_LIMIT, MOST_HELD, read
from siac.offline.models import OfflineDevice, OfflineRecord, RecordState
from siac.offline.sealing import opened
from siac.organizations.public import access_in, revoke_role
from siac.people.public import reveal
from tests.factories import BACKEND
from tests.offline.conftest import Laptop, make_laptop
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


def take(laptop: Laptop, record, **more):
    """Take a record by the command, as its officer."""
    given = {
        "institution": laptop.house.institution, "device": laptop.device, "told": read(record),
        "sent_at": laptop.now, "now": laptop.now,
        "access": access_in(laptop.device.officer, laptop.house.slug),
    }  # fmt: skip
    return receive(**{**given, **more})


def drop_role(laptop: Laptop) -> None:
    """Take from the officer all that they may do in the body."""
    from siac.organizations.models import Membership

    for held in Membership.objects.filter(institution=laptop.house.institution, user=laptop.device.officer):
        revoke_role(
            institution=laptop.house.institution, membership_id=held.pk, actor=None, now=timezone.now()
        )


def test_a_request_is_filed_as_of_when_it_was_handed_in(laptop):
    record = laptop.request()
    answer = laptop.send(record)
    case = Case.objects.get()
    row = OfflineRecord.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "id": record["id"], "state": "filed", "words": "Ingresada", "folio": case.folio,
        "due_on": case.due_on.isoformat(),
    }  # fmt: skip
    assert abs(case.filed_at - (laptop.now - timedelta(hours=1))) < timedelta(minutes=1)
    assert (case.filed_by, case.channel) == (laptop.device.officer, "counter")
    assert case.tracking_code == record["code"] and case.service_point_id == laptop.house.point
    assert (row.state, row.case, row.sealed, row.reason) == (RecordState.FILED, case, None, "")
    person = reveal(case.institution_id, [case.person_id], actor_id=None, reason="", now=laptop.now)
    assert person[case.person_id].document_number == "123456785"
    told = [each for each in history(case.institution_id, case.stream) if each.kind == "cases.from_offline"]
    assert told[0].data["device"] == laptop.device.pk and told[0].data["privacy"] is None
    assert not verify_institution(laptop.house.institution.pk).problems


def test_the_person_follows_it_with_the_code_they_took_away(laptop):
    record = laptop.request()
    laptop.send(record)
    code = record["code"]
    typed = {"code": f"{code[:4]}-{code[4:8]}-{code[8:]}", "second_factor": "6785"}
    page = laptop.house.client().post(f"/{laptop.house.slug}/seguimiento/", typed, follow=True)
    assert "Recibimos su solicitud en terreno" in words(page)


def test_the_page_of_the_case_says_when_it_was_received_and_when_it_came(laptop):
    laptop.send(laptop.request())
    page = words(laptop.house.client(Role.QUALITY_MANAGER).get(_case_page(laptop)))
    assert "Recibida en terreno" in page and "Sincronizada" in page and "Notebook del operativo" in page
    assert "Reloj del equipo" not in page


def _case_page(laptop: Laptop) -> str:
    return f"/{laptop.house.slug}/gestion/solicitudes/{Case.objects.get().folio}/"


def test_a_clock_that_is_wrong_is_put_right_and_said(laptop):
    behind = timedelta(days=2, minutes=15)
    record = {
        **laptop.request(),
        "made_at": (laptop.now - behind - timedelta(hours=3)).isoformat(),
        "offset": behind // timedelta(milliseconds=1),
    }
    laptop.send(record, sent_at=(laptop.now - behind).isoformat())
    case = Case.objects.get()
    assert abs(case.filed_at - (laptop.now - timedelta(hours=3))) < timedelta(minutes=1)
    page = words(laptop.house.client(Role.QUALITY_MANAGER).get(_case_page(laptop)))
    assert "48 h 15 min atrasado" in page


def test_an_attention_is_registered_as_of_when_it_was_given(laptop):
    answer = laptop.send(laptop.attention())
    row = Interaction.objects.get()
    assert answer.json()["state"] == "registered"
    assert (row.subject, row.minutes, row.is_resolved) == ("Requisitos de una beca", 7, True)
    assert abs(row.begun_at - (laptop.now - timedelta(hours=1))) < timedelta(minutes=1)
    assert row.registered_by == laptop.device.officer


@pytest.mark.parametrize("sort", ["request", "attention"])
def test_sent_twice_it_is_there_once_and_the_answer_is_the_same(laptop, sort):
    record = getattr(laptop, sort)()
    first, again = laptop.send(record), laptop.send(record, sent_at=timezone.now().isoformat())
    assert first.json() == again.json()
    assert Case.objects.count() + Interaction.objects.count() == OfflineRecord.objects.count() == 1


def test_the_same_id_with_another_content_is_refused_and_changes_nothing(laptop):
    record = laptop.request()
    laptop.send(record)
    other = laptop.send({**record, "fields": {**record["fields"], "body": "Otra cosa"}})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert Case.objects.count() == 1


def test_two_tabs_that_send_at_once_make_one_case(laptop, real_commits):
    record, answers = laptop.request(), []

    def work():
        try:
            answers.append(take(laptop, record).case.folio)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(answers) == 4 and len(set(answers)) == 1
    assert Case.objects.count() == OfflineRecord.objects.count() == 1


def test_whoever_lost_the_role_loses_nothing_of_what_people_said(laptop):
    record = laptop.request()
    drop_role(laptop)
    answer = laptop.send(record)
    row = OfflineRecord.objects.get()
    assert answer.json()["state"] == "held" and "ya no puede ingresar" in answer.json()["why"]
    assert (row.state, row.reason, Case.objects.count()) == ("held", "no_role", 0)
    assert b"Huenchul" not in bytes(row.sealed)
    kept = opened(row.institution_id, row.uuid, row.sealed)
    assert kept["fields"]["body"] == record["fields"]["body"] and kept["code"] == record["code"]
    assert laptop.send(record).json() == answer.json()


def test_a_session_that_ended_takes_nothing_until_somebody_signs_in(laptop):
    record = laptop.request()
    answer = laptop.send(record, laptop.house.client())
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert OfflineRecord.objects.count() == 0
    assert laptop.send(record).json()["state"] == "filed"


def test_without_an_account_it_goes_to_whoever_looks_at_it(laptop):
    answer = laptop.send(laptop.request(), laptop.house.client(), review=True)
    assert answer.json()["state"] == "held" and OfflineRecord.objects.get().reason == "no_session"


def test_another_person_at_the_same_laptop_does_not_send_in_its_officers_name(laptop):
    answer = laptop.send(laptop.request(), laptop.house.client(Role.QUALITY_MANAGER))
    assert (answer.status_code, answer.json()["code"]) == (409, "offline_other_person")
    assert OfflineRecord.objects.count() == 0


def test_a_revoked_device_sends_nothing_and_may_send_again_once_it_is_let_in(laptop):
    common = {"institution": laptop.house.institution, "device_id": laptop.device.pk}
    revoke_device(**common, actor=laptop.house.user(Role.ADMINISTRATOR), now=laptop.now)
    record = laptop.request()
    for more in ({}, {"review": True}):
        answer = laptop.send(record, **more)
        assert (answer.status_code, answer.json()["code"]) == (403, "offline_revoked")
    assert OfflineRecord.objects.count() == 0
    desk, administrator = laptop.house.client(Role.FRONT_DESK), laptop.house.client(Role.ADMINISTRATOR)
    address = f"/{laptop.house.slug}/gestion/equipos-de-terreno/{laptop.device.pk}/"
    assert desk.post(address, {"hacer": "reponer"}).status_code == 403
    assert administrator.post(address, {"hacer": "reponer"}).status_code == 302
    assert laptop.send(record).json()["state"] == "filed"


def test_a_kind_that_is_no_longer_offered_waits_for_somebody(laptop):
    record = laptop.request()
    kind = laptop.house.kinds["consulta"]
    save_kind(
        institution=laptop.house.institution, actor=None, now=laptop.now, kind=kind, code=kind.code,
        nature=kind.nature, name=kind.name, need=kind.need, rule_id=kind.rule_id, is_active=False,
    )  # fmt: skip
    laptop.house.institution.refresh_from_db()
    answer = laptop.send(record)
    assert answer.json()["state"] == "held" and OfflineRecord.objects.get().reason == "kind_gone"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"q_antes": "Lo que ya no se pregunta"}, "form_changed"),
        ({"q_cuando_day": "31", "q_cuando_month": "2", "q_cuando_year": "2026"}, "form_changed"),
        ({"document_number": "12.345.678-9"}, "invalid"),
        ({"email": "no es un correo"}, "invalid"),
        ({"topic": "999999"}, "invalid"),
        ({"body": "   "}, "invalid"),
        ({"channel": "api"}, "invalid"),
        ({"given_names": "", "family_names": "", "document_number": ""}, "identity_needed"),
    ],
)
def test_what_the_form_of_today_does_not_take_waits_for_somebody(laptop, fields, reason):
    kind = laptop.house.kinds["reclamo"]
    answer = laptop.send(laptop.request(kind=str(kind.pk), **fields))
    row = OfflineRecord.objects.get()
    assert (answer.status_code, row.state, row.reason) == (200, "held", reason)
    assert Case.objects.count() == 0 and answer.json()["why"]


def test_answers_to_the_questions_of_the_kind_are_kept(laptop):
    kind = laptop.house.kinds["reclamo"]
    answers = {"q_donde": "Caleta Sur", "q_cuando_day": "3", "q_cuando_month": "9", "q_cuando_year": "2026"}
    laptop.send(laptop.request(kind=str(kind.pk), **answers))
    assert Case.objects.get().text.answers == {"donde": "Caleta Sur", "cuando": "2026-09-03"}


def test_a_code_that_another_request_has_waits_for_somebody(laptop):
    first, other = laptop.request(), laptop.request()
    laptop.send(first)
    laptop.send({**other, "code": first["code"]})
    held = OfflineRecord.objects.get(state=RecordState.HELD)
    assert held.reason == "tracking_code_taken" and Case.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "offset", "reason"),
    [(12, 0, "too_old"), (40, 0, "before_device"), (1, 86_400_000, "clock_moved")],
)
def test_what_no_clock_can_tell_waits_for_somebody(laptop, days, offset, reason):
    made = (laptop.now - timedelta(days=days)).isoformat()
    laptop.send({**laptop.request(), "made_at": made, "offset": offset})
    row = OfflineRecord.objects.get()
    assert (row.state, row.reason) == ("held", reason) and row.received_at <= laptop.now


def test_another_body_takes_nothing_of_it(laptop, other_house):
    record = laptop.request()
    stranger = Laptop(other_house, laptop.device, laptop.secret, laptop.now)
    answer = stranger.send(record)
    assert (answer.status_code, answer.json()["code"]) == (422, "offline_no_device")
    assert stranger.send(record, other_house.client(Role.AUDITOR)).status_code == 403
    assert stranger.send(record, other_house.client()).status_code == 302
    assert OfflineRecord.objects.count() == 0


def test_a_device_that_does_not_prove_itself_is_nobody(laptop):
    laptop.secret = "0" * 64
    assert laptop.send(laptop.request()).status_code == 422
    assert OfflineRecord.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", '{"device": 3, "secret": []}', "[" * 100_000, "\ud800"]
)
def test_what_is_no_record_at_all_is_refused_in_words(laptop, body):
    client = laptop.house.client(Role.FRONT_DESK)
    sent = body.encode("utf-8", "surrogatepass")
    address = f"/{laptop.house.slug}/gestion/terreno/enviar/"
    answer = client.post(address, sent, content_type="application/json")
    assert answer.status_code == 422 and answer.json()["message"]


def test_a_record_that_cannot_be_read_stays_on_the_device(laptop):
    answer = laptop.send({**laptop.request(), "made_at": "ayer"})
    assert (answer.status_code, answer.json()["code"]) == (422, "offline_unreadable")


def test_what_is_too_long_is_not_read(laptop):
    answer = laptop.send(laptop.request(body="x" * BODY_LIMIT))
    assert answer.status_code == 422 and OfflineRecord.objects.count() == 0


def test_no_more_of_one_device_waits_than_it_can_hold(laptop, monkeypatch):
    from siac.offline.commands import receiving

    assert MOST_HELD == 2000
    monkeypatch.setattr(receiving, "MOST_HELD", 1)
    laptop.send(laptop.request(), review=True)
    answer = laptop.send(laptop.request(), review=True)
    assert (answer.status_code, answer.json()["code"]) == (429, "offline_full")
    assert OfflineRecord.objects.count() == 1


def test_a_request_costs_no_more_than_that(laptop):
    take(laptop, laptop.request())
    record = laptop.request()
    access = access_in(laptop.device.officer, laptop.house.slug)
    with at_most(16):
        take(laptop, record, access=access)
    with at_most(4):  # sent again
        take(laptop, record, access=access)


def test_a_device_is_refused_by_the_command_too(laptop):
    laptop.device.revoked_at = laptop.now
    with pytest.raises(Refused) as refused:
        take(laptop, laptop.request())
    assert refused.value.code == "offline_revoked"


def test_preparing_a_device_shows_its_secret_once_and_keeps_a_digest(house):
    client = house.client(Role.FRONT_DESK)
    answer = client.post(f"/{house.slug}/gestion/terreno/preparar/", {"name": "  Mi   teléfono "})
    told, device = answer.json(), OfflineDevice.objects.get()
    assert (told["key"], told["name"]) == (str(device.key), "Mi teléfono")
    assert len(told["secret"]) == 64 and told["secret"].encode() not in bytes(device.secret)
    names = {kind["name"] for kind in told["package"]["kinds"]}
    assert "Consulta" in names and "Denuncia" not in names, "what few may read is not registered there"
    assert client.post(f"/{house.slug}/gestion/terreno/preparar/", {"name": " "}).status_code == 422


def test_the_status_costs_little_and_names_nobody(house):
    client = house.client(Role.FRONT_DESK)
    address = f"/{house.slug}/gestion/terreno/estado/"
    client.get(address)
    with at_most(5):
        told = client.get(address)
    assert told["Cache-Control"] == "private, no-store"
    officer = house.user(Role.FRONT_DESK)
    assert officer.email not in told.content.decode() and officer.name not in told.content.decode()


def test_an_officer_of_two_bodies_prepares_in_each(house, other_house):
    one = make_laptop(house)
    client = one.house.client()
    client.force_login(other_house.user(Role.FRONT_DESK), backend=BACKEND)
    assert one.send(one.request(), client).status_code == 409


@pytest.mark.parametrize("more", [{}, {"review": True}])
def test_a_text_that_was_cut_within_a_sign_comes_in_all_the_same(laptop, more):
    answer = laptop.send(laptop.request(body="No hay agua en la posta rural \ud83d"), **more)
    assert answer.status_code == 200 and answer.json()["state"] in ("filed", "held")
    assert OfflineRecord.objects.count() == 1
