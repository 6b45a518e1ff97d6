# SPDX-License-Identifier: EUPL-1.2
"""A case leaves whole: one PDF/A-3 with its originals inside, an index of
SHA-256, a history that can be checked.
"""

import io
import json
import re
import zipfile
import zlib
from datetime import timedelta
from hashlib import sha256

import pytest

from siac.accounts.public import Role
from siac.cases.commands.handling import add_note
from siac.cases.models import Dossier, Edition
from siac.cases.protection.casefile import Order, _person
from siac.cases.protection.preparing import begin_case_file
from siac.cases.tasks import prepare
from siac.documents.public import attachment, check_uploads, expire_prepared, open_file
from siac.journal.commands.verifying import parse_head, verify_institution
from siac.journal.domain.chain import Sealable, entry_hash
from siac.journal.models import JournalEntry
from siac.journal.public import check_seal
from siac.kernel.work_states import WorkState
from siac.people.public import PersonData
from tests.factories import NOW, PDF, answer, file, upload

pytestmark = [pytest.mark.django_db]
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000"
    "00907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)


@pytest.fixture
def case(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    files = check_uploads([upload("contrato.pdf"), upload("foto.png", PNG, "image/png")])
    made = file(house, unit_id=house.units["obras"], files=files)
    add_note(
        institution=house.institution, case_id=made.pk, body="Llamé a la cuadrilla.",
        actor=house.user(Role.UNIT_OFFICER), now=NOW,
    )  # fmt: skip
    answer(house, made, now=NOW + timedelta(days=1))
    return made


def made_for(house, case, form="pdf", role=Role.QUALITY_MANAGER):
    dossier = begin_case_file(
        access=house.access(role), case=case, edition=Edition.COMPLETE, form=form, now=NOW + timedelta(days=2)
    )
    prepare(dossier.pk)
    dossier.refresh_from_db()
    with open_file(attachment(house.institution.pk, dossier.attachment_id)) as stored:
        return dossier, stored.read()


def streams(pdf: bytes) -> list[bytes]:
    """Return every stream of a PDF, inflated where it is deflated."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def test_one_pdf_carries_the_originals_and_a_history_anybody_can_recompute(house, case):
    dossier, pdf = made_for(house, case)
    inside = streams(pdf)
    assert dossier.state == WorkState.DONE
    assert dossier.sha256 == sha256(pdf).hexdigest()
    assert PDF in inside
    assert PNG in inside
    record = json.loads(next(text for text in inside if text.startswith(b'{\n "folio"')))
    previous = bytes(32)
    for entry in record["journal"]:
        kept = JournalEntry.objects.get(stream=entry["stream"], seq=entry["seq"])
        sealed = Sealable(
            house.institution.pk,
            entry["stream"],
            entry["seq"],
            entry["kind"],
            entry["actor"],
            kept.at,
            entry["data"],
        )
        assert entry_hash(sealed, previous).hex() == entry["hash"]
        previous = bytes.fromhex(entry["hash"])
    assert record["journal"][-1]["kind"] == "cases.dossier_asked"
    note = next(row for row in record["texts"] if "cuadrilla" in row["text"])
    digests = [entry["data"].get("text", "") for entry in record["journal"]]
    assert any(check_seal(note["text"], digest, note["salt"]) for digest in digests)


@pytest.mark.parametrize(("agent", "last"), [("Iker Sola; iker@ejemplo.es", "Representante"), ("", "Correo")])
def test_it_says_who_acts_for_the_person(house, case, agent, last):
    person = PersonData(given_names="Ana", email="ana@ejemplo.org", agent=agent)
    rows = _person(Order(house.institution, case, [], person, "", [], NOW))
    assert rows[-1] == [last, agent or "ana@ejemplo.org"]


def test_it_claims_pdf_a_3_and_accessibility_and_says_how_each_file_belongs(house, case):
    _, pdf = made_for(house, case)
    metadata = next(text for text in streams(pdf) if b"pdfaid" in text)
    assert b"<pdfaid:part>3</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    whole = pdf + b"".join(streams(pdf))
    assert whole.count(b"/AFRelationship/Source") == 2
    assert whole.count(b"/AFRelationship/Data") == 2
    assert b"/OutputIntents" in whole


def test_the_index_gives_the_sha_256_of_every_piece(house, case):
    _, content = made_for(house, case, form="zip")
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist() == [
        f"expediente-{case.folio}.pdf", "indice.csv", "piezas/002-contrato.pdf", "piezas/003-foto.png",
    ]  # fmt: skip
    rows = [line.split(";") for line in archive.read("indice.csv").decode("utf-8-sig").splitlines()]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3", "4", "5"]
    by_name = {row[4]: row[6] for row in rows if row[4]}
    for name in archive.namelist()[2:]:
        assert by_name[name.removeprefix("piezas/")] == sha256(archive.read(name)).hexdigest()


def test_a_picture_that_cannot_be_shown_travels_all_the_same(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    broken = PNG[:40] + b"\x00" * 27
    checked = check_uploads([upload("foto.png", PNG, "image/png")])
    case = file(house, unit_id=house.units["obras"], files=checked)
    from siac.documents.models import Attachment
    from siac.documents.storage import files

    row = Attachment.objects.get(subject_type="case", subject_id=case.pk)
    with open(files().path(row.storage_key), "wb") as stored:
        stored.write(broken)
    dossier, pdf = made_for(house, case)
    assert dossier.state == WorkState.DONE
    assert broken in streams(pdf)


def test_verify_checks_the_head_that_a_case_file_prints(house, case):
    last = JournalEntry.objects.filter(stream=case.stream).order_by("-seq")[0]
    printed = f"{case.stream}#{last.seq}={bytes(last.hash).hex()}"
    head = parse_head(printed)
    assert head is not None
    assert verify_institution(house.institution.pk, expected_heads=[head]).problems == []
    forged = parse_head(printed[:-1] + ("0" if printed[-1] != "0" else "1"))
    beyond = parse_head(printed.replace(f"#{last.seq}=", f"#{last.seq + 1}="))
    problems = verify_institution(house.institution.pk, expected_heads=[forged, beyond]).problems
    assert ["no es la que" in problems[0], "no existe" in problems[1], len(problems)] == [True, True, 2]
    assert parse_head("case:12#1=corto") is None


def test_asking_making_and_downloading_are_told(house, case):
    client = house.client(Role.QUALITY_MANAGER)
    page = f"/{house.slug}/gestion/solicitudes/{case.folio}/expediente/"
    assert "Nadie ha pedido" in client.get(page).content.decode()
    started = client.post(page, {"form": "pdf"})
    dossier = Dossier.objects.get()
    assert "En cola" in client.get(started["Location"]).content.decode()
    prepare(dossier.pk)
    shown = client.get(started["Location"]).content.decode()
    assert "Descargar PDF" in shown
    got = client.get(f"{started['Location']}archivo/")
    assert b"".join(got).startswith(b"%PDF-")
    kinds = [entry.kind for entry in JournalEntry.objects.filter(stream=case.stream).order_by("seq")][-2:]
    assert kinds == ["cases.dossier_asked", "cases.dossier_made"]
    reads = [
        e.data for e in JournalEntry.objects.filter(stream=f"access:{house.user(Role.QUALITY_MANAGER).pk}")
    ]
    assert {"subject": case.stream, "reason": f"dossier:{dossier.pk}", "by": "person"} in reads
    assert {"subjects": [f"person:{case.person_id}"], "reason": case.stream, "by": "person"} in reads
    assert "Quality Manager" in client.get(page).content.decode()


def test_only_whoever_asked_has_it_and_only_for_a_day(house, case):
    dossier, _ = made_for(house, case)
    address = f"/{house.slug}/gestion/expedientes/{dossier.pk}/archivo/"
    assert house.client(Role.AUDITOR).get(address).status_code == 404
    assert house.client(Role.QUALITY_MANAGER).get(address).status_code == 200
    assert expire_prepared(now=NOW + timedelta(days=4)) == 1
    assert house.client(Role.QUALITY_MANAGER).get(address).status_code == 404
    dossier.refresh_from_db()
    assert (dossier.state, len(dossier.sha256)) == ("expired", 64)


def test_rights_lost_between_asking_and_making_give_nothing(house, case):
    access = house.access(Role.QUALITY_MANAGER)
    dossier = begin_case_file(access=access, case=case, edition=Edition.COMPLETE, form="pdf", now=NOW)
    from siac.organizations.models import Membership

    Membership.objects.filter(user=access.user).delete()
    with pytest.raises(Exception, match="membership"):
        prepare(dossier.pk)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attachment_id) == (WorkState.FAILED, None)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.UNIT_OFFICER, Role.AUTHORITY, Role.ADMINISTRATOR])
def test_who_may_not_export_may_not_take_a_case_out(house, case, role):
    page = f"/{house.slug}/gestion/solicitudes/{case.folio}/expediente/"
    assert house.client(role).post(page, {"form": "pdf"}).status_code == 403
    assert not Dossier.objects.exists()


def test_a_form_that_does_not_exist_is_refused_in_words(house, case):
    page = f"/{house.slug}/gestion/solicitudes/{case.folio}/expediente/"
    answered = house.client(Role.AUDITOR).post(page, {"form": "docx"})
    assert (answered.status_code, "Elija la forma" in answered.content.decode()) == (422, True)
