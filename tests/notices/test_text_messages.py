# SPDX-License-Identifier: EUPL-1.2
"""Text messages through a gateway that may refuse, break off, drip or talk nonsense."""

import io
import json
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import Role, User
from siac.infra import outside_http
from siac.journal.public import check_seal, history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.channels import sms
from siac.notices.channels.sms import STATUS
from siac.notices.models import Notice
from siac.notices.public import (
    Address,
    queue,
    register_kind,
    register_recipient,
    resend,
    send_due,
    settle_broken_off,
    switch_texts,
    text_months,
)
from siac.notices.queries import texts_trouble
from siac.organizations.models import Membership
from tests.notices.gateway import running

TEXT = "Recibimos su solicitud. Siga en https://example.org/x"
LATER = timedelta(minutes=5)


@pytest.fixture
def gateway(monkeypatch):
    with running() as (own, address):
        monkeypatch.setenv("SIAC_MAIL", "smtp")
        monkeypatch.setenv("SIAC_SMTP_URL", "smtp://127.0.0.1:1")
        monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.1")
        monkeypatch.setenv("SIAC_SMS_URL", address)
        monkeypatch.setenv("SIAC_SMS_HEADER", "Authorization: Bearer abc")
        monkeypatch.setenv("SIAC_SMS_FROM", "MUNI")
        monkeypatch.setenv("SIAC_SMS_PRICE", "8500")
        monkeypatch.setenv("SIAC_SMS_CURRENCY", "CLP")
        yield own


@pytest.fixture
def people(body, now):
    """Who can be reached how: 1 by mail, 2 by mobile, 3 by a telephone on a wall, 4 not at all."""
    known = {
        1: Address("p@ejemplo.org", "Ana", "9 8765 4321"),
        2: Address("", "Ana", "9 8765 4321"),
        3: Address("", "Ana", "2 2345 6789"),
        4: Address(),
    }
    register_recipient("reached", lambda institution, pk: known.get(pk))
    register_kind(
        "t.short",
        lambda n: ("Recibimos", "Todo el texto"),
        title="Corto",
        short=lambda n: ("Recibimos", TEXT),
    )
    switch_texts(body.pk, is_on=True, actor_id=4, now=now)


def put(body, now, kind="t.short", who=2, channel="email") -> Notice:
    return queue(body.pk, kind, f"reached:{who}", channel, "case", 1, {"folio": "2026-1"}, now)


def reload(notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def outcomes(notice) -> list[str]:
    return list(notice.attempts.order_by("pk").values_list("outcome", flat=True))


@pytest.fixture
def sent(body, now, people, gateway) -> Notice:
    notice = put(body, now)
    assert send_due(lambda: now) == 1
    return reload(notice)


def test_who_has_a_mobile_and_no_mail_gets_a_text_with_its_cost_and_number(body, now, sent, gateway) -> None:
    assert (sent.state, sent.channel, sent.body, sent.sent_at) == ("sent", "sms", TEXT, now)
    assert (sent.parts, sent.cost, sent.currency, sent.given_id) == (1, 8500, "CLP", "m-1")
    (told,) = gateway.taken
    assert told["to"] == "+56987654321"
    assert (told["text"], told["from"]) == (TEXT, "MUNI")
    where, token = told["callback"].rstrip("/").rsplit("/", 1)
    assert where.endswith("/api/avisos")
    assert STATUS.unsign(unquote(token)) == str(sent.pk)
    assert told["reference"] in sent.message_id
    assert gateway.headers[0]["Authorization"] == "Bearer abc"
    assert gateway.headers[0]["Idempotency-Key"] == told["reference"]
    (entry,) = history(body.pk, f"notice:{sent.pk}")
    assert (entry.kind, entry.data["channel"], entry.data["cost"]) == ("notices.sent", "sms", 8500)
    assert check_seal(f"{sent.subject_line}\n{sent.body}", entry.data["digest"], sent.salt)
    assert "98765" not in json.dumps(entry.data) + str(list(sent.attempts.values()))
    assert verify_institution(body.pk).problems == []


def test_whoever_has_a_mail_gets_the_mail(body, now, people, gateway, mailbox) -> None:
    notice = put(body, now, who=1)
    send_due(lambda: now)
    row = reload(notice)
    assert (row.state, row.channel, row.parts, row.cost) == ("sent", "email", None, None)
    assert len(mailbox.taken) == 1 and gateway.taken == []
    (entry,) = history(body.pk, f"notice:{notice.pk}")
    assert set(entry.data) == {"digest", "kind"}


@pytest.mark.parametrize(
    ("kind", "who", "channel", "outcome"),
    [
        ("t.short", 3, "email", "no_address"),
        ("t.short", 4, "email", "no_address"),
        ("t.short", 1, "sms", "accepted"),
        ("t.short", 3, "sms", "no_address"),
        ("t.answer", 2, "email", "no_address"),  # nothing short to say
        ("t.answer", 2, "sms", "unknown_kind"),
    ],
)
def test_whom_a_text_reaches(body, now, people, gateway, kind, who, channel, outcome) -> None:
    notice = put(body, now, kind, who, channel)
    send_due(lambda: now)
    assert outcomes(notice) == [outcome]


def test_a_body_that_has_not_switched_it_on_sends_none(body, now, people, gateway) -> None:
    switch_texts(body.pk, is_on=False, actor_id=4, now=now)
    one, other = put(body, now), put(body, now, channel="sms")
    send_due(lambda: now)
    assert outcomes(one) == outcomes(other) == ["no_address"]
    assert gateway.taken == []
    switch_texts(body.pk, is_on=False, actor_id=4, now=now)
    told = [(entry.kind, entry.data["on"]) for entry in history(body.pk, "notices")]
    assert told == [("notices.channel_switched", True), ("notices.channel_switched", False)]


def test_without_a_gateway_nobody_switches_it_on(body, now, monkeypatch) -> None:
    monkeypatch.setenv("SIAC_MAIL", "smtp")
    monkeypatch.delenv("SIAC_SMS_URL", raising=False)
    with pytest.raises(Refused, match="no_text_gateway"):
        switch_texts(body.pk, is_on=True, actor_id=4, now=now)


@pytest.mark.parametrize(
    ("status", "content", "state", "outcome"),
    [
        (200, b'{"id": 17}', "sent", "accepted"),
        (200, b"[]", "sent", "accepted"),
        (200, b"", "uncertain", "uncertain"),
        (200, b"<html>Bienvenido</html>", "uncertain", "uncertain"),
        (200, b"[" * 60_000, "uncertain", "uncertain"),
        (200, b'{"id": "' + b"x" * 100_000 + b'"}', "uncertain", "uncertain"),
        (200, b'{"id": {"a": [1]}}', "sent", "accepted"),
        (200, b'{"id": "a\\u0000\\u202eb"}', "sent", "accepted"),
        (400, b'{"error": "bad number +56 9 8765 4321"}', "failed", "rejected"),
        (422, b"x" * 100_000, "failed", "rejected"),
        (401, b"{}", "pending", "retry"),
        (429, b"{}", "pending", "retry"),
        (302, b"", "pending", "retry"),
        (503, b"\xff\xfe", "pending", "retry"),
    ],
)
def test_whatever_the_gateway_answers_ends_that_message_alone(
    body, now, people, gateway, status, content, state, outcome
) -> None:
    gateway.status, gateway.content = status, content
    gateway.manner = "elsewhere" if status == 302 else ""
    first = put(body, now)
    assert send_due(lambda: now, 1) == 1
    assert (reload(first).state, outcomes(first)) == (state, [outcome])
    assert len(gateway.taken) == 1
    said = first.attempts.get().server_answer
    assert "8765" not in said and "\x00" not in reload(first).given_id and len(said) <= 500
    gateway.status, gateway.content, gateway.manner = 202, b'{"id": "m-2"}', ""
    second = put(body, now)
    send_due(lambda: now)
    assert reload(second).given_id == "m-2"


@pytest.mark.parametrize("manner", ["hangs up", "says nothing", "drips"])
def test_a_text_that_may_have_gone_is_never_sent_again_by_itself(
    body, now, people, gateway, monkeypatch, manner
) -> None:
    monkeypatch.setattr(sms, "post", lambda *args: outside_http.post(*args, seconds=0.5))
    gateway.manner = manner
    notice = put(body, now)
    send_due(lambda: now)
    row = reload(notice)
    assert (row.state, row.cost, outcomes(notice)) == ("uncertain", 8500, ["uncertain"])
    assert send_due(lambda: now + timedelta(days=1)) == 0
    gateway.manner = ""
    resend(body.pk, notice.pk, actor_id=4, now=now)
    send_due(lambda: now)
    assert (reload(notice).state, reload(notice).cost) == ("sent", 17_000)
    assert len({told["reference"] for told in gateway.taken}) == 1


def test_a_worker_that_died_while_sending_leaves_it_to_staff(body, now, people, gateway) -> None:
    notice = put(body, now)
    Notice.objects.filter(pk=notice.pk).update(state="sending", channel="sms", due_at=now)
    assert settle_broken_off(now + timedelta(minutes=11)) == 1
    assert reload(notice).state == "uncertain"


@pytest.mark.parametrize(
    "changes",
    [
        {"SIAC_SMS_URL": "http://127.0.0.1:1/"},
        {"SIAC_SMS_URL": "ftp://x/"},
        {"SIAC_SMS_URL": "http://127.0.0.1:99999/"},
        {"SIAC_SMS_URL": "http://127.0.0.1:9/a b\tc"},
        {"SIAC_OUTSIDE_ALLOWED": ""},
        {"SIAC_SMS_HEADER": "no colon"},
        {"SIAC_SMS_BODY": "{to}"},
        {"SIAC_SMS_PRICE": "8.5"},
        {"SIAC_SMS_CURRENCY": "pesos"},
    ],
)
def test_what_the_operator_can_mend_waits(body, now, people, gateway, monkeypatch, changes) -> None:
    kept = {name: sms.text(name) for name in changes if name != "SIAC_SMS_BODY"}
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    notice = put(body, now)
    send_due(lambda: now)
    assert (reload(notice).state, outcomes(notice), gateway.taken) == ("pending", ["retry"], [])
    monkeypatch.delenv("SIAC_SMS_BODY", raising=False)
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    send_due(lambda: now + LATER)
    assert reload(notice).state == "sent"


def test_a_gateway_that_speaks_no_tls_gets_neither_text_nor_key(
    body, now, people, gateway, monkeypatch
) -> None:
    monkeypatch.setenv("SIAC_SMS_URL", sms.text("SIAC_SMS_URL").replace("http:", "https:"))
    notice = put(body, now)
    send_due(lambda: now)
    assert (reload(notice).state, outcomes(notice), gateway.taken) == ("pending", ["retry"], [])


def test_the_json_is_that_of_the_gateway_and_no_text_changes_its_shape(
    body, now, people, gateway, monkeypatch
) -> None:
    monkeypatch.setenv(
        "SIAC_SMS_BODY", '{"messages": [{"dst": "{to}", "body": "{text}!", "n": 1}], "x": null}'
    )
    monkeypatch.setenv("SIAC_SMS_ID", "messages.0.id")
    gateway.content = b'{"messages": [{"id": "z9"}]}'
    register_kind(
        "t.short", lambda n: ("A", "B"), title="Corto", short=lambda n: ("A", '{to} "comillas" \\ {from}')
    )
    notice = put(body, now)
    send_due(lambda: now)
    assert gateway.taken == [
        {"messages": [{"dst": "+56987654321", "body": '{to} "comillas" \\ {from}!', "n": 1}], "x": None}
    ]
    assert reload(notice).given_id == "z9"


def test_the_demonstration_shows_texts(body, now, people, gateway, monkeypatch) -> None:
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    notice = put(body, now)
    send_due(lambda: now)
    row = reload(notice)
    assert (row.state, row.channel, row.body, row.parts) == ("shown", "sms", TEXT, 1)
    assert gateway.taken == []


def report(client, notice, **data):
    return client.post(reverse("notice_status", args=[STATUS.sign(str(notice.pk))]), **data)


def test_a_report_is_kept_as_proof(client, body, now, sent) -> None:
    assert report(client, sent, data={"status": "queued"}, content_type="application/json").status_code == 204
    assert reload(sent).delivered_at is None
    assert (
        report(client, sent, data={"status": "DELIVRD"}, content_type="application/json").status_code == 204
    )
    first = reload(sent).delivered_at
    assert first is not None
    report(client, sent, data={"status": "failed"})
    report(client, sent, data={"status": "delivered"})
    assert (reload(sent).delivered_at, reload(sent).state) == (first, "sent")
    assert [entry.kind for entry in history(body.pk, f"notice:{sent.pk}")] == [
        "notices.sent",
        "notices.delivered",
    ]


def test_a_text_that_did_not_arrive_stands_as_failed_and_is_counted(client, body, now, sent) -> None:
    assert report(client, sent, data={"status": "undelivered"}).status_code == 204
    row = reload(sent)
    assert (row.state, row.bounce, row.delivered_at) == ("failed", "undelivered", None)
    assert texts_trouble(now) == "1 failed within a day"
    assert texts_trouble(now + timedelta(days=2)) is None


def test_what_arrived_had_gone_out(client, body, now, people, gateway) -> None:
    gateway.content = b"ok"
    notice = put(body, now)
    send_due(lambda: now)
    assert reload(notice).state == "uncertain"
    report(client, notice, data={"status": "delivered"})
    assert reload(notice).state == "sent"


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"", "application/json"),
        (b"[" * 9_000, "application/json"),
        (b'{"status": ["delivered"]}', "application/json"),
        (b'"delivered"', "application/json"),
        (b"\xff", "text/plain"),
        (b"status=%ff%00", "application/x-www-form-urlencoded"),
    ],
)
def test_nonsense_is_thanked_for_and_forgotten(client, body, now, sent, content, media) -> None:
    assert report(client, sent, data=content, content_type=media).status_code == 204
    assert (reload(sent).state, reload(sent).delivered_at) == ("sent", None)


def test_only_the_address_we_signed_takes_a_report(client, body, now, sent) -> None:
    for token in (str(sent.pk), STATUS.sign(str(sent.pk))[:-1] + "x", STATUS.sign("x")):
        assert client.post(reverse("notice_status", args=[token]), {"status": "failed"}).status_code == 404
    assert report(client, sent, data=b"x" * 20_000, content_type="text/plain").status_code == 413
    assert client.get(reverse("notice_status", args=[STATUS.sign(str(sent.pk))])).status_code == 405
    assert reload(sent).state == "sent"


@pytest.fixture
def manager(body, client):
    user = User.objects.create_user("calidad@ejemplo.org", name="Calidad")
    Membership.objects.create(institution=body, user=user, role=Role.QUALITY_MANAGER)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return user


def test_a_body_sees_what_it_sent_and_what_it_cost(client, body, now, sent, manager, gateway) -> None:
    gateway.status = 400
    put(body, now)
    send_due(lambda: now)
    (month,) = text_months(body.pk, body.zone, since=now - timedelta(days=40))
    assert (month.month.isoformat(), month.sent, month.failed, month.parts) == ("2026-03-01", 1, 1, 1)
    assert month.costs == {"CLP": 8500}
    Notice.objects.update(created_at=timezone.now())
    page = client.get(reverse("workspace:outbox:text_messages", args=[body.slug])).content.decode()
    assert "CLP 8,5" in page and "Dejar de" in page
    shown = client.get(reverse("workspace:outbox:notice", args=[body.slug, sent.pk])).content.decode()
    assert "m-1" in shown and "Mensaje de texto" in shown and "CLP 8,5" in shown


def test_it_is_switched_on_the_page(client, body, now, gateway, manager) -> None:
    address = reverse("workspace:outbox:text_switch", args=[body.slug])
    page = reverse("workspace:outbox:text_messages", args=[body.slug])
    assert "Todavía no se ha enviado ninguno" in client.get(page).content.decode()
    assert "Desde ahora" in client.post(address, {"enviar": "si"}, follow=True).content.decode()
    assert "Dejar de" in client.get(page).content.decode()
    assert "Ya no se envían" in client.post(address, {"enviar": "no"}, follow=True).content.decode()
    Membership.objects.filter(institution=body).update(role=Role.AUDITOR)
    assert client.get(page).status_code == 200
    assert client.post(address, {"enviar": "si"}).status_code == 403


def test_a_test_message_by_hand(gateway, monkeypatch) -> None:
    out = io.StringIO()
    call_command("sms", "test", "+56 9 8765 4321", stdout=out)
    assert "m-1" in out.getvalue() and "8500" in out.getvalue()
    assert gateway.taken[0]["to"] == "+56987654321"
    with pytest.raises(CommandError, match="no es un teléfono"):
        call_command("sms", "test", "987654321")
    gateway.status = 401
    with pytest.raises(CommandError, match="401"):
        call_command("sms", "test", "+56987654321")
    monkeypatch.delenv("SIAC_SMS_URL")
    with pytest.raises(CommandError, match="SIAC_SMS_URL"):
        call_command("sms", "test", "+56987654321")
