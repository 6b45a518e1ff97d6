# SPDX-License-Identifier: EUPL-1.2
"""What is handed to others: only reviewed pieces, blacked out with their
reason; the original stays and stays inside.
"""

import json
import re
import zlib
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.commands.handling import add_note
from siac.cases.models import Case, CaseMessage, Edition, Redaction
from siac.cases.protection.preparing import begin_case_file
from siac.cases.protection.redacting import redact_file, redact_text
from siac.cases.protection.redaction_rules import BLACK
from siac.cases.protection.release import NOT_REVIEWED, released_pieces
from siac.cases.tasks import prepare
from siac.documents.models import Attachment
from siac.documents.public import attachment, check_uploads, open_file
from siac.infra.pdf import render
from siac.journal.models import JournalEntry
from siac.journal.public import check_seal
from siac.kernel.errors import Refused
from tests.documents.test_places import exif, jpeg_with
from tests.factories import NOW, PDF, answer, file, upload

pytestmark = [pytest.mark.django_db]
TOLD = "Escriba a Rosa Pinto, RUT 7.654.321-6, rosa@otro.cl."
CLEAN = PDF + b"% sin datos\n"


@pytest.fixture
def case(house, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = file(house, unit_id=house.units["obras"], files=check_uploads([upload("carnet.pdf")]))
    add_note(
        institution=house.institution,
        case_id=made.pk,
        body="Ojo con Rosa.",
        actor=house.user(Role.UNIT_OFFICER),
        now=NOW,
    )
    answer(house, made, now=NOW + timedelta(days=1), body=TOLD)
    return made


@pytest.fixture
def values(house, case):
    return {
        "institution": house.institution,
        "case_id": case.pk,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": NOW,
    }


def told(case) -> CaseMessage:
    return CaseMessage.objects.get(case=case, kind="answer")


def carnet() -> Attachment:
    return Attachment.objects.get(subject_type="case")


def inflated(pdf: bytes) -> list[bytes]:
    """Return every stream of a PDF, inflated where it is deflated."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


def test_nothing_goes_out_unreviewed_and_internal_notes_never(case):
    pieces = released_pieces(case)
    assert [piece.title for piece in pieces] == ["Solicitud", "Archivo con la solicitud", "Respuesta"]
    assert {(piece.text, piece.sha256, piece.file, piece.note) for piece in pieces} == {
        ("", "", None, NOT_REVIEWED)
    }


def test_the_text_goes_out_blacked_out_with_its_reason_and_the_original_stays(case, values):
    row = redact_text(
        **values, message_id=told(case).pk, wanted=["Rosa Pinto", "7.654.321-6"], grounds="art. 21 n.º 2"
    )
    assert row.body == f"Escriba a {BLACK}, RUT {BLACK}, rosa@otro.cl."
    assert told(case).body == TOLD
    (_, _, piece) = released_pieces(case)
    assert (piece.text, piece.note) == (row.body, "Tachado por: art. 21 n.º 2")
    entry = JournalEntry.objects.filter(stream=case.stream).order_by("-seq")[0]
    assert (entry.kind, entry.data["parts"]) == ("cases.redacted", 2)
    assert check_seal(row.body, entry.data["text"], row.salt)
    again = redact_text(**values, message_id=told(case).pk, wanted=[], grounds="")
    assert (again.pk, again.body, Redaction.objects.count()) == (row.pk, TOLD, 1)


def test_another_file_goes_out_in_place_of_one_and_both_are_kept(case, values):
    (clean,) = check_uploads([upload("carnet-tachado.pdf", CLEAN)])
    row = redact_file(**values, attachment_id=carnet().pk, replacement=clean, grounds="art. 21 n.º 2")
    assert (released_pieces(case)[1].file.pk, carnet().erased_at) == (row.replacement_id, None)
    (better,) = check_uploads([upload("mejor.pdf", CLEAN + b"%\n")])
    redact_file(**values, attachment_id=carnet().pk, replacement=better, grounds="art. 21 n.º 2")
    assert released_pieces(case)[1].file.name == "mejor.pdf"
    redact_file(**values, attachment_id=carnet().pk, replacement=None, grounds="")
    assert released_pieces(case)[1].file.pk == carnet().pk


def test_a_picture_that_says_where_it_was_taken_is_not_handed_out(house, values):
    photo = jpeg_with(exif({2: 1, 4: 1}))
    (here,) = check_uploads([upload("casa.jpg", photo)])
    other = file(house, unit_id=house.units["obras"], files=[here])
    kept = Attachment.objects.get(subject_type="case", subject_id=other.pk)
    client = house.client(Role.HEAD_OF_UNIT)
    address = reverse("workspace:cases:release_file", args=(house.slug, other.folio, kept.pk))
    page = client.post(address, {"how": "whole"})
    assert page.status_code == 422
    assert "dice en sus datos dónde se tomó" in page.content.decode()
    marked = {"how": "instead", "grounds": "art. 21", "attachments": [upload("t.jpg", photo + b"\0")]}
    assert client.post(address, marked).status_code == 422
    assert not Redaction.objects.exists()
    bare = {**marked, "attachments": [upload("t.jpg", jpeg_with(b""))]}
    assert client.post(address, bare).status_code == 302


def test_what_does_not_fit_is_refused(house, case, values):
    note = CaseMessage.objects.get(case=case, kind="note").pk
    other = file(house)
    refused = [
        (
            "redaction_missing",
            lambda: redact_text(**values, message_id=None, wanted=["Pedro"], grounds="art. 1"),
        ),
        ("redaction_grounds", lambda: redact_text(**values, message_id=None, wanted=["calle"], grounds=" ")),
        ("redaction_unknown", lambda: redact_text(**values, message_id=note, wanted=[], grounds="")),
        (
            "redaction_unknown",
            lambda: redact_text(
                **{**values, "case_id": other.pk}, message_id=told(case).pk, wanted=[], grounds=""
            ),
        ),
        (
            "redaction_same_file",
            lambda: redact_file(
                **values,
                attachment_id=carnet().pk,
                replacement=check_uploads([upload()])[0],
                grounds="art. 1",
            ),
        ),
        (
            "redaction_grounds",
            lambda: redact_file(
                **values,
                attachment_id=carnet().pk,
                replacement=check_uploads([upload("b.pdf", CLEAN)])[0],
                grounds="",
            ),
        ),
    ]
    for code, act in refused:
        with pytest.raises(Refused) as raised:
            act()
        assert raised.value.code == code
    assert not Redaction.objects.exists()


def test_the_database_asks_for_a_reason(case, values):
    row = redact_text(**values, message_id=None, wanted=[], grounds="")
    with pytest.raises(IntegrityError):
        Redaction.objects.filter(pk=row.pk).update(parts=1)


def test_the_edition_for_others_holds_nothing_of_what_was_blacked_out(house, case, values):
    redact_text(
        **values,
        message_id=told(case).pk,
        wanted=["Rosa Pinto", "7.654.321-6", "rosa@otro.cl"],
        grounds="art. 21",
    )
    (clean,) = check_uploads([upload("tachado.pdf", CLEAN)])
    redact_file(**values, attachment_id=carnet().pk, replacement=clean, grounds="art. 21")
    made = begin_case_file(
        access=house.access(Role.QUALITY_MANAGER), case=case, edition=Edition.RELEASE, form="pdf", now=NOW
    )
    prepare(made.pk)
    made.refresh_from_db()
    with open_file(attachment(house.institution.pk, made.attachment_id)) as stored:
        pdf = stored.read()
    inside = [pdf, *inflated(pdf)]
    whole = b"\n".join(inside)
    assert CLEAN in inside
    assert PDF not in inside
    for hidden in (
        "Rosa",
        "rosa@otro.cl",
        "Ojo con",
        "Ñancupil",
        "historia.json",
        "Unit Officer",
        carnet().sha256,
        "carnet.pdf",
        "Agua en la calle",
    ):
        assert hidden.encode() not in whole
        assert hidden.encode("utf-16-be") not in whole
    reads = JournalEntry.objects.filter(stream=f"access:{house.user(Role.QUALITY_MANAGER).pk}")
    assert not any("person" in json.dumps(entry.data) for entry in reads)


def test_the_officer_marks_sees_and_saves_without_scripts(house, case):
    client, base = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/{case.folio}/entrega/"
    assert "Sin revisar" in client.get(base).content.decode()
    page = f"{base}texto/{told(case).pk}/"
    shown = client.get(page).content.decode()
    for text in ("RUT: 7.654.321-6", "Correo: rosa@otro.cl"):
        assert text in shown
    typed = {"found": ["7.654.321-6"], "own": "rosa pinto\n", "grounds": "art. 21 n.º 2", "previa": "1"}
    preview = client.post(page, typed)
    assert (preview.status_code, f"Escriba a {BLACK}, RUT {BLACK}" in preview.content.decode()) == (200, True)
    assert not Redaction.objects.exists()
    assert client.post(page, {"own": "Nadie"}).status_code == 422
    without = client.post(page, {"own": "Rosa Pinto"})
    assert (without.status_code, "Indique la norma" in without.content.decode()) == (422, True)
    del typed["previa"]
    assert client.post(page, typed)["Location"] == base
    assert "2 partes tachadas (art. 21 n.º 2)" in client.get(base).content.decode()
    paper = f"{base}archivo/{carnet().pk}/"
    assert client.post(paper, {"how": "instead"}).status_code == 422
    sent = {"how": "instead", "attachments": upload("tachado.pdf", CLEAN), "grounds": "art. 21"}
    assert client.post(paper, sent).status_code == 302
    assert "Otro archivo: tachado.pdf" in client.get(base).content.decode()
    assert client.get(f"{base}texto/{CaseMessage.objects.get(kind='note').pk}/").status_code == 404
    assert client.post(base).status_code == 302
    assert house.client(Role.AUDITOR).get(base).status_code == 403


@pytest.mark.parametrize("whole", [True, False])
def test_what_is_handed_out_says_neither_how_files_are_called_nor_which_cases_were_joined(
    house, case, values, monkeypatch, whole
):
    Attachment.objects.filter(pk=carnet().pk).update(name="carnet de Rosa Pinto.pdf")
    (clean,) = check_uploads([upload("rosa-pinto-tachado.pdf", CLEAN)])
    redact_file(**values, attachment_id=carnet().pk, replacement=None if whole else clean, grounds="art. 21")
    other = file(house, unit_id=house.units["obras"])
    Case.objects.filter(pk=other.pk).update(state="closed", ending="merged", merged_into=case, closed_at=NOW)
    typeset: list[str] = []

    def seen(template, paper, **more):
        typeset.append(json.dumps(paper.data, ensure_ascii=False))
        return render(template, paper, **more)

    monkeypatch.setattr("siac.cases.protection.casefile.render", seen)
    made = begin_case_file(
        access=house.access(Role.QUALITY_MANAGER), case=case, edition=Edition.RELEASE, form="pdf", now=NOW
    )
    prepare(made.pk)
    made.refresh_from_db()
    with open_file(attachment(house.institution.pk, made.attachment_id)) as stored:
        pdf = stored.read()
    told_all = b"\n".join([pdf, *inflated(pdf), *(text.encode() for text in typeset)])
    assert b"002-archivo.pdf" in told_all
    for hidden in ("Rosa", "rosa", other.folio):
        assert hidden.encode() not in told_all
        assert hidden.encode("utf-16-be") not in told_all
