# SPDX-License-Identifier: EUPL-1.2
"""The certificate of a body: its file, what is refused, renewing, withdrawing, reminders, the vault."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.accounts.public import Role
from siac.infra import crypto
from siac.notices.commands.sending import send_due
from siac.notices.models import Notice
from siac.signing.commands.certificates import add_certificate
from siac.signing.commands.reminding import look_after_certificates
from siac.signing.models import SigningCertificate
from siac.signing.secrets import key_of, reseal
from tests.factories import NOW
from tests.signing.conftest import certify
from tests.signing.credentials import PASSWORD, encrypting, issued, rsa_key
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
END = NOW + 36500 * DAY
REAL = issued(since=NOW - 3650 * DAY, until=END)


def url(house, act=""):
    return f"/{house.slug}/gestion/configuracion/firma/{act}"


def sent(house, content, password=PASSWORD, role=Role.ADMINISTRATOR):
    file = SimpleUploadedFile("firma.p12", content, "application/x-pkcs12")
    return house.client(role).post(
        url(house, "certificado/"), {"file": file, "password": password}, follow=True
    )


def test_an_administrator_adds_it_sees_what_it_says_and_withdraws_it(house):
    page = words(sent(house, REAL.p12))
    assert "Certificado en uso" in page and "Servicio de Puerto" in page and "Autoridad de prueba" in page
    assert "b0d1" in page and "Vale" in page
    row = SigningCertificate.objects.get()
    assert key_of(row).chain and PASSWORD not in page
    assert REAL.key_pem.splitlines()[2] not in bytes(row.sealed)
    gone = house.client(Role.ADMINISTRATOR).post(url(house, "certificado/retirar/"), follow=True)
    assert "su clave se borró" in words(gone)
    row.refresh_from_db()
    assert bytes(row.sealed) == b"" and row.ended_at is not None
    again = house.client(Role.ADMINISTRATOR).post(url(house, "certificado/retirar/"), follow=True)
    assert "Ya no hay un certificado" in words(again)


def no_key():
    return pkcs12.serialize_key_and_certificates(b"x", None, REAL.cert, None, NoEncryption())


def of_another_key():
    """A file whose key is not that of its certificate, as no program of repute makes it."""
    other = issued(key=ec.generate_private_key(ec.SECP256R1()), until=END)
    return other.p12[:-40] + b"\0" * 40


REFUSED = {
    "wrong password": (lambda: REAL.p12, "otra", "no abre ese archivo"),
    "no such file": (lambda: b"%PDF-1.7 nada", PASSWORD, "no abre ese archivo"),
    "cut off": (lambda: REAL.p12[:900], PASSWORD, "no abre ese archivo"),
    "broken": (of_another_key, PASSWORD, "no abre ese archivo"),
    "no key": (no_key, "", "no trae una clave"),
    "weak": (lambda: issued(key=rsa_key(1024), until=END).p12, PASSWORD, "débil"),
    "odd curve": (
        lambda: issued(key=ec.generate_private_key(ec.SECP256K1()), until=END).p12, PASSWORD, "débil",
    ),
    "not for documents": (
        lambda: issued(key=ed25519.Ed25519PrivateKey.generate(), until=END).p12, PASSWORD, "débil",
    ),
    "to encrypt": (lambda: issued(usage=encrypting(), until=END).p12, PASSWORD, "no es para firmar"),
    "ended": (lambda: issued(until=NOW - DAY).p12, PASSWORD, "venció el"),
    "large": (lambda: b"0" * 70_000, PASSWORD, "muy grande"),
    "empty": (lambda: b"", PASSWORD, "vacío"),
}  # fmt: skip


def test_what_is_refused_says_why_and_changes_nothing(house):
    certify(house)
    for name, (make, password, said) in REFUSED.items():
        page = sent(house, make(), password)
        assert page.status_code == 422 and said in words(page), name
    assert SigningCertificate.objects.count() == 1


@pytest.mark.parametrize("role", [Role.AUTHORITY, Role.QUALITY_MANAGER, Role.AUDITOR])
def test_only_who_administers_gets_there(house, role):
    assert sent(house, REAL.p12, role=role).status_code in (403, 404)
    assert house.client(role).post(url(house, "certificado/retirar/")).status_code in (403, 404)


def test_who_did_not_prove_who_they_are_lately_is_asked_first_and_no_file_waits(house):
    user = house.user(Role.ADMINISTRATOR)
    user.set_password("una clave larga 8841")
    user.save()
    client = house.client(Role.ADMINISTRATOR)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0}]
    session.save()
    asked = client.get(url(house, "certificado/"))
    assert asked.status_code == 302 and "/reauthenticate/" in asked["Location"]


def test_another_one_takes_its_place_and_the_former_key_is_gone(house):
    former, other = certify(house), issued(serial=9, until=END)
    page = sent(house, issued(serial=10, until=END).p12)
    assert "Certificados anteriores" in words(page)
    former.refresh_from_db()
    assert bytes(former.sealed) == b""
    certify(house, other)
    assert "ya es el que está en uso" in words(sent(house, other.p12))
    assert SigningCertificate.objects.filter(ended_at=None).count() == 1


def test_who_administers_is_told_once_at_each_reminder(house):
    certify(house, issued(until=NOW + 61 * DAY))
    told = []
    for days in (61, 60, 59, 30, 29, 7, 7, 1, 0, -3):
        now = NOW + (61 - days) * DAY
        told.append((days, look_after_certificates(now=now)))
    assert told == [
        (61, 0), (60, 1), (59, 0), (30, 1), (29, 0), (7, 1), (7, 0), (1, 0), (0, 1), (-3, 0),
    ]  # fmt: skip
    send_due(lambda: NOW + 70 * DAY)
    bodies = list(Notice.objects.filter(kind="signing.certificate_ends").order_by("pk"))
    assert "vence el" in bodies[0].body and "venció el" in bodies[-1].body
    assert "configuracion/firma/" in bodies[0].body


def test_the_key_is_sealed_again_with_a_new_key_of_the_vault(house, monkeypatch):
    row = certify(house)
    before = key_of(row)
    ring = crypto.vault_keys()
    monkeypatch.setattr(crypto, "vault_keys", lambda: crypto.Keyring(b"n" * 32, ring.all))
    assert (reseal(), reseal()) == (1, 0)
    row.refresh_from_db()
    monkeypatch.setattr(crypto, "vault_keys", lambda: crypto.Keyring(b"n" * 32))
    assert key_of(row) == before


def test_how_the_body_signs_is_set_and_an_odd_address_is_refused(house):
    client = house.client(Role.ADMINISTRATOR)
    page = client.post(
        url(house), {"stamps": "https://sello.ejemplo.cl/tsa", "signs_answers": "on"}, follow=True
    )
    assert "Guardado" in words(page) and "https://sello.ejemplo.cl/tsa" in words(page)
    for odd in ("ftp://sello.ejemplo.cl", "https://yo:clave@sello.ejemplo.cl", "sello", "http://["):
        page = client.post(url(house), {"stamps": odd})
        assert (
            page.status_code == 422
            and "La dirección debe empezar" in words(page)
            and odd in page.content.decode()
        )


def test_another_body_has_another_one(house, other_house):
    certify(house)
    add_certificate(
        institution=other_house.institution,
        content=issued("Otra").p12,
        password=PASSWORD,
        actor=None,
        now=NOW,
    )
    assert "Otra" not in words(house.client(Role.ADMINISTRATOR).get(url(house)))
