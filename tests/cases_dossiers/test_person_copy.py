# SPDX-License-Identifier: EUPL-1.2
"""Whoever asks gets everything held about them, and nothing of anybody else."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.commands.handling import add_note
from siac.cases.hearing.commands import hear_third_party
from siac.cases.models import Dossier
from siac.cases.protection.preparing import begin_person
from siac.cases.tasks import prepare
from siac.documents.public import attachment, check_uploads, open_file
from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_next
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.integrations.mailbox.models import IncomingMail
from siac.integrations.mailbox.server import Listed
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.people.public import erase_person, reveal
from tests.factories import NOW, answer, file, person, upload

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def copy_of(house, person_id, role=Role.QUALITY_MANAGER) -> tuple[Dossier, zipfile.ZipFile, dict]:
    made = begin_person(access=house.access(role), person_id=person_id, now=NOW)
    prepare(made.pk)
    made.refresh_from_db()
    with open_file(attachment(house.institution.pk, made.attachment_id)) as stored:
        archive = zipfile.ZipFile(io.BytesIO(stored.read()))
    return made, archive, json.loads(archive.read("datos.json"))


def test_all_requests_under_one_document_come_in_one_copy(house):
    first = file(house, unit_id=house.units["obras"], files=check_uploads([upload("carnet.pdf")]))
    second = file(house, "sugerencia", who=person(email="otra@ejemplo.org"))
    file(house, who=person(document_number="7654321-6", given_names="Rosa"))  # somebody else
    add_note(
        institution=house.institution,
        case_id=first.pk,
        body="Vive lejos.",
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
    )
    answer(house, first, now=NOW + timedelta(days=1))
    made, archive, data = copy_of(house, first.person_id)
    assert [case["folio"] for case in data["solicitudes"]] == [first.folio, second.folio]
    assert [row["texto"] for row in data["solicitudes"][0]["mensajes"]] == [
        "Vive lejos.",
        "Ya se limpió el desagüe.",
    ]
    assert {entry["identity"]["email"] for entry in data["persona"]} >= {"otra@ejemplo.org"}
    named = data["solicitudes"][0]["archivos"][0]["en_el_zip"]
    assert archive.read(f"archivos/{named}").startswith(b"%PDF-")
    assert archive.read("informe.pdf").startswith(b"%PDF-")
    assert (made.state, made.form) == (WorkState.DONE, "zip")


def test_data_of_others_is_blacked_out(house):
    body = "Mi vecino Juan, RUT 7.654.321-6, juan@otro.cl, me grita. Mi RUT es 12.345.678-5."
    case = file(house, "acceso", unit_id=house.units["obras"], body=body)
    hear_third_party(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body="Piden un contrato con sus datos.",
        person=person(
            given_names="Elena", family_names="Vidal", email="elena@tercera.cl", document_number=""
        ),
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    add_note(
        institution=house.institution,
        case_id=case.pk,
        body="Elena Vidal llamó molesta.",
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
    )
    _, archive, _ = copy_of(house, case.person_id)
    whole = archive.read("datos.json").decode()
    for hidden in ("7.654.321-6", "juan@otro.cl", "Elena", "elena@tercera.cl", "Piden un contrato"):
        assert hidden not in whole
    assert "12.345.678-5" in whole
    assert "Texto de otra persona: no se incluye." in whole


def test_a_third_party_gets_what_it_was_told_and_not_who_asked(house):
    case = file(house, "acceso", unit_id=house.units["obras"], body="Pido el contrato de Elena.")
    told = hear_third_party(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        body="Piden un contrato con sus datos.",
        person=person(
            given_names="Elena", family_names="Vidal", email="elena@tercera.cl", document_number=""
        ),
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    third = told.third_parties.get()
    _, archive, data = copy_of(house, third.person_id)
    assert (data["solicitudes"], data["como_tercero"][0]["se_le_dijo"]) == (
        [],
        "Piden un contrato con sus datos.",
    )
    assert "Ñancupil" not in archive.read("datos.json").decode()


def test_a_household_that_shares_an_address_is_two_people(house):
    one = file(house, who=person(email="casa@ejemplo.org", document_number="", given_names="Ana"))
    file(house, who=person(email="casa@ejemplo.org", document_number="", given_names="Luis"))
    _, _, data = copy_of(house, one.person_id)
    assert [case["folio"] for case in data["solicitudes"]] == [one.folio]


def test_what_the_requester_may_not_read_is_left_out_and_the_copy_always_says_so(house):
    open_case = file(house, unit_id=house.units["obras"])
    secret = file(house, "denuncia", unit_id=house.units["obras"])
    _, _, data = copy_of(house, open_case.person_id)
    assert [case["folio"] for case in data["solicitudes"]] == [open_case.folio]
    _, _, whole = copy_of(house, open_case.person_id, Role.AUDITOR)
    assert [case["folio"] for case in whole["solicitudes"]] == [open_case.folio, secret.folio]
    assert data["alcance"] == whole["alcance"]


def test_finding_asking_and_taking_are_told(house):
    case = file(house, who=person(given_names="Eufemia", family_names="Quispe"))
    client, base = house.client(Role.AUDITOR), f"/{house.slug}/gestion/personas/"
    assert "Eufemia Quispe" in client.get(f"{base}?q=quispe").content.decode()
    assert "Nadie con esos datos" in client.get(f"{base}?q=zzzz").content.decode()
    started = client.post(f"{base}{case.person_id}/copia/")
    prepare(Dossier.objects.get().pk)
    assert b"".join(client.get(f"{started['Location']}archivo/")).startswith(b"PK")
    kinds = list(
        JournalEntry.objects.filter(stream=f"person:{case.person_id}")
        .order_by("seq")
        .values_list("kind", flat=True)
    )
    assert kinds == ["cases.dossier_asked", "people.exported", "cases.dossier_made"]
    reads = JournalEntry.objects.filter(
        stream=f"access:{house.user(Role.AUDITOR).pk}", data__reason="person_export"
    )
    assert reads.count() == 2


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.UNIT_OFFICER, Role.AUTHORITY, Role.ADMINISTRATOR])
def test_who_may_not_export_finds_nobody(house, role):
    client = house.client(role)
    assert client.get(f"/{house.slug}/gestion/personas/?q=maria").status_code == 403
    assert client.post(f"/{house.slug}/gestion/personas/1/copia/").status_code == 403


def test_nobody_and_the_erased_are_refused(house):
    case = file(house)
    erase_person(house.institution.pk, case.person_id, actor_id=None, now=NOW)
    for person_id in (case.person_id, 999_999):
        with pytest.raises(Refused, match="person_unknown"):
            begin_person(access=house.access(Role.AUDITOR), person_id=person_id, now=NOW)
    assert house.client(Role.AUDITOR).post(f"/{house.slug}/gestion/personas/999999/copia/").status_code == 404


def test_mail_from_that_address_that_became_no_request_is_in_the_copy(house):
    case = file(house)
    mail = reveal(house.institution.pk, [case.person_id], actor_id=None, reason="", now=NOW)[
        case.person_id
    ].email
    box = save_mailbox(
        institution=house.institution,
        actor=None,
        now=NOW,
        name="Contacto",
        address="contacto@puerto.example",
        host="127.0.0.1",
        port=1,
        security="none",
        username="u",
        password="p",
        folder="INBOX",
        done_folder="",
        unit_id=None,
        is_active=True,
        kind_id=house.kinds["consulta"].pk,
        since=house.institution.local_date(NOW),
    )
    for number, sender in enumerate((mail.upper(), "rosa@ejemplo.org"), start=1):
        raw = (
            f"From: {sender}\r\nSubject: Oferta {number}\r\nX-Spam-Flag: "
            "YES\r\n\r\nEscriba a rosa@ejemplo.org\r\n"
        ).encode()
        keep_mail(
            mailbox=box, listed=Listed(number, NOW, len(raw)), uid_validity=1, raw=raw, is_cut=False, now=NOW
        )
    while settle_next(now=NOW):
        pass
    assert set(IncomingMail.objects.values_list("state", flat=True)) == {"spam"}
    _, _, data = copy_of(house, case.person_id)
    (row,) = data["correos_sin_ingresar"]
    assert (row["asunto"], row["estado"]) == ("Oferta 1", "No deseado")
    assert row["texto"].startswith("Escriba a") and "rosa@" not in row["texto"]


def test_who_is_named_only_by_what_the_user_does_not_see_is_not_found(house):
    """That somebody is in the register would tell that they reported something."""
    both = person(given_names="Rosa", family_names="Pinto", document_number="7654321-6")
    secret = file(house, "denuncia", unit_id=house.units["obras"], who=replace(both, phone="+56 51 277 7777"))
    base = f"/{house.slug}/gestion/personas/"
    manager, head = house.client(Role.QUALITY_MANAGER), house.client(Role.HEAD_OF_UNIT)
    assert "Rosa Pinto" not in manager.get(f"{base}?q=7654321-6").text
    assert "Rosa Pinto" in head.get(f"{base}?q=7654321-6").text
    with pytest.raises(Refused, match="person_unknown"):
        begin_person(access=house.access(Role.QUALITY_MANAGER), person_id=secret.person_id, now=NOW)
    plain = file(house, who=both, unit_id=house.units["obras"])
    assert "Rosa Pinto" in manager.get(f"{base}?q=7654321-6").text
    _, archive, data = copy_of(house, plain.person_id)
    assert [case["folio"] for case in data["solicitudes"]] == [plain.folio]
    assert b"277 7777" not in archive.read("datos.json")
    _, _, whole = copy_of(house, plain.person_id, Role.HEAD_OF_UNIT)
    assert "277 7777" in json.dumps(whole)
