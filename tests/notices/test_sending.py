# SPDX-License-Identifier: EUPL-1.2
import asyncio
import email
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from email.policy import default

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.journal.public import check_seal, history, verify_institution
from siac.kernel.errors import Refused
from siac.notices.models import Attempt, Notice
from siac.notices.public import (
    NewNotice,
    cancel,
    erase_notices,
    mark_sent,
    note_bounce,
    notice_with_attempts,
    outbox,
    queue,
    queue_many,
    resend,
    send_due,
    settle_broken_off,
)
from tests.sql_counts import exactly


def put(body, now, kind="t.receipt", recipient="test:7", channel="email") -> Notice:
    return queue(body.pk, kind, recipient, channel, "case", 1, {"folio": "2026-1"}, now)


def reload(notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def outcomes(notice) -> list[str]:
    return list(notice.attempts.order_by("pk").values_list("outcome", flat=True))


def test_queueing_is_part_of_the_transaction(body, now) -> None:
    with exactly(1):
        put(body, now)
    with exactly(1):
        queue_many(
            body.pk, [NewNotice("t.receipt", f"test:{n}", "email", "case", n) for n in range(300)], now
        )
    before = ProcrastinateJob.objects.count()
    assert before == 2

    def fail() -> None:
        with transaction.atomic():
            put(body, now)
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    assert (Notice.objects.count(), ProcrastinateJob.objects.count()) == (301, before)


def test_a_notice_goes_out_with_its_proof(body, now, mailbox) -> None:
    notice = put(body, now)
    assert send_due(lambda: now) == 1
    sent = reload(notice)
    assert (sent.state, sent.sent_at, outcomes(notice)) == ("sent", now, ["accepted"])
    assert "250" in notice.attempts.get().server_answer
    message = email.message_from_bytes(mailbox.taken[0], policy=default)
    assert message["Message-ID"] == notice.message_id
    assert message["To"] == "Ana Núñez <p7@ejemplo.org>"
    assert "Municipalidad, de Ñuñoa" in message["From"]
    assert message["Subject"] == "Recibimos 2026-1"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "&lt;b&gt;" in message.get_body(("html",)).get_content()
    assert '<a href="https://example.org/x"' in message.get_body(("html",)).get_content()
    (entry,) = history(body.pk, f"notice:{notice.pk}")
    assert entry.kind == "notices.sent"
    assert check_seal(f"{sent.subject_line}\n{sent.body}", entry.data["digest"], sent.salt)
    assert "Ana" not in str(entry.data)
    assert send_due(lambda: now) == 0


def test_no_text_can_add_a_header(body, now, mailbox) -> None:
    put(body, now, "t.evil")
    send_due(lambda: now)
    message = email.message_from_bytes(mailbox.taken[0], policy=default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Asunto Bcc: x@y.org"


@pytest.mark.parametrize(
    ("rcpt", "data", "state", "outcome"),
    [
        ("550 no such user", "250 OK", "failed", "rejected"),
        ("250 OK", "554 spam", "failed", "rejected"),
        ("451 later", "250 OK", "pending", "retry"),
        ("250 OK", "452 full", "pending", "retry"),
    ],
)
def test_what_the_server_refuses(body, now, mailbox, rcpt, data, state, outcome) -> None:
    mailbox.rcpt, mailbox.data = rcpt, data
    notice = put(body, now)
    send_due(lambda: now)
    assert (reload(notice).state, outcomes(notice)) == (state, [outcome])
    assert (rcpt if rcpt[0] != "2" else data) in notice.attempts.get().server_answer


def test_a_dead_server_loses_nothing(body, now, mailbox, monkeypatch) -> None:
    live = os.environ["SIAC_SMTP_URL"]
    monkeypatch.setenv("SIAC_SMTP_URL", "smtp://127.0.0.1:1")
    notice = put(body, now)
    assert send_due(lambda: now) == 1
    assert send_due(lambda: now) == 0, "not before its time"
    assert send_due(lambda: now + timedelta(minutes=2)) == 1
    monkeypatch.setenv("SIAC_SMTP_URL", live)
    assert send_due(lambda: now + timedelta(minutes=9)) == 1
    assert (reload(notice).state, outcomes(notice)) == ("sent", ["retry", "retry", "accepted"])


def test_after_three_days_it_has_failed_and_staff_may_send_again(body, now, mailbox, monkeypatch) -> None:
    live = os.environ["SIAC_SMTP_URL"]
    monkeypatch.setenv("SIAC_SMTP_URL", "smtp://127.0.0.1:1")
    notice, late = put(body, now), now + timedelta(days=3)
    send_due(lambda: late)
    assert reload(notice).state == "failed"
    resend(body.pk, notice.pk, actor_id=4, now=late)
    assert send_due(lambda: late) == 1
    assert reload(notice).state == "pending"
    monkeypatch.setenv("SIAC_SMTP_URL", live)
    send_due(lambda: late + timedelta(hours=1))
    assert reload(notice).state == "sent"


@pytest.mark.parametrize(("kind", "state"), [("t.receipt", "pending"), ("t.answer", "uncertain")])
def test_a_break_after_the_text_is_settled_by_the_rule_of_the_kind(body, now, mailbox, kind, state) -> None:
    mailbox.drop_after_data = True
    notice = put(body, now, kind)
    send_due(lambda: now)
    assert (reload(notice).state, outcomes(notice)) == (state, ["uncertain"])
    mailbox.drop_after_data = False
    if state == "uncertain":
        resend(body.pk, notice.pk, actor_id=4, now=now)
    send_due(lambda: now + timedelta(minutes=5))
    assert reload(notice).state == "sent"
    ids = {email.message_from_bytes(m)["Message-ID"] for m in mailbox.taken}
    assert (len(mailbox.taken), ids) == (2, {notice.message_id})


@pytest.mark.parametrize(
    ("kind", "recipient", "outcome"),
    [
        ("t.receipt", "test:0", "no_address"),
        ("t.receipt", "nobody:1", "no_address"),
        ("t.receipt", "nonsense", "no_address"),
        ("t.unknown", "test:1", "unknown_kind"),
        ("t.broken", "test:1", "render_error"),
    ],
)
def test_what_cannot_be_sent_is_shown_as_failed(body, now, mailbox, caplog, kind, recipient, outcome) -> None:
    caplog.set_level("CRITICAL")
    notice = put(body, now, kind, recipient)
    put(body, now)
    assert send_due(lambda: now) == 2
    assert (reload(notice).state, outcomes(notice)) == ("failed", [outcome])
    assert len(mailbox.taken) == 1


def test_the_demo_shows_instead_of_sending(body, now, mailbox, monkeypatch) -> None:
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    notice = put(body, now)
    send_due(lambda: now)
    assert (reload(notice).state, reload(notice).subject_line, mailbox.taken) == (
        "shown",
        "Recibimos 2026-1",
        [],
    )


def test_letters_wait_for_staff(body, now, mailbox) -> None:
    letter = put(body, now, channel="letter")
    assert put(body, now, channel="none").state == "shown"
    assert send_due(lambda: now) == 0
    mark_sent(body.pk, letter.pk, actor_id=4, now=now, proof="Correos 123")
    assert (reload(letter).state, reload(letter).proof) == ("sent", "Correos 123")
    for again in (resend, cancel, mark_sent):
        with pytest.raises(Refused, match="notice_not_open"):
            again(body.pk, letter.pk, actor_id=4, now=now)
        with pytest.raises(Refused, match="notice_unknown"):
            again(body.pk + 1, letter.pk, actor_id=4, now=now)


def test_texts_are_erased_and_the_chain_still_verifies(body, now, mailbox) -> None:
    notice = put(body, now)
    send_due(lambda: now)
    assert erase_notices(body.pk, "case", [1], now=now) == 1
    row = reload(notice)
    assert (row.body, row.subject_line, row.salt, row.state) == ("", "", "", "sent")
    assert verify_institution(body.pk).problems == []


def test_a_text_erased_while_it_is_on_its_way_does_not_come_back(committed, body, now, mailbox) -> None:
    notice = put(body, now)

    async def taken(server, session, envelope):
        await asyncio.to_thread(erase)
        return "250 OK"

    def erase() -> None:
        erase_notices(body.pk, "case", [1], now=now)
        connection.close()

    mailbox.handle_DATA = taken
    assert send_due(lambda: now) == 1
    row = reload(notice)
    assert (row.body, row.subject_line, row.salt, row.state) == ("", "", "", "sent")
    assert verify_institution(body.pk).problems == []


def test_what_was_erased_is_not_sent_again(body, now, mailbox) -> None:
    mailbox.rcpt = "550 no such user"
    notice = put(body, now)
    send_due(lambda: now)
    erase_notices(body.pk, "case", [1], now=now)
    with pytest.raises(Refused, match="notice_not_open"):
        resend(body.pk, notice.pk, actor_id=4, now=now)


def test_what_a_server_says_is_kept_without_the_address_it_names(body, now, mailbox) -> None:
    mailbox.rcpt = "550 5.1.1 <p7@ejemplo.org>: no such user p7@ejemplo.org, ask postmaster@ejemplo.org."
    notice = put(body, now)
    send_due(lambda: now)
    said = notice.attempts.get().server_answer
    assert said.startswith("550 5.1.1 <…>: no such user …, ask …") and "ejemplo" not in said
    mailbox.rcpt = "250 OK"
    other = put(body, now)
    send_due(lambda: now)
    note_bounce(body.pk, [other.message_id], answer="<p7@ejemplo.org>: buzón lleno", now=now)
    assert reload(other).bounce == "<…>: buzón lleno"


def test_the_outbox_is_that_of_one_body_and_may_be_of_one_state(body, now) -> None:
    rows = {put(body, now).pk for _ in range(3)}
    assert {row.pk for row in outbox(body.pk, state="pending")} == {row.pk for row in outbox(body.pk)} == rows
    assert not outbox(body.pk, state="sent").exists()
    assert not outbox(body.pk + 1).exists()
    with exactly(2):
        notice_with_attempts(body.pk, min(rows))


WORKER = """
import django; django.setup()
from django.utils import timezone
from siac.notices.public import Address, register_kind, register_recipient, send_due
register_recipient("test", lambda institution, pk: Address("p@ejemplo.org"))
register_kind("t.answer", lambda n: ("Respuesta", "Texto"), on_uncertain="ask", title="Respuesta")
send_due(timezone.now)
"""


@pytest.mark.slow
@pytest.mark.postgres
def test_a_worker_killed_in_the_middle_of_sending(committed, body, now, mailbox) -> None:
    notice = put(body, now, "t.answer")
    params = connection.get_connection_params()
    stop = []

    async def hold(server, session, envelope):
        stop.append(True)
        time.sleep(0.5)
        return "250 OK"

    mailbox.handle_DATA = hold
    url = f"postgresql://{params['user']}@/{params['dbname']}?host={params['host']}"
    worker = subprocess.Popen([sys.executable, "-c", WORKER], env={**os.environ, "DATABASE_URL": url})
    for _ in range(400):
        if stop:
            break
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert stop
    row = reload(notice)
    assert (row.state, outcomes(notice)) == ("sending", [""])
    assert settle_broken_off(row.due_at + timedelta(minutes=5)) == 0
    assert settle_broken_off(row.due_at + timedelta(minutes=11)) == 1
    assert reload(notice).state == "uncertain"
    mark_sent(body.pk, notice.pk, actor_id=4, now=now)
    assert reload(notice).state == "sent"
    assert Attempt.objects.count() == 1
