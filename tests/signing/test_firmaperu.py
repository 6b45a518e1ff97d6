# SPDX-License-Identifier: EUPL-1.2
"""Firma Perú: a page sends the program on a desk a form; it asks what to sign, fetches it, brings it back."""

import json
import re
from datetime import timedelta
from html import unescape

import jwt
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.public import Case
from siac.journal.public import JournalEntry, verify_institution
from siac.kernel.errors import Refused
from siac.organizations.models import Membership
from siac.signing import programs_peru
from siac.signing.commands import porting
from siac.signing.commands.admitting import AHEAD, renew_admissions
from siac.signing.commands.ports import save_port
from siac.signing.domain.ports import Port
from siac.signing.models import PortTicket, SigningPort
from siac.signing.ports.firmaperu import PlatformRefused, token_in
from tests.factories import NOW
from tests.signing.programs import FirmaPeru, Platform, firmagob, path_of
from tests.signing.test_signed_elsewhere import by_hand, changed, painted
from tests.words import words

pytestmark = pytest.mark.django_db
SECRET = "un secreto de Firma Perú que no se dice"


@pytest.fixture(scope="module")
def platform_here():
    with firmagob(by_hand, Platform) as own:
        yield own


@pytest.fixture
def platform(platform_here, monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8")
    platform_here.manner, platform_here.calls, platform_here.claims = "", 0, {}
    return platform_here


def told(platform, **other):
    return {
        "port": Port.FIRMAPERU, "is_active": True, "address": platform.url, "token_key": "cliente-1",
        "secret": SECRET, "actor": None, "now": NOW, **other,
    }  # fmt: skip


@pytest.fixture
def peru(signing, platform):
    """A body that signs with Firma Perú, and has leave to."""
    save_port(institution=signing.house.institution, **told(platform))
    assert renew_admissions(now=timezone.now()) == 1
    return signing


def opened(peru, role=Role.AUTHORITY) -> FirmaPeru:
    page = peru.client(role).post(peru.url("firmaperu/"))
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    found = re.search(r'name="param" value="([^"]+)"', page.content.decode())
    assert found
    return FirmaPeru(unescape(found.group(1)), Client(enforce_csrf_checks=True))


def test_a_document_goes_to_the_program_and_comes_back_signed(peru, platform, judged):
    assert "Firmar con Firma Perú" in words(peru.client().get(peru.url()))
    program = opened(peru)
    assert program.run(by_hand).content == b"ok"
    row = peru.row()
    assert (row.state, row.way, row.trouble, row.original_id) == ("done", "firmaperu", "", None)
    assert "Signature is Valid." in judged(peru.content())
    assert "Ana Rojas" in words(peru.client().get(peru.url()))
    assert program.told["signatureFormat"] == "PAdES" and program.told["signatureLevel"] == "B"
    assert program.told["token"].count(".") == 2
    assert platform.asked == {"client_id": "cliente-1", "client_secret": SECRET} and platform.calls == 1
    assert SECRET not in json.dumps(program.told)
    assert list(verify_institution(row.institution_id).problems) == []


def test_only_its_page_may_send_anything_to_the_desk(peru):
    page = peru.client().post(peru.url("firmaperu/"))
    assert "form-action 'self' http://localhost:48596" in page["Content-Security-Policy"]
    assert "script-src" not in page["Content-Security-Policy"]
    assert "48596" not in peru.client().get(peru.url())["Content-Security-Policy"]


def test_tokens_are_told_once_kept_nowhere_and_each_is_good_for_its_step_once(peru):
    program = opened(peru)
    assert program.ask().status_code == 200
    tokens = [program.opened["param_token"], program.told["documentToSign"][-20:]]
    tokens.append(program.told["uploadDocumentSigned"][-20:])
    kept = {value for row in PortTicket.objects.values() for value in map(str, row.values())}
    assert len(set(tokens)) == 3 and not set(tokens) & kept
    assert program.ask().status_code == 403
    assert program.client.head(path_of(program.told["documentToSign"])).status_code == 200
    signed = by_hand(program.fetch().content)
    assert program.fetch().status_code == 403
    crossed = program.told["documentToSign"].replace(tokens[1], tokens[2])
    assert program.client.get(path_of(crossed)).status_code == 403
    assert program.store(signed).status_code == 200
    assert program.store(signed).status_code == 403


def test_after_a_quarter_of_an_hour_and_at_another_body_nothing_opens(peru, other_house):
    program = opened(peru)
    program.opened["param_url"] = program.opened["param_url"].replace(peru.house.slug, other_house.slug)
    assert program.ask().status_code == 403
    late = opened(peru)
    late.ask()
    PortTicket.objects.update(ends_at=NOW - timedelta(days=400))
    assert late.fetch().status_code == 403 and late.store(b"x").status_code == 403


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda paper: by_hand(b"%PDF-1.7 otro"), "upload_another"),
        (lambda paper: paper, "upload_unsigned"),
        (lambda paper: by_hand(changed(paper, painted)), "upload_changed"),
    ],
)
def test_another_file_is_not_kept_and_the_page_says_why(peru, made, code):
    program = opened(peru)
    program.ask()
    paper = program.fetch().content
    sent = made(paper) if code != "upload_another" else b"%PDF-1.7 otro"
    assert program.store(sent).status_code == 422
    row = peru.row()
    assert (row.state, row.trouble, row.signed_id) == ("outside", code, None)
    assert program.store(by_hand(paper)).status_code == 403
    assert opened(peru).run(by_hand).status_code == 200


def test_a_call_without_the_file_or_too_large_is_refused(peru, monkeypatch):
    program = opened(peru)
    program.ask()
    monkeypatch.setattr(programs_peru, "_MOST", 100)
    assert program.store(b"x" * 200).status_code == 413
    monkeypatch.undo()
    assert program.store(by_hand(program.fetch().content), field="otro").status_code == 422


def test_what_the_machine_loses_halfway_can_be_brought_again(peru, monkeypatch):
    program = opened(peru)
    program.ask()
    signed = by_hand(program.fetch().content)

    def dies(**told):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(porting, "bring_back", dies)
        with pytest.raises(OSError, match="no space"):
            program.store(signed)
    assert program.store(signed).status_code == 200


def test_of_two_that_bring_it_at_once_one_counts(peru, monkeypatch):
    program = opened(peru)
    program.ask()
    signed, whole = by_hand(program.fetch().content), porting.bring_back

    def second_first(**told):
        monkeypatch.setattr(porting, "bring_back", whole)
        assert program.store(signed).status_code == 200
        return whole(**told)

    monkeypatch.setattr(porting, "bring_back", second_first)
    assert program.store(signed).status_code == 403
    assert (peru.row().state, peru.row().trouble) == ("done", "")


def test_who_lost_the_right_meanwhile_brings_nothing_back(peru):
    program = opened(peru)
    program.ask()
    signed = by_hand(program.fetch().content)
    Membership.objects.filter(user=peru.house.user(Role.AUTHORITY)).delete()
    assert program.store(signed).status_code == 403
    assert peru.row().state == "outside"


@pytest.mark.parametrize(
    ("manner", "why"),
    [
        ("away", "la plataforma no contesta"),
        ("refuses", "la plataforma no reconoce las credenciales del organismo"),
        ("garbage", "lo que contesta la plataforma no es un permiso para firmar"),
    ],
)
def test_without_leave_of_the_platform_nothing_is_opened_and_pages_say_why(signing, platform, manner, why):
    platform.manner = manner
    save_port(institution=signing.house.institution, **told(platform))
    page = signing.client().post(signing.url("firmaperu/"), follow=True)
    assert "todavía no dio permiso" in words(page)
    assert renew_admissions(now=timezone.now()) == 0
    said = f"No se pudo obtener el permiso de Firma Perú: {why}"
    setup = reverse("workspace:signing:setup", args=[signing.house.slug])
    port = reverse("workspace:signing:port", args=[signing.house.slug, "firmaperu"])
    admin = signing.client(Role.ADMINISTRATOR)
    pages = [
        signing.client().post(signing.url("firmaperu/"), follow=True), signing.client().get(signing.url()),
        admin.get(setup), admin.get(port),
    ]  # fmt: skip
    assert [said in words(page) for page in pages] == [True] * 4
    assert not [page for page in pages if SECRET in page.content.decode() or "HTTP" in words(page)]
    assert PortTicket.objects.count() == 0 and platform.calls == 1
    platform.manner = ""
    assert renew_admissions(now=timezone.now()) == 1
    assert "No se pudo" not in words(admin.get(setup)) + words(signing.client().get(signing.url()))
    assert opened(signing).run(by_hand).status_code == 200


def test_who_signs_reads_of_no_trouble_while_the_leave_of_before_holds(peru, platform):
    platform.manner = "refuses"
    until = SigningPort.objects.get(port=Port.FIRMAPERU).admission_until
    assert renew_admissions(now=until - timedelta(minutes=1)) == 0
    setup = peru.client(Role.ADMINISTRATOR).get(reverse("workspace:signing:setup", args=[peru.house.slug]))
    assert "Por revisar" in words(setup) and "No se pudo" not in words(peru.client().get(peru.url()))
    assert opened(peru).run(by_hand).status_code == 200


def test_leave_is_renewed_before_it_ends_and_is_of_one_address_only(signing, platform):
    body, now = signing.house.institution, NOW
    save_port(institution=body, **told(platform))
    platform.claims = {"exp": int((now + timedelta(hours=1)).timestamp())}
    assert [renew_admissions(now=now), renew_admissions(now=now)] == [1, 0]
    assert renew_admissions(now=now + timedelta(hours=1) - AHEAD) == 1
    with pytest.raises(Refused, match="port_kept"):
        save_port(institution=body, **told(platform, address=f"{platform.url}/otra", secret=""))
    save_port(institution=body, **told(platform, address=f"{platform.url}/otra"))
    row = SigningPort.objects.get(port=Port.FIRMAPERU)
    assert (bytes(row.admission), row.admission_until) == (b"", None)


def test_one_address_that_says_nothing_is_asked_once_in_a_turn(signing, other_house, platform):
    for house in (signing.house, other_house):
        save_port(institution=house.institution, **told(platform))
    platform.manner = "away"
    assert renew_admissions(now=NOW) == 0 and platform.calls == 1


@pytest.mark.parametrize(
    "content",
    [
        b"", b"a.b.c", b"\xff", b"no es un token", b"a.e30", b"a." + b"W10" + b".c",
        jwt.encode({"exp": 1}, SECRET).encode(), jwt.encode({"exp": 10**18}, SECRET).encode(),
    ],
)  # fmt: skip
def test_what_is_no_token_is_refused(content):
    with pytest.raises(PlatformRefused):
        token_in(content, NOW)


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.AUDITOR])
def test_who_may_not_sign_opens_nothing(peru, role):
    assert peru.client(role).post(peru.url("firmaperu/")).status_code in (403, 404)
    assert PortTicket.objects.count() == 0


def test_what_the_program_asks_is_no_reading_of_a_closed_request_by_whoever_opened_it(peru):
    Case.objects.filter(pk=peru.case.pk).update(is_restricted=True, assignee=peru.house.user(Role.AUTHORITY))
    program = opened(peru)
    read = JournalEntry.objects.filter(kind="access.read")
    [by_opening] = read
    assert by_opening.data["subject"] == peru.case.stream
    assert program.run(by_hand).status_code == 200
    assert read.count() == 1
