# SPDX-License-Identifier: EUPL-1.2
"""`siac mail read`: how a mail is read and what would become of it, with nothing kept."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from siac.cases.public import Case
from siac.integrations.mailbox.models import IncomingMail
from siac.journal.models import JournalEntry
from siac.people.models import Person
from siac.people.public import PersonData
from tests.factories import PDF, file
from tests.mailbox.conftest import connect
from tests.mailbox.mails import bounce, mail


@pytest.fixture
def box(house):
    return connect(house, 143, relaying_senders="formulario@web.example")


@pytest.fixture
def read(tmp_path):
    def run(raw: bytes, *options: str, as_json: bool = True):
        path = tmp_path / "correo.eml"
        path.write_bytes(raw)
        out = StringIO()
        before = counts()
        call_command("mail", "read", str(path), *options, *(["--json"] if as_json else []), stdout=out)
        assert counts() == before
        return json.loads(out.getvalue()) if as_json else out.getvalue()

    return run


def counts() -> list[int]:
    return [model.objects.count() for model in (Case, IncomingMail, Person, JournalEntry)]


def test_it_tells_sender_subject_text_and_files_and_keeps_nothing(db, read):
    told = read(mail(files=[("plano.pdf", PDF), ("virus.exe", b"MZ")]))
    assert (told["sender"], told["sender_name"], told["subject"]) == (
        "ana@ejemplo.org",
        "Ana Pérez",
        "Sin luz",
    )
    assert told["text"] == "En mi calle no hay luz desde el lunes."
    assert told["files"] == [{"name": "plano.pdf", "size": len(PDF)}]
    assert "virus.exe" in told["left_out"][0]
    assert (told["state"], told["outcome"]) == ("filed", "Se ingresaría como solicitud nueva")


@pytest.mark.parametrize(
    ("raw", "state", "reason"),
    [
        (mail(Auto_Submitted="auto-replied"), "loop", "automatic"),
        (mail(X_Spam_Flag="YES"), "spam", "flagged"),
        (mail(sender=""), "review", "no_sender"),
        (bounce("<a@b>"), "loop", "bounce"),
        (mail(Precedence="bulk"), "filed", ""),
    ],
)
def test_it_tells_what_would_happen_and_why(db, read, raw, state, reason):
    told = read(raw)
    assert (told["state"], told["reason"]) == (state, reason)
    assert bool(told["why"]) == bool(reason)


def test_with_a_mailbox_it_knows_the_body_s_requests_and_forms(house, box, read):
    case = file(house, who=PersonData(given_names="Ana", email="ana@ejemplo.org"))
    where = ("--mailbox", box.address)
    own = read(mail(subject=f"Re: Folio {case.folio}"), *where)
    assert (own["state"], own["folio"]) == ("added", case.folio)
    other = read(mail(subject=case.folio, sender="otra@ejemplo.org"), *where)
    assert (other["state"], other["reason"]) == ("filed", "other_address")
    form = read(mail(sender="formulario@web.example", Reply_To="Luis <luis@ejemplo.org>"), *where)
    assert (form["sender"], form["sender_name"]) == ("luis@ejemplo.org", "Luis")
    assert read(mail(sender=box.address), *where)["reason"] == "own_address"


def test_it_says_it_in_words_too(db, read):
    said = read(mail(Precedence="bulk", Reply_To="b@ejemplo.org"), as_json=False)
    for words in (
        "De: Ana Pérez <ana@ejemplo.org>",
        "Asunto: Sin luz",
        "Responder a: b@ejemplo.org",
        "Sin comprobante",
    ):
        assert words in said


def test_an_unknown_mailbox_is_said(db, read):
    with pytest.raises(CommandError, match="Ninguna casilla"):
        read(mail(), "--mailbox", "nadie@ejemplo.org")
