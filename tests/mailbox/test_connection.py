# SPDX-License-Identifier: EUPL-1.2
"""Connecting a mailbox: saved sealed, tested plainly, encrypted unless it is this machine."""

import datetime as dt
import socket
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection
from django.utils import timezone

from siac.accounts.public import Role
from siac.infra import crypto
from siac.integrations.mailbox import connecting, server
from siac.integrations.mailbox.commands.setup import save_mailbox
from siac.integrations.mailbox.fetching import fetch_mailbox, probe, probe_mailbox
from siac.integrations.mailbox.models import IncomingMail, Mailbox
from siac.integrations.mailbox.secrets import password_of, reseal, sender_of
from siac.integrations.mailbox.server import MailServerError
from siac.kernel.errors import Refused
from tests.factories import NOW
from tests.mailbox.conftest import PASSWORD, ImapServer, connect, free_port, take_in
from tests.mailbox.mails import mail

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


def trouble(box: Mailbox, **changes) -> str:
    for name, value in changes.items():
        setattr(box, name, value)
    try:
        probe(box)
    except MailServerError as error:
        return error.trouble.value
    return ""


def test_what_is_wrong_is_told_apart(house, box, imap, monkeypatch):
    monkeypatch.setattr(server, "TIMEOUT", 2.0)
    assert trouble(box) == ""
    assert trouble(box, folder="Nada") == "folder"
    assert trouble(box, folder="INBOX", done_folder="Nada") == "done_folder"
    assert trouble(box, done_folder="", port=free_port()) == "connection_refused"
    assert trouble(box, port=imap.port, security="tls") in {"no_tls", "timed_out"}
    assert trouble(box, security="starttls") == "no_tls"
    wrong = connect(house, imap.port, folder="Otra", password="otra")
    assert trouble(wrong) == "login"
    unknown = connect(house, imap.port, host="no-existe.invalid", security="tls")
    assert trouble(unknown) == "host_unknown"


def test_a_password_sealed_with_a_lost_key_is_said_to_be_so(house, box, monkeypatch):
    monkeypatch.setenv("SIAC_VAULT_KEY", "ab" * 32)
    crypto._keyring.cache_clear()
    try:
        assert trouble(box) == "key_missing"
        take_in(box)
    finally:
        monkeypatch.undo()
        crypto._keyring.cache_clear()
    box.refresh_from_db()
    assert box.last_error == "key_missing"


def test_rotating_the_vault_key_seals_passwords_and_senders_again(house, box, imap, monkeypatch):
    imap.deliver(mail(X_Spam_Flag="YES"))
    take_in(box)
    old = crypto.vault_keys().current.hex()
    monkeypatch.setenv("SIAC_VAULT_KEY", "ab" * 32)
    monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", old)
    crypto._keyring.cache_clear()
    try:
        assert reseal() == 2
        assert reseal() == 0
        monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", "")
        crypto._keyring.cache_clear()
        assert password_of(Mailbox.objects.get()) == PASSWORD
        assert sender_of(IncomingMail.objects.get()) == "ana@ejemplo.org"
    finally:
        monkeypatch.undo()
        crypto._keyring.cache_clear()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"host": "imap.ejemplo.org"}, "mailbox_not_encrypted"),
        ({"password": ""}, "mailbox_password_missing"),
        ({"unit_id": 0}, "unit_unknown"),
        ({"kind_id": 0}, "kind_unknown"),
    ],
)
def test_refusals(house, changes, code):
    with pytest.raises(Refused) as refused:
        connect(house, 143, **changes)
    assert refused.value.code == code


def test_a_kind_that_asks_for_a_document_and_a_folder_connected_twice(house):
    kind = house.kinds["consulta"]
    kind.requires_document = True
    kind.save()
    type(house.institution).objects.update(config_version=77)
    house.institution.refresh_from_db()
    with pytest.raises(Refused, match="mailbox_kind_needs_document"):
        connect(house, 143, kind_id=kind.pk)
    connect(house, 143)
    with pytest.raises(Refused, match="mailbox_taken"):
        connect(house, 143)


def test_another_folder_is_read_from_its_beginning_and_an_empty_password_keeps_the_old(house, box):
    Mailbox.objects.update(last_uid=500, uid_validity=3)
    box.refresh_from_db()
    saved = save_mailbox(
        institution=house.institution,
        actor=None,
        now=NOW,
        password="",
        mailbox=box,
        folder="Otra",
        unit_id=None,
    )
    saved.refresh_from_db()
    assert (saved.last_uid, saved.uid_validity, password_of(saved)) == (0, None, PASSWORD)


def test_a_kept_password_goes_to_no_other_server_or_user(house, box):
    for changed in ({"host": "::1"}, {"username": "otra@ejemplo.org"}):
        box.refresh_from_db()
        with pytest.raises(Refused, match="mailbox_password_missing"):
            save_mailbox(
                institution=house.institution, actor=None, now=NOW, password="", mailbox=box, **changed
            )


def certificate(folder, name: str) -> tuple[str, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, secret = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(cert), str(secret)


def test_starttls_needs_a_certificate_that_is_trusted_and_names_the_server(house, tmp_path, monkeypatch):
    cert, key = certificate(tmp_path, "localhost")
    imap = ImapServer().start("--cert", cert, "--key", key)
    try:
        box = connect(house, imap.port, host="localhost", security="starttls")
        assert trouble(box) == "certificate"
        monkeypatch.setenv("SSL_CERT_FILE", cert)
        assert trouble(box) == ""
        assert trouble(connect(house, imap.port, host="127.0.0.1", security="starttls")) == "certificate"
    finally:
        imap.stop()


def test_the_pages_connect_and_test_a_mailbox(house, imap):
    client = house.client(Role.ADMINISTRATOR)
    base = f"/{house.slug}/gestion/configuracion/correo/"
    assert "Ninguna casilla conectada" in client.get(base).content.decode()
    form = {
        "name": "Contacto",
        "address": "contacto@puerto.example",
        "host": "127.0.0.1",
        "port": imap.port,
        "security": "none",
        "username": "demouser",
        "password": "mala",
        "folder": "INBOX",
        "done_folder": "",
        "kind": house.kinds["consulta"].pk,
        "unit": "",
        "since_day": "1",
        "since_month": "9",
        "since_year": "2026",
        "is_active": "on",
    }
    wrong = client.post(f"{base}nueva/", {**form, "host": "imap.ejemplo.org"})
    assert wrong.status_code == 422
    assert "Sin cifrar solo se admite" in wrong.content.decode()
    assert "mala" not in wrong.content.decode()
    saved = client.post(f"{base}nueva/", form)
    assert saved.status_code == 302
    tested = client.post(f"{saved['Location']}probar/", follow=True).content.decode()
    assert "Probando la conexión…" in tested
    box = Mailbox.objects.get()
    probe_mailbox(box.pk, timezone.now)
    assert "El servidor rechazó el usuario o la contraseña." in client.get(saved["Location"]).content.decode()
    client.post(saved["Location"], {**form, "password": PASSWORD})
    client.post(f"{saved['Location']}probar/")
    client.post(f"{saved['Location']}probar/")
    probe_mailbox(box.pk, timezone.now)
    tested = client.get(saved["Location"]).content.decode()
    assert "La conexión funciona. La carpeta «INBOX» tiene 0 correos." in tested
    assert PASSWORD not in client.get(saved["Location"]).content.decode()


def test_the_page_waits_for_no_server(house, monkeypatch):
    """A server that never answers holds the job, not the page."""
    with Silent() as port:
        connect(house, port)
        client = house.client(Role.ADMINISTRATOR)
        box = Mailbox.objects.get()
        page = f"/{house.slug}/gestion/configuracion/correo/{box.pk}/"
        started = time.monotonic()
        shown = client.post(f"{page}probar/", follow=True).content.decode()
        assert time.monotonic() - started < 10
        assert "Probando la conexión…" in shown
        assert "Actualizar" in shown
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT args->>'mailbox_id' FROM procrastinate_jobs WHERE task_name = 'mailbox.probe'"
            )
            assert cursor.fetchall() == [(str(box.pk),)]
        monkeypatch.setattr(connecting, "OPENING_SECONDS", 1.0)
        probe_mailbox(box.pk, timezone.now)
    assert "Probando" not in client.get(page).content.decode()
    box.refresh_from_db()
    assert box.probe_trouble in {"timed_out", "connection_refused", "no_tls"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "::1", "0.0.0.0", "169.254.169.254", "::ffff:127.0.0.1", "fe80::1"]
)
def test_neither_test_nor_fetching_leads_to_this_machine_unless_it_is_allowed(house, imap, monkeypatch, host):
    box = connect(house, imap.port, host=host, security="tls")
    monkeypatch.delenv("SIAC_OUTSIDE_ALLOWED")
    assert trouble(box) == "not_allowed"
    fetch_mailbox(box.pk, lambda: NOW)
    box.refresh_from_db()
    assert box.last_error == "not_allowed"


class Silent:
    """A server that takes connections and says nothing."""

    def __enter__(self) -> int:
        self.listening = socket.create_server(("127.0.0.1", 0))
        port: int = self.listening.getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self.listening.close()
