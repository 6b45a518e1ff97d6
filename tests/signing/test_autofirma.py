# SPDX-License-Identifier: EUPL-1.2
"""AutoFirma: a program on a desk fetches a document by a link, and brings it back signed."""

import re
from datetime import timedelta
from html import unescape
from urllib.request import Request, urlopen

import pytest
from django.test import Client

from siac.accounts.models import User
from siac.accounts.public import Role
from siac.documents.models import Attachment
from siac.journal.public import verify_institution
from siac.kernel.errors import Refused
from siac.signing.commands.porting import forget_tickets, open_program, stored
from siac.signing.commands.ports import save_port
from siac.signing.domain.ports import LASTS, Port
from siac.signing.models import PortTicket
from siac.signing.ports.autofirma import ciphered
from tests.factories import NOW
from tests.signing.programs import AutoFirma
from tests.signing.test_signed_elsewhere import by_hand, changed, painted
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db


def call(url: str, body: str) -> str:
    """Post as the program does: no cookie, no kind of content that counts."""
    path = "/" + url.split("/", 3)[3]
    answer = Client().post(path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/plain")
    return answer.content.decode()


@pytest.fixture
def desk(signing):
    """A body that signs with AutoFirma."""
    save_port(institution=signing.house.institution, port=Port.AUTOFIRMA, is_active=True, actor=None, now=NOW)
    return signing


def link_of(page) -> str:
    return unescape(re.search(r'href="(afirma://[^"]+)"', page.content.decode()).group(1))


def opened(desk, role=Role.AUTHORITY) -> AutoFirma:
    page = desk.client(role).post(desk.url("autofirma/"))
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    return AutoFirma(link_of(page), call)


def test_a_document_goes_to_the_program_and_comes_back_signed(desk, judged):
    assert "Firmar con AutoFirma" in words(desk.client().get(desk.url()))
    assert opened(desk).run(by_hand) == "OK"
    row = desk.row()
    assert (row.state, row.way, row.trouble, row.original_id) == ("done", "autofirma", "", None)
    page = words(desk.client().get(desk.url()))
    assert "Ana Rojas" in page and "Descargar el documento firmado" in page
    assert "Signature is Valid." in judged(desk.content())
    assert Attachment.objects.exclude(erased_at=None).filter(subject_type="signature").count() == 1
    assert list(verify_institution(desk.house.institution.pk).problems) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_over_the_wire_too(desk, live_server, settings):
    settings.SITE_URL = live_server.url

    def over(url: str, body: str) -> str:
        with urlopen(Request(url, body.encode()), timeout=20) as answer:
            return answer.read().decode()

    page = desk.client().post(desk.url("autofirma/"))
    assert AutoFirma(link_of(page), over).run(by_hand) == "OK"
    assert desk.row().state == "done"


def test_tokens_are_told_once_and_kept_nowhere(desk):
    program = opened(desk)
    tokens = {program.link["id"], program.link["fileid"]}
    kept = {value for row in PortTicket.objects.values() for value in map(str, row.values())}
    assert len(tokens) == 2 and not tokens & kept


def test_each_step_is_taken_once(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    with pytest.raises(LookupError, match="ERR-06"):
        program.fetch()
    assert program.store(signed) == "OK"
    assert program.store(signed).startswith("ERR-06")


def test_after_a_quarter_of_an_hour_nothing_opens(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    PortTicket.objects.update(ends_at=NOW - timedelta(days=400))
    assert program.store(signed).startswith("ERR-06")
    assert desk.row().state == "outside"
    assert forget_tickets(now=NOW) == 2
    first = opened(desk)
    PortTicket.objects.update(ends_at=NOW - timedelta(days=400))
    with pytest.raises(LookupError, match="ERR-06"):
        first.fetch()
    assert timedelta(minutes=15) == LASTS


def test_who_opens_it_anew_closes_what_was_open(desk):
    first, second = opened(desk), opened(desk, Role.QUALITY_MANAGER)
    with pytest.raises(LookupError):
        first.fetch()
    signed = by_hand(second.fetch())
    first.told = {**second.told, "id": first.link["id"]}
    assert first.store(signed).startswith("ERR-06")
    assert second.store(signed) == "OK"
    (ticket,) = PortTicket.objects.exclude(used_at=None).filter(step="store")
    assert ticket.made_by == desk.house.user(Role.QUALITY_MANAGER)


def test_of_two_results_at_once_one_counts(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    ticket = PortTicket.objects.get(step="store")
    PortTicket.objects.filter(pk=ticket.pk).update(used_at=NOW)
    with pytest.raises(Refused, match="port_ticket"):
        stored(institution=desk.house.institution, token=program.link["id"], result=signed.hex(), now=NOW)
    assert desk.row().state == "outside"


def test_the_tokens_of_one_body_open_nothing_at_another(desk, other_house):
    program, other = opened(desk), other_house
    for step in ("rtservlet", "stservlet"):
        program.link[step] = program.link[step].replace(desk.house.slug, other.slug)
    with pytest.raises(LookupError, match="ERR-06"):
        program.fetch()


def test_the_token_of_a_step_is_none_for_the_other(desk):
    program = opened(desk)
    program.link["fileid"] = program.link["id"]
    with pytest.raises(LookupError, match="ERR-06"):
        program.fetch()


def test_who_was_let_go_brings_nothing_back(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    User.objects.filter(pk=desk.house.user(Role.AUTHORITY).pk).update(is_active=False)
    assert program.store(signed).startswith("ERR-06")


ANSWERS = {
    "gave up": (lambda program, out: program.say("CANCEL"), "se canceló"),
    "could not": (lambda program, out: program.say("SAF_09: error"), "no pudo firmar"),
    "garbage": (lambda program, out: program.say("cualquier cosa"), "no es un documento firmado"),
    "unsigned": (lambda program, out: program.store(out), "no trae ninguna firma"),
    "another": (lambda program, out: program.store(by_hand(out)[1:]), "no es el documento"),
    "painted": (lambda program, out: program.store(by_hand(changed(out, painted))), "cambió en algo más"),
    "of another key": (
        lambda program, out: program.say("|".join(ciphered(by_hand(out), "12345678") for _ in "ab")),
        "no es el documento",
    ),
}


def test_what_comes_instead_of_the_document_is_told_and_it_may_be_opened_again(desk):
    for name, (answer, said) in ANSWERS.items():
        program = opened(desk)
        assert answer(program, program.fetch()) == "OK", name
        page = words(desk.client().get(desk.url()))
        assert said in page and "Firmar con AutoFirma" in page, name
        assert desk.row().state == "outside", name
    assert opened(desk).run(by_hand) == "OK"
    assert desk.row().trouble == ""


def test_a_program_that_says_wait_has_not_answered(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    assert program.say("#WAIT") == "OK"
    assert program.store(signed) == "OK" and desk.row().state == "done"


def test_what_was_given_up_is_not_brought_back(desk):
    program = opened(desk)
    signed = by_hand(program.fetch())
    desk.client().post(desk.url("cancelar/"))
    assert program.store(signed) == "OK"
    assert desk.row().state == "stopped" and desk.row().signed_id is None
    late = opened(desk)
    desk.client().post(desk.url("cancelar/"))
    with pytest.raises(LookupError):
        late.fetch()


def test_what_is_too_large_is_not_read_to_its_end(desk, monkeypatch):
    program = opened(desk)
    signed = by_hand(program.fetch())
    monkeypatch.setattr("siac.signing.programs._MOST", 2000)
    assert program.store(signed).startswith("ERR-07")
    assert desk.row().state == "outside"


CALLS = {
    "": "ERR-00",
    "op=check": "OK",
    "op=borrar&v=1_0&id=a": "ERR-01",
    "op=get&v=1_0": "ERR-0",
    "op=put&v=1_0&dat=AAAA": "ERR-0",
    "op=put&v=1_0&id=../../etc&dat=AAAA": "ERR-0",
    "op=get&v=1_0&id=" + "a" * 20: "ERR-0",
    "&" * 1000 + "ñ=%ff": "ERR-00",
}


@pytest.mark.parametrize("asked", CALLS)
def test_odd_calls_are_answered_in_the_words_of_the_protocol(desk, asked):
    for act in ("traer", "guardar"):
        told = call(f"http://x/{desk.house.slug}/firma/autofirma/{act}/", asked)
        assert told.startswith(CALLS[asked]), act


def test_a_body_that_does_not_want_it_has_no_link(signing):
    assert "AutoFirma abre" not in words(signing.client().get(signing.url()))
    page = signing.client().post(signing.url("autofirma/"), follow=True)
    assert "no firma con ese programa" in words(page) and "afirma://" not in page.content.decode()
    assert PortTicket.objects.count() == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UNIT_OFFICER])
def test_who_may_not_sign_opens_no_program(desk, role):
    assert desk.client(role).post(desk.url("autofirma/")).status_code in (403, 404)
    assert PortTicket.objects.count() == 0


def test_a_document_that_is_signed_already_is_not_opened(desk):
    opened(desk).run(by_hand)
    page = words(desk.client().post(desk.url("autofirma/"), follow=True))
    assert "Alguien ya pidió la firma" in page


def test_opening_it_costs_little(desk):
    told = {
        "institution": desk.house.institution, "kind": "respuesta", "subject_id": desk.message, "title": "A",
        "port": Port.AUTOFIRMA, "actor": desk.house.user(Role.AUTHORITY), "now": NOW,
    }  # fmt: skip
    open_program(**told)
    with at_most(14):
        open_program(**told)
