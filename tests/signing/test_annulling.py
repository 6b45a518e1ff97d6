# SPDX-License-Identifier: EUPL-1.2
"""A signature is annulled with a reason; its file stays, its code tells so, its document is signed anew."""

import re

import pytest
from django.db import transaction

from siac.accounts.public import Role
from siac.cases.protection.pieces import pieces_of
from siac.config.setup_steps import SETUP_STEPS
from siac.documents.models import Attachment
from siac.journal.models import JournalEntry
from siac.journal.public import digest_with, verify_institution
from siac.kernel.errors import Refused
from siac.signing.commands import annulling
from siac.signing.commands.annulling import annul_signature, erase_reason, mark_annulled
from siac.signing.commands.asking import tell_signature
from siac.signing.domain.codes import reason_digest, shown, signers_digest, signers_text
from siac.signing.models import Signature
from siac.signing.proof import signature_problems
from siac.signing.public import forget_signatures
from tests.cases.test_further_actions import address, follow
from tests.factories import NOW
from tests.signing.conftest import LATER, certify
from tests.signing.test_checking_signed import asked
from tests.signing.test_signed_as_it_was import unproved
from tests.words import words

pytestmark = pytest.mark.django_db
WHY = "Se firmó con el certificado de otra área."


@pytest.fixture
def signed(signing):
    """A body with one signed answer."""
    certify(signing.house)
    signing.client().post(signing.url("firmar/"))
    assert signing.run().state == "done"
    return signing


def annul_page(signing, row=None):
    """As who holds the document opens it: who administers opens no case."""
    row = row or signing.row()
    return f"/{signing.house.slug}/gestion/firmas/{row.pk}/anular/?codigo={row.code}"


def annulled(signed):
    """The signature, annulled from its page."""
    page = signed.client(Role.ADMINISTRATOR).post(annul_page(signed), {"reason": WHY}, follow=True)
    assert "Firma anulada" in words(page)
    return signed.row()


def test_who_keeps_the_certificate_annuls_it_and_the_document_is_signed_anew(signed):
    content, listed = signed.content(), f"/{signed.house.slug}/gestion/firmas/"
    admin, told = signed.client(Role.ADMINISTRATOR), {"codigo": shown(signed.row().code).lower()}
    assert "Anular una firma por su código" in words(admin.get(listed))
    assert admin.get(f"{listed}codigo/", told)["Location"] == annul_page(signed)
    assert "Ningún documento firmado" in words(admin.get(f"{listed}codigo/", {"codigo": "x"}, follow=True))
    assert admin.get(annul_page(signed).partition("?")[0]).status_code == 404
    row = annulled(signed)
    assert (row.state, row.annulled_why, row.annulled_by) == (
        "annulled", WHY, signed.house.user(Role.ADMINISTRATOR),
    )  # fmt: skip
    page = words(signed.client().get(signed.url()))
    assert "Firmas anuladas" in page and WHY in page and "Con el certificado del organismo" in page
    kept = signed.client().get(signed.url(f"anulada/{row.pk}/"))
    assert kept.getvalue() == content
    signed.client().post(signed.url("firmar/"))
    second = signed.run()
    assert second.pk != row.pk and (second.state, Signature.objects.count()) == ("done", 2)
    assert "Descargar el documento firmado" in words(signed.client().get(signed.url()))
    assert list(verify_institution(row.institution_id).problems) == []


def told(page):
    """What follows the name of each letter that a page lists as a file, in their order."""
    return re.findall(r"firmado\.pdf (Anulada el [^(]+ )?\(\d", words(page))


def test_of_two_letters_of_one_name_the_annulled_one_is_told_apart_wherever_they_are_listed(signed):
    house, case = signed.house, signed.case
    annul(signed)
    signed.client().post(signed.url("firmar/"))
    assert signed.run().state == "done"
    listed = [
        follow(house, case).get(f"/{house.slug}/seguimiento/solicitud/"),
        signed.client().get(address(house, case)),
    ]
    assert [told(page) for page in listed] == [["Anulada el 7 de septiembre de 2026 ", ""]] * 2
    pieces = [each.title for each in pieces_of(case, person="")]
    assert [each.endswith("firmado.pdf (anulada el 07-09-2026)") for each in pieces[-2:]] == [True, False]
    assert list(verify_institution(house.institution.pk).problems) == []
    Attachment.objects.update(annulled_on=None)
    assert ["anulación" in each for each in verify_institution(house.institution.pk).problems] == [True]


def test_the_file_of_one_that_was_annulled_before_files_said_so_is_marked_by_the_set_up(signed, monkeypatch):
    assert "siac.signing.commands.annulling.mark_annulled" in SETUP_STEPS
    with monkeypatch.context() as before:
        before.setattr(annulling, "annul_attachment", lambda *args, **kwargs: None)
        annul(signed)
    file = Attachment.objects.get(pk=signed.row().signed_id)
    assert file.annulled_on is None
    assert (mark_annulled(), mark_annulled()) == (1, 0)
    file.refresh_from_db()
    assert file.annulled_on == signed.house.institution.local_date(LATER)
    entry = JournalEntry.objects.get(stream=file.stream, kind="documents.annulled")
    assert entry.actor_id == signed.house.user(Role.ADMINISTRATOR).pk
    assert entry.data == {"on": file.annulled_on.isoformat()}
    assert list(verify_institution(signed.house.institution.pk).problems) == []


def test_the_set_up_marks_no_file_of_a_signature_that_counts_or_is_erased(signed):
    assert mark_annulled() == 0
    row = annulled(signed)
    Attachment.objects.update(annulled_on=None, erased_at=LATER)
    assert (mark_annulled(), row.state) == (0, "annulled")


def test_whoever_checks_the_document_reads_that_it_was_annulled_and_not_why(signed):
    content = signed.content()
    row = annulled(signed)
    page = words(asked(signed.house, row.code, content))
    assert "Firma anulada Se anuló el" in page and "es ese mismo documento" in page and WHY not in page


def test_the_journal_tells_who_annulled_it_and_the_digest_of_why(signed):
    row = annulled(signed)
    entry = JournalEntry.objects.get(stream=row.stream, kind="signing.annulled")
    assert entry.actor_id == signed.house.user(Role.ADMINISTRATOR).pk
    assert entry.data["code"] == row.code and len(entry.data["seal"]) == 64


@pytest.mark.parametrize("how", ["reason", "document"])
def test_what_was_erased_cannot_be_tried(signed, how):
    """Neither by what the journal keeps nor by what is left on the row."""
    row = annulled(signed)
    names = signers_text(row.signers)
    digests = {
        each for entry in JournalEntry.objects.filter(stream=row.stream) for each in entry.data.values()
    }
    assert digest_with(WHY, row.annulled_salt) in digests and digest_with(names, row.signers_salt) in digests
    assert not digests & {reason_digest(WHY), signers_digest(row.signers)}
    if how == "document":
        forget_signatures(row.institution_id, "respuesta", [signed.message], now=LATER)
        assert (signed.row().annulled_salt, signed.row().signers_salt) == ("", "")
        return
    actor = signed.house.user(Role.ADMINISTRATOR)
    erase_reason(
        institution=signed.house.institution, signature_id=row.pk, instead="", actor=actor, now=LATER
    )
    assert digest_with(WHY, signed.row().annulled_salt) not in digests


def test_what_was_written_down_before_there_were_salts_is_still_verified(signed):
    row = annulled(signed)
    with transaction.atomic():
        told = {"sha256": row.signed_sha256, "signers": signers_digest(row.signers)}
        tell_signature(row, "signed", None, LATER, **told)
        tell_signature(row, "annulled", None, LATER, code=row.code, why=reason_digest(WHY))
    Signature.objects.update(annulled_salt="", signers_salt="")
    assert list(signature_problems(row.institution_id)) == []
    Signature.objects.update(annulled_why="Otra cosa", signers=[{"name": "Otra persona"}])
    assert len(list(signature_problems(row.institution_id))) == 2


def annul(signing, reason=WHY):
    return annul_signature(
        institution=signing.house.institution, signature_id=signing.row().pk, reason=reason,
        actor=signing.house.user(Role.ADMINISTRATOR), now=LATER,
    )  # fmt: skip


def test_it_is_annulled_once_and_only_once_it_is_made(signing):
    signing.client().post(signing.url("firmar/"))
    with pytest.raises(Refused, match="signing_moment"):
        annul(signing)
    certify(signing.house)
    signing.run()
    with pytest.raises(Refused, match="signing_reason"):
        annul(signing, " \u202e ")
    annul(signing)
    with pytest.raises(Refused, match="signing_annulled"):
        annul(signing)


def test_without_a_reason_nothing_is_annulled(signed):
    page = signed.client(Role.ADMINISTRATOR).post(annul_page(signed), {"reason": "  "})
    assert page.status_code == 422 and "Diga por qué" in words(page) and signed.row().state == "done"


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.AUDITOR, Role.QUALITY_MANAGER])
def test_others_do_not_annul(signed, role):
    assert signed.client(role).post(annul_page(signed), {"reason": WHY}).status_code in (403, 404)
    assert signed.row().state == "done"
    assert "Anular esta firma" not in words(signed.client(role).get(signed.url()))


def test_it_is_asked_again_who_somebody_is(signed):
    sent = unproved(signed.house, Role.ADMINISTRATOR).post(annul_page(signed), {"reason": WHY})
    assert sent.status_code == 302 and "/reauthenticate/" in sent["Location"]
    assert signed.row().state == "done"


def test_who_administers_another_body_does_not(signed, other_house):
    client = other_house.client(Role.ADMINISTRATOR)
    address = annul_page(signed).replace(signed.house.slug, other_house.slug)
    assert client.post(address, {"reason": WHY}).status_code == 404
    assert signed.row().state == "done"


def test_what_was_annulled_can_be_forgotten_with_its_document(signed):
    row = annulled(signed)
    assert forget_signatures(row.institution_id, "respuesta", [signed.message], now=LATER) == 1
    row = signed.row()
    assert (row.state, row.signed_id, row.annulled_why) == ("stopped", None, "")
    assert list(signature_problems(row.institution_id)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "done"}, "que se anuló"),
        ({"annulled_why": "Otra cosa"}, "el motivo"),
        ({"signed_sha256": "0" * 64}, "el documento firmado"),
    ],
)
def test_verifying_finds_what_was_changed_of_one_annulled(signed, change, said):
    row = annulled(signed)
    Signature.objects.filter(pk=row.pk).update(**change)
    assert [said in each for each in signature_problems(row.institution_id)] == [True]


def test_verifying_finds_one_that_nobody_annulled(signed):
    row = signed.row()
    Signature.objects.filter(pk=row.pk).update(state="annulled", annulled_at=NOW)
    assert [each for each in signature_problems(row.institution_id) if "anulada" in each]


@pytest.mark.parametrize("instead", ["", "Se firmó por error."])
def test_the_reason_alone_is_erased_by_whoever_keeps_the_certificate(signed, instead):
    row = annulled(signed)
    admin, listed = signed.client(Role.ADMINISTRATOR), f"/{signed.house.slug}/gestion/firmas/"
    page = f"{listed}{row.pk}/motivo/?codigo={row.code}"
    assert admin.get(f"{listed}codigo/", {"codigo": row.code})["Location"] == page
    assert admin.get(page.partition("?")[0]).status_code == 404
    assert signed.client().post(page, {"reason": instead}).status_code in (403, 404)
    assert "Motivo borrado" in words(admin.post(page, {"reason": instead}, follow=True))
    kept = signed.row()
    assert (kept.annulled_why, kept.state, kept.annulled_at) == (instead, "annulled", row.annulled_at)
    shown = words(signed.client().get(signed.url()))
    assert WHY not in shown and (instead or "El motivo se borró") in shown
    assert list(signature_problems(row.institution_id)) == []
    Signature.objects.update(annulled_why=WHY)
    assert ["el motivo" in each for each in signature_problems(row.institution_id)] == [True]


@pytest.mark.parametrize("kind", ["acta", "carta", "politica"])
def test_the_reason_is_erased_of_documents_that_are_never_erased(signed, kind):
    row = annulled(signed)
    Signature.objects.filter(pk=row.pk).update(kind=kind)
    assert (
        signed.client(Role.ADMINISTRATOR)
        .post(f"/{signed.house.slug}/gestion/firmas/{row.pk}/motivo/?codigo={row.code}", {"reason": ""})
        .status_code
        == 302
    )
    assert signed.row().annulled_why == ""


def test_of_a_signature_that_counts_there_is_no_reason_to_erase(signed):
    page = f"/{signed.house.slug}/gestion/firmas/{signed.row().pk}/motivo/"
    assert signed.client(Role.ADMINISTRATOR).post(page, {"reason": ""}).status_code == 404
