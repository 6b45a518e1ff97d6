# SPDX-License-Identifier: EUPL-1.2
"""FirmaGob: a service signs, asked by the job; it is away, refuses, or answers oddly."""

import pytest

from siac.accounts.public import Role
from siac.infra import crypto
from siac.journal.models import JournalEntry
from siac.kernel.errors import Refused
from siac.signing.commands.ports import save_port
from siac.signing.commands.silences import LET_BE
from siac.signing.domain.ports import Port
from siac.signing.domain.states import MOST_TRIES
from siac.signing.models import Signature, SigningPort
from siac.signing.port_secrets import reseal_ports, secrets_of
from tests.factories import NOW
from tests.signing.conftest import LATER, signing_of
from tests.signing.programs import FirmaGob, firmagob
from tests.signing.test_signed_elsewhere import by_hand, with_expired
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def service_here():
    with firmagob(by_hand) as own:
        yield own


@pytest.fixture
def service(service_here, monkeypatch) -> FirmaGob:
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8")
    service_here.manner, service_here.calls, service_here.sign = "", 0, by_hand
    return service_here


def told(service, **other):
    return {
        "port": Port.FIRMAGOB, "is_active": True, "address": service.url, "entity": "Puerto Cordillera",
        "run": "22222222", "purpose": "Desatendido", "token_key": "app-1", "secret": service.secret,
        "actor": None, "now": NOW, **other,
    }  # fmt: skip


@pytest.fixture
def asked(signing, service):
    """A signature that FirmaGob was asked for."""
    save_port(institution=signing.house.institution, **told(service))
    page = signing.client().post(signing.url("firmagob/"), follow=True)
    assert "Firma pedida a FirmaGob" in words(page)
    return signing


def test_the_service_signs_and_pdfsig_agrees(asked, service, judged):
    row = asked.run()
    assert (row.state, row.way, row.attempts) == ("done", "firmagob", 1)
    assert "Signature is Valid." in judged(asked.content())
    page = words(asked.client().get(asked.url()))
    assert (
        "Ana Rojas" in page
        and "hágalo en el validador" in page
        and "su certificado estaba vigente entre" in page
    )
    assert service.token["entity"] == "Puerto Cordillera" and service.token["run"] == "22222222"
    assert service.asked["api_token_key"] == "app-1" and service.calls == 1
    assert service.secret not in str(service.asked)


def test_one_that_is_away_is_asked_again_and_in_the_end_somebody_must(asked, service):
    for manner in ("away", "busy"):
        service.manner = manner
        row = asked.run()
        assert (row.state, row.trouble) == ("running", "service_away")
    assert "se vuelve a intentar" in words(asked.client().get(asked.url())).lower()
    type(row).objects.filter(pk=row.pk).update(attempts=MOST_TRIES - 1)
    assert asked.run().state == "failed"
    service.manner = ""
    asked.client().post(asked.url("otra-vez/"))
    assert asked.run().state == "done"


def test_one_that_says_nothing_is_left_after_its_time(asked, service, monkeypatch):
    monkeypatch.setattr("siac.signing.ports.firmagob.SECONDS", 0.3)
    service.manner = "slow"
    row = asked.run()
    assert (row.state, row.trouble) == ("running", "service_away")


def test_one_that_is_silent_holds_the_lane_for_one_body_and_not_for_the_next(
    asked, service, other_house, monkeypatch
):
    other = signing_of(other_house)
    save_port(institution=other_house.institution, **told(service))
    other.client().post(other.url("firmagob/"))
    second, first = Signature.objects.order_by("-pk")
    service.manner = "slow"
    with monkeypatch.context() as short:
        short.setattr("siac.signing.ports.firmagob.SECONDS", 0.3)
        for row in (first, second, first):
            assert asked.run(row).trouble == "service_away"
    assert service.calls == 1 and second.institution_id != first.institution_id
    service.manner = ""
    assert asked.run(second).state == "running"
    assert [asked.run(row, now=LATER + LET_BE).state for row in (second, first)] == ["done", "done"]


ODD = {
    "refuses": ("service_refused", "no firmó el documento"),
    "failed": ("service_refused", "no firmó el documento"),
    "garbage": ("port_garbage", "no es un documento firmado"),
    "empty": ("port_garbage", "no es un documento firmado"),
}


@pytest.mark.parametrize("manner", ODD)
def test_one_that_does_not_sign_leaves_it_to_people(asked, service, manner):
    service.manner = manner
    row = asked.run()
    assert (row.state, row.trouble) == ("failed", ODD[manner][0])
    page = words(asked.client().get(asked.url()))
    assert ODD[manner][1] in page and "Pedir otra vez" in page


def test_a_huge_answer_is_not_read(asked, service, monkeypatch):
    monkeypatch.setattr("siac.signing.commands.serving.MOST_BYTES", 1000)
    service.manner = "huge"
    assert asked.run().trouble == "port_garbage"


WRONG = {
    "upload_expired": with_expired,
    "upload_another": lambda out: by_hand(out)[1:],
    "upload_unsigned": lambda out: out,
}


@pytest.mark.parametrize("code", WRONG)
def test_another_file_is_not_kept(asked, service, code):
    service.sign = WRONG[code]
    row = asked.run()
    assert (row.state, row.trouble, row.signed_id) == ("failed", code, None)


def test_what_was_switched_off_meanwhile_is_not_asked(asked, service):
    SigningPort.objects.update(is_active=False)
    row = asked.run()
    assert (row.state, row.trouble, service.calls) == ("failed", "port_closed", 0)
    assert "ya no firma con FirmaGob" in words(asked.client().get(asked.url()))


def test_a_secret_that_cannot_be_read_here_says_so(asked, service):
    SigningPort.objects.update(sealed=b"\x01" + b"0" * 60)
    assert asked.run().trouble == "port_key" and service.calls == 0


def test_an_address_within_is_not_reached(asked, service, monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "")
    assert asked.run().trouble in {"service_refused", "service_away"} and service.calls == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.UNIT_OFFICER])
def test_who_may_not_sign_asks_no_service(signing, service, role):
    save_port(institution=signing.house.institution, **told(service))
    assert signing.client(role).post(signing.url("firmagob/")).status_code in (403, 404)


def test_a_body_without_it_asks_none(signing):
    page = words(signing.client().post(signing.url("firmagob/"), follow=True))
    assert "no firma con ese programa" in page


# How a body sets it up


def page_of(signing, port="firmagob"):
    return f"/{signing.house.slug}/gestion/configuracion/firma/con/{port}/"


def typed(service, **other):
    fields = {key: value for key, value in told(service).items() if isinstance(value, str) and key != "port"}
    return {**fields, "is_active": "on", **other}


def test_who_administers_sets_it_up_and_the_secret_never_comes_out(signing, service):
    client = signing.client(Role.ADMINISTRATOR)
    page = client.post(page_of(signing), typed(service), follow=True)
    assert "Guardado." in words(page) and "En uso" in words(page)
    row = SigningPort.objects.get()
    assert secrets_of(row) == {"token_key": "app-1", "secret": service.secret}
    shown = client.get(page_of(signing)).content.decode()
    assert service.secret not in shown and "app-1" not in shown and "Puerto Cordillera" in shown
    client.post(page_of(signing), typed(service, secret="", token_key="", run="333"))
    row.refresh_from_db()
    assert row.run == "333" and secrets_of(row)["secret"] == service.secret
    told = [entry.data for entry in JournalEntry.objects.filter(kind="signing.port_saved")]
    assert len(told) == 2 and service.secret not in str(told)


def test_a_secret_is_not_told_to_another_address(signing, service):
    save_port(institution=signing.house.institution, **told(service))
    other = {"address": "https://otra.ejemplo.cl/firma", "secret": "", "token_key": ""}
    page = signing.client(Role.ADMINISTRATOR).post(page_of(signing), typed(service, **other))
    assert page.status_code == 422 and "escriba otra vez el código y el secreto" in words(page)


REFUSED = {
    "port_address": {"address": "ftp://x.cl"},
    "port_run": {"run": "22.222.222-2"},
    "port_missing": {"entity": ""},
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_is_refused_and_kept_as_typed(signing, service, code):
    with pytest.raises(Refused, match=code):
        save_port(institution=signing.house.institution, **told(service, **REFUSED[code]))
    page = signing.client(Role.ADMINISTRATOR).post(page_of(signing), typed(service, **REFUSED[code]))
    assert page.status_code == 422 and "Desatendido" in page.content.decode()
    assert SigningPort.objects.count() == 0


def test_a_program_needs_only_to_be_switched_on(signing):
    client = signing.client(Role.ADMINISTRATOR)
    client.post(page_of(signing, "autofirma"), {"is_active": "on"})
    assert SigningPort.objects.get().is_active
    client.post(page_of(signing, "autofirma"), {})
    assert not SigningPort.objects.get().is_active
    assert client.get(page_of(signing, "otro")).status_code == 404
    assert signing.client().get(page_of(signing)).status_code == 403


def test_what_opens_the_service_is_sealed_anew_with_a_new_key(signing, service, monkeypatch):
    save_port(institution=signing.house.institution, **told(service))
    ring = crypto.vault_keys()
    monkeypatch.setattr(crypto, "vault_keys", lambda: crypto.Keyring(b"n" * 32, ring.all))
    assert (reseal_ports(), reseal_ports()) == (1, 0)
    monkeypatch.setattr(crypto, "vault_keys", lambda: crypto.Keyring(b"n" * 32))
    assert secrets_of(SigningPort.objects.get())["secret"] == service.secret
