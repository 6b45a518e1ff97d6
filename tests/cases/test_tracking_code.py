# SPDX-License-Identifier: EUPL-1.2
"""A tracking code is its person's key: staff are shown it only to hand it over, and that is written down."""

import io

import pytest
from pypdf import PdfReader

from siac.accounts.public import Role
from siac.cases.domain.delivery import Delivery
from siac.cases.domain.numbers import COVERED, cover_codes, new_tracking_code, show_code
from siac.cases.protection.redacting import redact_text
from siac.cases.protection.release import released_pieces
from siac.cases.public import add_information
from siac.cases.queries import messages_of
from siac.journal.models import JournalEntry
from siac.notices.models import Notice
from tests.factories import ANONYMOUS, NOW, answer, file

READERS = [role for role in Role if role not in (Role.COMMITTEE_MEMBER, Role.ADMINISTRATOR)]


def text_of(paper: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


def at(house, case, action=""):
    return f"/{house.slug}/gestion/solicitudes/{case.folio}/{action}"


@pytest.mark.parametrize("role", READERS)
def test_no_page_of_staff_shows_the_code_by_itself(house, role):
    case = file(
        house, actor=house.user(role) if role != Role.AUTHORITY else None, unit_id=house.units["obras"]
    )
    client = house.client(role)
    for action in ("", "ingresada/", "comprobante/", "parecidas/", "expediente/"):
        page = client.get(at(house, case, action))
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            assert case.code not in page.content.decode(), action
            assert case.tracking_code not in page.content.decode(), action


def test_showing_the_code_to_hand_it_over_is_journaled(house):
    case = file(house)
    client = house.client(Role.FRONT_DESK)
    assert client.get(at(house, case, "codigo/")).status_code == 405
    shown = client.post(at(house, case, "codigo/"))
    assert case.code in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    paper = client.post(at(house, case, "codigo/"), {"papel": "si"})
    assert case.code in text_of(paper.content)
    assert case.code not in text_of(client.get(at(house, case, "comprobante/")).content)
    entries = JournalEntry.objects.filter(stream=case.stream, kind="cases.code_shown").order_by("seq")
    assert [(entry.actor_id, entry.data["on_paper"]) for entry in entries] == [
        (house.user(Role.FRONT_DESK).pk, False),
        (house.user(Role.FRONT_DESK).pk, True),
    ]
    assert "Se mostró el código" in client.get(at(house, case)).content.decode()


@pytest.mark.parametrize("role", READERS)
def test_the_code_of_an_anonymous_or_restricted_case_is_shown_to_nobody(house, role):
    anonymous = file(house, "sugerencia", who=ANONYMOUS, actor=house.user(role), unit_id=house.units["obras"])
    restricted = file(house, "denuncia", actor=house.user(role), unit_id=house.units["obras"])
    client = house.client(role)
    for case in (anonymous, restricted):
        for data in ({}, {"papel": "si"}):
            refused = client.post(at(house, case, "codigo/"), data)
            assert refused.status_code in (403, 404, 409)
            assert case.code not in refused.content.decode(errors="replace")
    assert not JournalEntry.objects.filter(kind="cases.code_shown").exists()


def test_whoever_only_reads_is_shown_no_code(house):
    case = file(house, unit_id=house.units["obras"])
    for role in (Role.AUDITOR, Role.AUTHORITY):
        assert house.client(role).post(at(house, case, "codigo/")).status_code == 403


def test_texts_that_quote_the_code_are_covered_for_staff(house):
    case = file(house, unit_id=house.units["obras"])
    said = f"Mi código es {case.code}, o sea {case.tracking_code.lower()} sin guiones."
    add_information(institution=house.institution, case_id=case.pk, body=said, now=NOW)
    page = house.client(Role.UNIT_OFFICER).get(at(house, case)).content.decode()
    assert case.code not in page and COVERED in page
    assert case.code in messages_of(case, for_citizen=True)[0].body


def test_the_outbox_covers_the_code_of_what_was_sent(house):
    case = file(house)
    notice = Notice.objects.get(kind="cases.receipt")
    notice.body, notice.subject_line = f"Código de seguimiento: {case.code}", "Recibida"
    notice.save(update_fields=["body", "subject_line"])
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/avisos/{notice.pk}/")
    assert page.status_code == 200
    assert case.code not in page.content.decode() and COVERED in page.content.decode()


def test_a_letter_leads_to_the_portal_without_the_code(house):
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW, channel=Delivery.LETTER)
    notice = Notice.objects.get(subject_id=case.pk, channel="letter")
    paper = house.client(Role.UNIT_OFFICER).get(at(house, case, f"envios/{notice.pk}/carta/"))
    assert "con el código que recibió" in " ".join(text_of(paper.content).split())
    assert case.code not in text_of(paper.content)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("código R3K2-WNP5-M7QX.", f"código {COVERED}."),
        ("R3K2 WNP5 M7QX", COVERED),
        ("?codigo=R3K2WNP5M7QX&x", f"?codigo={COVERED}&x"),
        ("AYUDENMEPRESTA", "AYUDENMEPRESTA"),
        ("NECESTTAMEUR", "NECESTTAMEUR"),
        ("folio 2026-000123, RUT 12345678-5", "folio 2026-000123, RUT 12345678-5"),
    ],
)
def test_what_may_be_a_code_is_covered_and_nothing_else(text, shown):
    assert cover_codes(text) == shown


def test_every_code_is_covered_as_it_is_shown():
    for _ in range(200):
        code = show_code(new_tracking_code())
        assert cover_codes(f"su código: {code}, gracias") == f"su código: {COVERED}, gracias"


@pytest.fixture
def quoting(house):
    """A case, and another of the same person that quotes its code in its words, its answers and its place."""
    case = file(house, unit_id=house.units["obras"])
    said = f"{case.code} es mi código y nadie me contesta."
    other = file(
        house,
        body=said,
        subject="",
        place=f"Junto a {case.code}",
        answers={"donde": case.code},
        unit_id=house.units["obras"],
    )
    return case, other


def test_a_code_quoted_in_a_new_request_is_covered_in_titles_lists_and_exports(house, quoting):
    case, other = quoting
    client, own = house.client(Role.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/"
    for address in (
        "",
        f"{other.folio}/",
        f"{other.folio}/parecidas/",
        f"{other.folio}/dividir/",
        f"{case.folio}/parecidas/",
    ):
        page = client.get(f"{own}{address}").content.decode()
        assert case.code not in page, address
    assert COVERED in other.text.subject and case.code in other.text.body
    exported = b"".join(client.get(f"{own}exportar/?vista=todas&formato=csv")).decode()
    assert other.folio in exported and case.code not in exported


def test_what_is_handed_to_others_never_carries_a_code(house, quoting):
    case, other = quoting
    client, own = house.client(Role.HEAD_OF_UNIT), at(house, other, "entrega/")
    page = client.get(f"{own}texto/0/").content.decode()
    assert case.code not in page.partition("Original")[2].partition("</div>")[0]
    assert f"Código de seguimiento: {case.code}" in page  # offered to be blacked out
    redact_text(
        institution=house.institution,
        case_id=other.pk,
        message_id=None,
        wanted=[],
        grounds="",
        actor=house.user(Role.HEAD_OF_UNIT),
        now=NOW,
    )
    assert all(case.code not in piece.text for piece in released_pieces(other))
