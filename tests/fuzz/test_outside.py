# SPDX-License-Identifier: EUPL-1.2
"""Whatever comes from outside is taken or refused in words: no fault leaves an edge, and nothing
takes long.
"""

import io
import time
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings

from siac.accounts.public import Role
from siac.cases.domain.numbers import parse_code, parse_folio, parse_short_folio
from siac.cases.imports.opening import rows_of
from siac.documents.public import check_uploads, safe_name
from siac.infra.pdf import Paper, render
from siac.infra.search import forgiving_query, search_tokens
from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.domain.apart import head, mail_of, read
from siac.integrations.mailbox.domain.quotes import split_reply
from siac.integrations.mailbox.domain.reading import read_mail
from siac.integrations.mailbox.domain.writing import request_text
from siac.integrations.mailbox.models import IncomingMail
from siac.integrations.mailbox.server import Listed
from siac.kernel.errors import Refused
from siac.kernel.text import legible, sort_key, squeeze, words
from siac.organizations.public import Institution
from siac.people.commands.saving import clean_person
from siac.people.domain.person import PersonData, asked_terms, forgiving_terms, terms
from tests.factories import NOW
from tests.fuzz import nasty
from tests.mailbox.conftest import connect

bounded = settings(
    max_examples=80,
    deadline=timedelta(seconds=10),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
with_database = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
SECONDS = 60.0


@bounded
@given(nasty.mails())
def test_any_mail_is_read_and_comes_back_from_its_process_as_it_went(raw) -> None:
    mail = read_mail(raw)
    assert mail_of(*read(raw, {})) == mail
    assert head(raw, {})
    assert len(request_text(mail, [])) <= 20_000
    for said in (mail.text, mail.subject, mail.sender, mail.sender_name):
        assert "\x00" not in said
        said.encode()


@bounded
@given(nasty.text)
def test_any_text_is_folded_split_and_looked_for(typed) -> None:
    squeeze(legible(typed)).encode()
    assert squeeze(squeeze(typed)) == squeeze(typed)
    sort_key(typed)
    assert all(word == word.lower() for word in words(typed) if word.isascii())
    split_reply(legible(typed))
    search_tokens(typed)
    forgiving_query(typed)
    for parse in (parse_folio, parse_short_folio, parse_code):
        parse(typed)


@bounded
@given(nasty.line, nasty.line, nasty.line)
def test_any_person_is_kept_or_refused_and_looked_for(name, contact, number) -> None:
    asked_terms(name)
    forgiving_terms(name)
    data = PersonData(
        given_names=name[:150],
        email=contact[:60],
        phone=number[:30],
        document_type="passport",
        document_number=number[:20],
    )
    try:
        kept = clean_person(data)
    except Refused:
        return
    assert clean_person(kept) == kept
    assert terms(kept) is not None


@bounded
@given(nasty.uploads)
def test_any_upload_is_taken_or_refused(upload) -> None:
    name, content = upload
    safe_name(name)
    with suppress(Refused):
        check_uploads([SimpleUploadedFile("x.pdf", b"%PDF-1.4 x"), _named(name, content)])


def _named(name: str, content: bytes) -> SimpleUploadedFile:
    given_file = SimpleUploadedFile("x", content)
    given_file._name = name  # as a mail gives it: Django has not taken folders away
    return given_file


@bounded
@given(nasty.text)
def test_any_register_is_read_or_refused(typed) -> None:
    for content in (
        typed.encode("utf-8", "surrogatepass"),
        b"PK\x03\x04" + typed.encode("utf-8", "surrogatepass"),
    ):
        try:
            list(rows_of(io.BytesIO(content)))
        except Refused:
            continue


@settings(max_examples=6, deadline=None)
@given(nasty.text)
def test_any_text_makes_a_paper(typed) -> None:
    content = {
        "heading": typed[:200],
        "paragraphs": [legible(typed)],
        "rows": [["Texto", typed[:500]]],
    }
    paper = Paper(Institution(name="M"), typed[:80], content)
    assert render("cases/papers/letter.typ", paper).startswith(b"%PDF-")


@pytest.fixture
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@with_database
@given(nasty.mails())
def test_any_mail_is_settled(house, store, raw) -> None:
    box = connect(house, 143, folder=f"f{IncomingMail.objects.count()}-{time.monotonic_ns()}")
    keep_mail(mailbox=box, listed=Listed(1, NOW, len(raw)), uid_validity=1, raw=raw, is_cut=False, now=NOW)
    settle_due(lambda: NOW)
    assert not IncomingMail.objects.filter(state="new").exists()


@with_database
@given(nasty.text, nasty.line, nasty.line)
def test_any_request_of_a_citizen_is_filed_or_sent_back_with_its_words(
    house, store, body, name, mail
) -> None:
    started = time.process_time()
    client = house.client()
    typed = {
        "subject": name,
        "body": body,
        "q_donde": name,
        "given_names": name,
        "family_names": name,
        "email": mail[:100],
    }
    filled = client.post(f"/{house.slug}/solicitud/reclamo/", typed)
    assert filled.status_code in {302, 422, 429}
    if filled.status_code == 302:
        assert client.post(filled["Location"]).status_code in {302, 422, 429}
    assert time.process_time() - started < SECONDS


@with_database
@given(nasty.line, nasty.line)
def test_any_question_to_the_lists_is_answered(house, store, asked, other) -> None:
    staff, citizen = house.client(Role.QUALITY_MANAGER), house.client()
    base = f"/{house.slug}/gestion"
    for url, params in (
        (
            f"{base}/solicitudes/",
            {"q": asked, "vista": other, "desde_fila": other, "tipo": other, "unidad": asked},
        ),
        (f"{base}/personas/", {"q": asked}),
        (f"{base}/correo/", {"vista": other, "desde": asked, "solicitud": asked}),
        (f"/{house.slug}/", {"q": asked}),
    ):
        assert staff.get(url, params).status_code < 500
    assert citizen.post(f"/{house.slug}/seguimiento/", {"code": asked, "factor": other}).status_code < 500
