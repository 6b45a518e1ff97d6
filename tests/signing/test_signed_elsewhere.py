# SPDX-License-Identifier: EUPL-1.2
"""A document that is taken out, signed by another program and brought back: ours, whole, and nothing else."""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from urllib.parse import unquote

import pytest
from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper

from siac.accounts.public import Role
from siac.documents.models import Attachment
from siac.journal.public import verify_institution
from siac.signing.commands import asking
from siac.signing.models import Signature
from tests.factories import NOW
from tests.signing.conftest import certify, signing_of
from tests.signing.credentials import issued
from tests.signing.test_checking_signed import asked
from tests.signing.test_signed_as_it_was import unproved
from tests.words import words

pytestmark = pytest.mark.django_db


def by_hand(
    content: bytes, name: str = "Ana Rojas", field: str = "Firma1", box=None, own=None, stamps=None
) -> bytes:
    """Sign as somebody's own program does, with a stamp of whoever `stamps`."""
    own = own or issued(name, serial=0xA11, until=NOW + timedelta(days=36500))
    key = own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(
        x509.Certificate.load(own.cert.public_bytes(Encoding.DER)), keys.PrivateKeyInfo.load(key), None
    )
    made = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(content)),
        signers.PdfSignatureMetadata(field_name=field),
        signer,
        timestamper=stamps,
        new_field_spec=fields.SigFieldSpec(field, box=box),
    )
    return bytes(made.getvalue())


def changed(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Add something to a PDF without touching what is there."""
    writer, made = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(made)
    return made.getvalue()


def painted(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    more = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 0 0 300 300 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), more])
    writer.update_container(page)


def noted(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("Se acepta todo"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(at) for at in (0, 0, 400, 400)]
            ),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def scripted(writer: IncrementalPdfFileWriter) -> None:
    act = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
    )
    writer.root["/OpenAction"] = writer.add_object(act)
    writer.update_root()


@pytest.fixture
def out(signing) -> bytes:
    page = signing.client().post(signing.url("preparar/"), follow=True)
    assert "Descárguelo, fírmelo" in words(page)
    return signing.client().get(signing.url("por-firmar/")).getvalue()


def sent(signing, content, role=Role.AUTHORITY):
    file = SimpleUploadedFile("firmado.pdf", content, "application/pdf")
    return signing.client(role).post(signing.url("subir/"), {"file": file}, follow=True)


def test_what_comes_back_signed_is_kept_says_by_whom_and_pdfsig_takes_it(signing, out, judged):
    page = words(sent(signing, by_hand(out, box=(20, 20, 200, 60))))
    row = signing.row()
    assert "Documento firmado guardado" in page and "Ana Rojas" in page and "a11" in page
    assert row.state == "done" and row.original_id is None
    told = judged(signing.content())
    assert "Signature is Valid." in told and "Signer Certificate Common Name: Ana Rojas" in told
    assert Attachment.objects.exclude(erased_at=None).filter(subject_type="signature").count() == 1
    assert list(verify_institution(signing.house.institution.pk).problems) == []


def test_a_name_that_turns_the_reading_direction_is_told_as_it_is(signing, out):
    sent(signing, by_hand(out, name="Ana\u202e sajoR"))
    assert signing.row().signers[0]["name"] == "Ana sajoR"


def test_two_may_have_signed(signing, out):
    page = words(sent(signing, by_hand(by_hand(out), "Luis Soto", "Firma2")))
    assert "Ana Rojas" in page and "Luis Soto" in page


def broken(content: bytes) -> bytes:
    """A signature that lost a sign, so that nothing stands where it should."""
    signed = by_hand(content)
    at = signed.rindex(b"/ByteRange")
    return signed[: at - 1] + signed[at:]


def swapped(content: bytes) -> bytes:
    """A signature whose signed bytes changed behind our own."""
    signed = by_hand(content)
    at = signed.index(b"/Firma1" if b"/Firma1" in signed else b"(Firma1)", len(content))
    return signed[:at] + signed[at:].replace(b"Firma1", b"Firma8", 1)


def lifted(content: bytes) -> bytes:
    """A signature of another document, its bytes put between ours and a revision that names them."""
    other = by_hand(changed(content, painted))
    sign = PdfFileReader(io.BytesIO(other)).embedded_signatures[0]
    _, before, after, rest = (int(each) for each in sign.byte_range)
    real = (len(content), before, len(content) + after, rest)
    writer, made = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    _named(writer, sign.pkcs7_content)
    writer.write(made)
    more = made.getvalue()[len(content) :]
    moved = len(other)
    more = re.sub(
        rb"(\d{10}) (\d{5}) n",
        lambda at: b"%010d %s n" % (int(at[1]) + moved * (int(at[1]) >= len(content)), at[2]),
        more,
    )
    more = re.sub(rb"startxref\n(\d+)", lambda at: b"startxref\n%d" % (int(at[1]) + moved), more)
    for place, number in zip(PLACES, real, strict=True):
        more = more.replace(b"%d" % place, b"%010d" % number)
    return content + other + more


PLACES = (1111111111, 1222222222, 1333333333, 1444444444)
"""Numbers that are written where the real ones come."""


def _named(writer: IncrementalPdfFileWriter, signature: bytes) -> None:
    name = generic.pdf_name
    value = writer.add_object(
        generic.DictionaryObject(
            {
                name("/Type"): name("/Sig"),
                name("/Filter"): name("/Adobe.PPKLite"),
                name("/SubFilter"): name("/ETSI.CAdES.detached"),
                name("/Contents"): generic.ByteStringObject(signature),
                name("/ByteRange"): generic.ArrayObject([generic.NumberObject(each) for each in PLACES]),
            }
        )
    )
    field = writer.add_object(
        generic.DictionaryObject(
            {name("/FT"): name("/Sig"), name("/T"): generic.pdf_string("Firma1"), name("/V"): value}
        )
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(field)
    writer.update_container(form["/Fields"])
    writer.update_container(form)


LONG_AGO = datetime(2021, 1, 1, 12, tzinfo=UTC)


class ClockOfLongAgo(datetime):
    """The clock of a machine that stands years back."""

    @classmethod
    def now(cls, tz=None):
        return LONG_AGO.astimezone(tz)


def one_of(since: datetime, until: datetime):
    return issued("Ana Rojas", serial=0xA12, since=since, until=until)


def with_expired(content: bytes) -> bytes:
    """Signed with a certificate that ended years ago, by a clock that says it was then."""
    own = one_of(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 6, 1, 12, tzinfo=UTC))
    with patch("pyhanko.sign.signers.pdf_signer.datetime", ClockOfLongAgo):
        return by_hand(content, own=own)


def stamped_by(at: datetime, own) -> DummyTimeStamper:
    """An authority of time stamps that somebody made for themselves, and its stamp of any moment."""
    key = own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    cert = x509.Certificate.load(own.cert.public_bytes(Encoding.DER))
    return DummyTimeStamper(cert, keys.PrivateKeyInfo.load(key), fixed_dt=at)


def stamped_then(content: bytes) -> bytes:
    """Signed with a certificate that ended years ago, with the stamp of an own authority from then."""
    own = one_of(datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 6, 1, 12, tzinfo=UTC))
    return by_hand(content, own=own, stamps=stamped_by(LONG_AGO, issued("Sello propio", stamps=True)))


def by_a_wrong_clock(content: bytes) -> bytes:
    """Signed with a certificate in force, by a clock of years ago."""
    with patch("pyhanko.sign.signers.pdf_signer.datetime", ClockOfLongAgo):
        return by_hand(content, own=one_of(datetime(2020, 1, 1, tzinfo=UTC), NOW + timedelta(days=36500)))


REFUSED = {
    "not signed": (lambda out: out, "no trae ninguna firma"),
    "grown, not signed": (lambda out: out + b"\n% nada\n", "no trae ninguna firma"),
    "another document": (lambda out: by_hand(out)[1:], "no es el documento"),
    "one byte of ours": (lambda out: by_hand(out).replace(b"%PDF-1.7", b"%PDF-1.4", 1), "no es el documento"),
    "painted over, then signed": (lambda out: by_hand(changed(out, painted)), "cambió en algo más"),
    "signed, then painted over": (lambda out: changed(by_hand(out), painted), "cambió en algo más"),
    "with a note": (lambda out: by_hand(changed(out, noted)), "cambió en algo más"),
    "with a script": (lambda out: by_hand(changed(out, scripted)), "cambió en algo más"),
    "cut off": (lambda out: by_hand(out)[:-3000], "no se pudo leer"),
    "broken": (broken, "no se pudo leer"),
    "garbage behind": (lambda out: out + b"\x00" * 5000, "no se pudo leer"),
    "an older signature of something else": (swapped, "no está íntegra"),
    "a signature lifted from another document": (lifted, "no está íntegra"),
    "a certificate that is over": (with_expired, "venció el 01-06-2021"),
    "a certificate that is over, by an honest clock": (
        lambda out: by_hand(out, own=one_of(LONG_AGO, NOW - timedelta(days=1))),
        "venció el 06-09-2026",
    ),
    "a certificate that is over, by a stamp of one's own": (stamped_then, "venció el 01-06-2021"),
    "a certificate of later": (
        lambda out: by_hand(out, own=one_of(datetime(2090, 1, 1, 12, tzinfo=UTC), datetime(2099, 1, 1))),
        "vale desde el 01-01-2090",
    ),
    "a clock that cannot be": (by_a_wrong_clock, "que se hizo el 01-01-2021, y no puede ser"),
    "a signature that shows something over the text": (
        lambda out: by_hand(out, box=(60, 100, 540, 700)),
        "puede tapar el texto",
    ),
    "no file at all": (lambda out: b"", "vacío"),
}


def test_anything_else_is_refused_with_words_and_the_document_stays_outside(signing, out):
    for name, (make, said) in REFUSED.items():
        page = sent(signing, make(out))
        assert page.status_code == 422 and said in words(page), name
        assert "Subir firmado" in words(page), name
    row = signing.row()
    assert row.state == "outside" and row.signed_id is None
    sent(signing, by_hand(out))
    row.refresh_from_db()
    assert row.state == "done"


def test_a_stamp_of_whoever_is_told_as_not_checked_by_staff_and_by_everybody(signing, out):
    maker = stamped_by(datetime.now(UTC), issued("Sello propio", stamps=True))
    page = words(sent(signing, by_hand(out, stamps=maker)))
    public = words(asked(signing.house, signing.row().code))
    for told in (page, public):
        assert "un sello de tiempo que no comprobamos" in told
        assert "su certificado estaba vigente entre que se preparó el documento y se recibió firmado." in told
    Signature.objects.update(
        signers=[{**signing.row().signers[0], "held": False}]
    )  # as before it was looked at
    for told in (words(signing.client().get(signing.url())), words(asked(signing.house, signing.row().code))):
        assert "ni si fue revocado o había vencido" in told and "estaba vigente" not in told


def test_files_are_stored_while_nothing_is_locked(signing, monkeypatch):
    locked, real = [], asking.put_away
    monkeypatch.setattr(
        asking, "put_away",
        lambda files, now: (locked.append(len(connection.savepoint_ids)), real(files, now=now))[1],
    )  # fmt: skip
    signing.client().post(signing.url("preparar/"))
    content = signing.client().get(signing.url("por-firmar/")).getvalue()
    sent(signing, by_hand(content))
    assert (signing.row().state, locked) == ("done", [0, 0])
    other = signing_of(signing.house)
    certify(signing.house)
    other.client().post(other.url("firmar/"))
    assert (other.run().state, locked) == ("done", [0, 0, 0])


def test_who_they_are_is_asked_before_the_page_for_the_file_opens(signing, out):
    client = unproved(signing.house, Role.AUTHORITY)
    asked_for = client.get(signing.url("subir/"))
    assert asked_for.status_code == 302 and "/reauthenticate/" in asked_for["Location"]
    file = SimpleUploadedFile("firmado.pdf", by_hand(out), "application/pdf")
    late = client.post(signing.url("subir/"), {"file": file})
    assert late.status_code == 302 and signing.url("subir/") in unquote(late["Location"])
    page = signing.client().get(signing.url())
    assert signing.url("subir/") in page.content.decode() and 'type="file"' not in page.content.decode()
    assert 'type="file"' in signing.client().get(signing.url("subir/")).content.decode()


def test_one_that_takes_too_long_to_look_at_is_refused(signing, out, monkeypatch):
    monkeypatch.setattr("siac.signing.commands.asking._SECONDS", 0.001)
    assert "no se pudo leer" in words(sent(signing, by_hand(out)))


def test_one_that_is_too_large_is_refused_before_it_is_read(signing, out, monkeypatch):
    monkeypatch.setattr("siac.signing.commands.asking.MOST_BYTES", 1000)
    assert "pesa más de" in words(sent(signing, by_hand(out)))


def test_it_can_be_given_up_and_then_nothing_is_taken_back(signing, out):
    signing.client().post(signing.url("cancelar/"))
    assert sent(signing, by_hand(out)).status_code == 404
    assert Attachment.objects.filter(subject_type="signature", erased_at=None).count() == 0
    assert signing.client().get(signing.url("por-firmar/")).status_code == 404


def test_who_comes_second_hears_that_it_is_outside(signing, out):
    page = words(signing.client(Role.QUALITY_MANAGER).post(signing.url("firmar/"), follow=True))
    assert "Alguien ya pidió la firma" in page
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UNIT_OFFICER])
def test_who_may_not_sign_neither_takes_it_out_nor_brings_it_back(signing, out, role):
    assert signing.client(role).get(signing.url("por-firmar/")).status_code in (403, 404)
    assert sent(signing, by_hand(out), role).status_code in (403, 404)


def test_without_the_extra_the_page_says_how_to_install_it(signing, monkeypatch):
    for module in ("commands.asking", "workspace.documents", "workspace.setup"):
        monkeypatch.setattr(f"siac.signing.{module}.is_installed", lambda: False)
    assert "siac[sign]" in words(signing.client().get(signing.url()))
    assert "siac[sign]" in words(signing.client().post(signing.url("firmar/"), follow=True))
    page = f"/{signing.house.slug}/gestion/configuracion/firma/"
    assert "siac[sign]" in words(signing.client(Role.ADMINISTRATOR).get(page))
