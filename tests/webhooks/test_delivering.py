# SPDX-License-Identifier: EUPL-1.2
"""Programs are told what happened: signed, once kept until taken, and never what is nobody's business."""

import heapq
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from siac.accounts.public import Role
from siac.cases.public import extend_term, refer_case
from siac.infra import crypto
from siac.infra.jobs import PROGRAMS
from siac.integrations.webhooks.commands import forgetting, sending
from siac.integrations.webhooks.commands.forgetting import LEFT_FOR, forget_old, forget_removed
from siac.integrations.webhooks.commands.sending import deliver_due, settle_broken_off
from siac.integrations.webhooks.commands.setup import (
    change_secret,
    pause_webhook,
    remove_webhook,
    resume_webhook,
    save_webhook,
    send_again,
    send_ping,
)
from siac.integrations.webhooks.commands.telling import queue_entries
from siac.integrations.webhooks.domain.signing import new_secret, signatures
from siac.integrations.webhooks.domain.trying import (
    DEAD_AFTER,
    WAITS,
    Outcome,
    after_failure,
    next_try,
    outcome_of,
)
from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.integrations.webhooks.queries import webhook_detail, webhook_of, webhook_trouble, webhooks
from siac.integrations.webhooks.secrets import reseal, secrets_of
from siac.journal.public import Entry, JournalEntry, outside_events, run_consumers
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.public import Institution
from tests.factories import NOW, House, answer, file, make_house
from tests.sql_counts import exactly
from tests.webhooks.targets import Target, listening

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def target(monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.1")
    with listening() as own:
        yield own


def hook(house: House, url: str, *events: str) -> tuple[Webhook, str]:
    return save_webhook(
        institution=house.institution, name="Intranet", url=url, events=events or list(outside_events()),
        actor=None, now=NOW - timedelta(days=1),
    )  # fmt: skip


def entries(**narrowed) -> list[Entry]:
    rows = JournalEntry.objects.filter(**narrowed).order_by("pk")
    names = ("pk", "institution_id", "stream", "seq", "kind", "actor_id", "at", "data")
    return [Entry(*row) for row in rows.values_list(*names)]


def tell(now: datetime | None = None) -> list[Delivery]:
    """Queue all that the journal holds, as its reader does, and let a minute pass."""
    queue_entries(entries())
    return list(Delivery.objects.order_by("pk"))


def soon() -> datetime:
    return timezone.now() + MINUTE


def outcomes() -> Sequence[str]:
    return list(DeliveryTry.objects.order_by("pk").values_list("outcome", flat=True))


def test_what_happens_is_told_signed_in_an_envelope_that_others_know(house, target):
    _, secret = hook(house, target.url)
    case = file(house, unit_id=house.units["obras"])
    answer(house, case, now=NOW + timedelta(days=1))
    tell()
    assert deliver_due(soon) >= 2
    events = []
    for content, headers in target.told:
        Verifier(secret).verify(content, headers)  # an implementation of others
        event = json.loads(content)
        assert event["id"] == headers["webhook-id"] and event["specversion"] == "1.0"
        assert headers["content-type"].startswith("application/cloudevents+json")
        events.append((event["type"], event["subject"]))
    assert ("siac.case.filed", case.folio) in events and ("siac.case.answered", case.folio) in events
    filed = next(json.loads(content) for content, _ in target.told if b"case.filed" in content)
    assert filed["data"]["kind"] == case.kind.code and filed["source"].endswith("/puerto")
    assert filed["data"]["links"]["self"].endswith(f"/api/v1/cases/{case.folio}")
    whole = b"".join(content for content, _ in target.told).decode()
    assert case.code not in whole and "ejemplo.org" not in whole and case.text.body not in whole
    assert not Delivery.objects.exclude(state="done").exists()
    assert bytes(Webhook.objects.get().secret).find(secret.encode()) < 0


def test_a_changed_message_or_an_old_one_is_refused_by_the_verifier(house, target):
    _, secret = hook(house, target.url)
    file(house)
    tell()
    deliver_due(soon)
    content, headers = target.told[0]
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(content + b" ", headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(new_secret()).verify(content, headers)
    with pytest.raises(WebhookVerificationError):
        Verifier(secret).verify(content, {**headers, "webhook-timestamp": "1000000000"})


def test_two_secrets_sign_while_one_is_changed_for_another(house, target):
    row, old = hook(house, target.url)
    _, new = change_secret(institution=house.institution, webhook_id=row.pk, actor=None, now=timezone.now())
    send_ping(institution=house.institution, webhook_id=row.pk, now=timezone.now())
    deliver_due(soon)
    content, headers = target.told[0]
    for secret in (old, new):
        Verifier(secret).verify(content, headers)
    row.refresh_from_db()
    assert len(secrets_of(row, timezone.now() + timedelta(hours=25))) == 1


def test_each_entry_is_told_once_however_often_it_is_read(house, target):
    hook(house, target.url)
    file(house)
    first = len(tell())
    assert first and len(tell()) == first


def test_nothing_is_told_of_restricted_cases_of_other_bodies_nor_of_what_was_not_asked_for(house, target):
    other = make_house("sur")
    hook(house, target.url, "case.filed")
    secret = file(house)
    type(secret).objects.filter(pk=secret.pk).update(is_restricted=True)
    file(other)
    open_case = file(house, unit_id=house.units["obras"])
    answer(house, open_case, now=NOW + timedelta(days=1))
    assert [(each.event, each.subject) for each in tell()] == [("case.filed", open_case.folio)]


def test_bodies_without_webhooks_cost_one_statement(house):
    for _ in range(3):
        file(house)
    found = entries()
    with exactly(1):
        queue_entries(found)


def test_the_statements_do_not_grow_with_what_happened(house, target):
    hook(house, target.url, "case.filed")
    for _ in range(8):
        file(house)
    found = entries(kind="cases.filed")
    queue_entries(found)
    for some in (found[:1], found):
        with exactly(5):  # webhooks, cases, the body, deliveries, the job
            queue_entries(some)


def test_charters_and_broken_promises_are_told(house, target):
    from siac.clocks.public import settle_overdue

    hook(house, target.url, "commitment.breached", "charter.published")
    Webhook.objects.update(created_at=NOW - timedelta(days=500))
    case = file(house, unit_id=house.units["obras"])
    settle_overdue(NOW + timedelta(days=40))
    told = {(each.event, each.subject): each.data for each in tell()}
    charter = house.commitment.edition.charter.code
    assert ("charter.published", charter) in told
    broken = told["commitment.breached", case.folio]
    assert (broken["charter"], broken["commitment"]) == (charter, house.commitment.code)
    assert (broken["folio"], broken["cause"]) == (case.folio, "missed")


def test_referrals_and_moved_terms_are_told(house, target):
    hook(house, target.url, "case.referred", "case.term_moved")
    case = file(house)
    common = {"institution": house.institution, "case_id": case.pk, "now": NOW}
    head = house.user(Role.QUALITY_MANAGER)
    refer_case(**common, version=None, unit_id=house.units["obras"], reason="", actor=head)
    extend_term(**common, version=None, reason="Falta un informe.", actor=head)
    assert [each.event for each in tell()] == ["case.referred", "case.term_moved"]


@pytest.mark.parametrize(
    ("manner", "status", "outcome"),
    [
        ("", 500, Outcome.REFUSED),
        ("", 429, Outcome.REFUSED),
        ("hangs up", 0, Outcome.SILENT),
        ("says nothing", 0, Outcome.SILENT),
        ("elsewhere", 302, Outcome.REDIRECTED),
        ("elsewhere", 307, Outcome.REDIRECTED),
    ],
)
def test_a_target_that_fails_is_tried_again_later_and_holds_up_nobody_else(
    house, target, monkeypatch, manner, status, outcome
):
    """Slow ones are ended after their time; redirections, also to inside, are not followed."""
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    with listening() as good:
        hook(house, target.url, "case.filed")
        hook(house, good.url, "case.filed")
        target.manner, target.status = manner, status or 204
        target.location = good.url.replace("avisos", "dentro") if manner == "elsewhere" else ""
        file(house), file(house)
        tell()
        at = soon()
        assert (
            deliver_due(lambda: at) == 3
        )  # two to the good one; the other failed once and waits with its second
        assert len(target.told) == 1 and len(good.told) == 2
        assert outcomes().count(outcome) == 1
        waiting = Delivery.objects.filter(webhook__url=target.url)
        assert set(waiting.values_list("state", flat=True)) == {"pending"}
        target.manner, target.status, target.location = "", 204, ""
        assert deliver_due(lambda: at + WAITS[0] / 2) == 0
        assert deliver_due(lambda: at + WAITS[0]) == 2
        assert not Delivery.objects.exclude(state="done").exists()
        assert Webhook.objects.get(url=target.url).failing_since is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/", "https://localhost/x", "https://[::1]/", "https://169.254.169.254/latest",
        "https://10.0.0.7/", "https://192.168.1.1/", "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/",
        "https://[64:ff9b:1::a00:1]/", "https://[fec0::1]/", "https://[::10.0.0.1]/",
        "https://[::ffff:0:10.0.0.1]/",
        "https://172.16.3.4:8443/", "https://100.64.0.1/", "https://[fd00::1]/", "https://[64:ff9b::a00:1]/",
    ],
)  # fmt: skip
def test_nothing_goes_to_this_machine_or_a_private_network(house, monkeypatch, url):
    monkeypatch.delenv("SIAC_OUTSIDE_ALLOWED", raising=False)
    row, _ = hook(house, "https://intranet.example.org/")
    Webhook.objects.filter(pk=row.pk).update(url=url)  # it led elsewhere when it was typed
    send_ping(institution=house.institution, webhook_id=row.pk, now=timezone.now())
    assert deliver_due(soon) == 1
    assert outcomes() == [Outcome.NOT_ALLOWED]


def test_a_dead_target_is_left_and_those_who_administer_are_told_once(house, target):
    row, _ = hook(house, target.url, "case.filed")
    target.status = 500
    file(house)
    tell()
    at = soon()
    for wait in (timedelta(0), *WAITS):
        at += wait
        assert deliver_due(lambda now=at: now) == 1
    row.refresh_from_db()
    assert (row.pause, Delivery.objects.get().state) == ("dead", "failed")
    assert at - soon() > timedelta(days=1)
    assert Notice.objects.filter(kind="webhooks.dead").count() == 1
    assert webhook_trouble(at) == "1 webhooks cannot be told"
    assert webhook_detail(at) == [f"{house.slug}: webhook {row.pk}"]
    file(house)
    tell()  # what happens while it is dead waits for it
    assert deliver_due(lambda: at) == 0
    target.status = 200
    resume_webhook(institution=house.institution, webhook_id=row.pk, actor=None, now=at)
    assert webhook_trouble(at) is None
    assert deliver_due(lambda: at) == 2  # also what was given up while it was dead
    assert len({headers["webhook-id"] for _, headers in target.told}) == 2  # the same id again, not a new one
    assert not Delivery.objects.exclude(state="done").exists()
    first = Delivery.objects.order_by("pk")[0]
    send_again(institution=house.institution, webhook_id=row.pk, delivery_id=first.pk, now=at)
    assert deliver_due(lambda: at) == 1
    assert target.told[-1][1]["webhook-id"] == first.message_id


def test_a_target_that_says_it_is_gone_is_left_at_once(house, target):
    row, _ = hook(house, target.url)
    target.status = 410
    send_ping(institution=house.institution, webhook_id=row.pk, now=timezone.now())
    deliver_due(soon)
    row.refresh_from_db()
    assert row.pause == "dead" and outcomes() == [Outcome.GONE]


def test_what_is_paused_by_hand_is_not_kept_and_not_sent(house, target):
    row, _ = hook(house, target.url, "case.filed")
    pause_webhook(institution=house.institution, webhook_id=row.pk, actor=None, now=NOW)
    file(house)
    assert tell() == []
    with pytest.raises(Refused, match="webhook_paused"):
        send_ping(institution=house.institution, webhook_id=row.pk, now=NOW)


def test_a_try_whose_worker_died_is_made_again_with_the_same_id(house, target):
    row, _ = hook(house, target.url)
    send_ping(institution=house.institution, webhook_id=row.pk, now=timezone.now())
    at = soon()
    claimed = sending._claim(at, set())
    assert claimed is not None
    assert settle_broken_off(at + MINUTE) == 0
    assert settle_broken_off(at + 6 * MINUTE) == 1
    assert deliver_due(lambda: at + 10 * MINUTE) == 1
    assert outcomes() == [Outcome.BROKEN_OFF, Outcome.TAKEN]
    assert target.told[0][1]["webhook-id"] == Delivery.objects.get().message_id


def test_what_was_told_long_ago_is_forgotten(house, target):
    row, _ = hook(house, target.url)
    send_ping(institution=house.institution, webhook_id=row.pk, now=NOW)
    assert forget_old(NOW + timedelta(days=29)) == 0
    assert forget_old(NOW + timedelta(days=31)) == 1


def test_secrets_are_sealed_again_with_a_new_key(house, target, monkeypatch):
    row, secret = hook(house, target.url)
    before = bytes(row.secret)
    former = crypto.vault_keys()
    monkeypatch.setattr(crypto, "vault_keys", lambda: crypto.Keyring(b"n" * 32, (former.current,)))
    assert reseal() == 1 and reseal() == 0
    row.refresh_from_db()
    assert bytes(row.secret) != before and secrets_of(row, NOW) == [secret]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"url": "http://intranet.example.org/"}, "webhook_url"),
        ({"url": "ftp://x.org/"}, "webhook_url"),
        ({"url": "https://"}, "webhook_url"),
        ({"url": "https://a:b@x.org/"}, "webhook_url"),
        ({"url": "https://x.org:99999/"}, "webhook_url"),
        ({"url": "https://x.org/a b"}, "webhook_url"),
        ({"url": "https://x.org/año"}, "webhook_url"),
        ({"url": "https://ñuñoa.cl/"}, "webhook_url"),
        ({"url": "https://x.org/\n"}, None),
        ({"events": []}, "webhook_events"),
        ({"events": ["case.read"]}, "webhook_events"),
    ],
)
def test_what_cannot_be_told_is_refused(house, monkeypatch, change, code):
    monkeypatch.delenv("SIAC_OUTSIDE_ALLOWED", raising=False)
    values = {"name": "x", "url": "https://x.org/", "events": ["case.filed"], "actor": None, "now": NOW}
    if code is None:
        assert save_webhook(institution=house.institution, **{**values, **change})[0].url == "https://x.org/"
        return
    with pytest.raises(Refused, match=code):
        save_webhook(institution=house.institution, **{**values, **change})
    assert not Webhook.objects.exists()


def test_a_practice_body_tells_nobody(house):
    body = Institution.objects.get(pk=house.institution.pk)
    body.practice_of_id = body.pk
    assert body.is_practice
    with pytest.raises(Refused, match="webhook_practice"):
        save_webhook(
            institution=body, name="x", url="https://x.org/", events=["case.filed"], actor=None, now=NOW
        )


def test_each_webhook_has_its_turn_and_what_was_sent_by_hand_goes_first(house, target):
    with listening() as other:
        busy, _ = hook(house, target.url, "case.filed")
        hook(house, other.url, "case.filed")
        for _ in range(5):
            file(house)
        tell()
        ping = send_ping(institution=house.institution, webhook_id=busy.pk, now=timezone.now())
        assert deliver_due(soon, limit=4) == 4
        assert len(target.told) == len(other.told) == 2
        assert target.told[0][1]["webhook-id"] == ping.message_id


def test_a_slow_target_is_told_one_message_in_a_turn(house, target):
    with listening() as other:
        hook(house, target.url, "case.filed")
        hook(house, other.url, "case.filed")
        for _ in range(3):
            file(house)
        tell()
        at = soon()

        def clock() -> datetime:
            return at + timedelta(seconds=3) * len(target.told)

        assert deliver_due(clock) == 4
        assert (len(target.told), len(other.told)) == (1, 3)


def test_no_target_is_spoken_to_by_two(real_commits, target):
    """Who looked before the other took its turn finds it busy, locked or not."""
    house = make_house("norte")
    row, _ = hook(house, target.url, "case.filed")
    for number in range(2):
        Delivery.objects.create(
            institution=house.institution, webhook=row, message_id=f"msg_{number}", event="case.filed",
            happened_at=NOW, due_at=NOW, created_at=NOW,
        )  # fmt: skip
    at = soon()
    with ThreadPoolExecutor(1) as other:

        def elsewhere() -> object:
            try:
                return sending._claim(at, set())
            finally:
                connection.close()

        with transaction.atomic():
            assert sending._claim(at, set()) is not None
            assert other.submit(elsewhere).result(10) is None  # locked: passed by, not waited for
        assert other.submit(elsewhere).result(10) is None  # busy
    row.refresh_from_db()
    assert sending._next_of(row, at) is None  # busy, also for who had chosen it before


def test_one_message_that_is_refused_holds_up_no_other_and_stops_nothing(house, target):
    row, _ = hook(house, target.url, "case.filed")
    target.status = 422
    file(house)
    tell()
    at = soon()
    assert deliver_due(lambda: at) == 1
    refused = Delivery.objects.get()
    for wait in WAITS:
        target.status = 204
        file(house)
        tell()
        Delivery.objects.filter(state="pending").exclude(pk=refused.pk).update(due_at=at)
        Delivery.objects.filter(pk=refused.pk).update(due_at=at + wait)
        assert deliver_due(lambda now=at: now) == 1  # the other one goes meanwhile
        at, target.status = at + wait, 422
        assert deliver_due(lambda now=at: now) == 1
    row.refresh_from_db()
    refused.refresh_from_db()
    assert (row.pause, row.failing_since, refused.state, refused.tries) == (
        "",
        None,
        "failed",
        len(WAITS) + 1,
    )
    assert Delivery.objects.filter(state="done").count() == len(WAITS)
    assert not Notice.objects.filter(kind="webhooks.dead").exists()


@pytest.mark.parametrize("change", [{"is_restricted": True}, {"erased_at": NOW}])
def test_what_may_not_be_told_any_more_is_not_told(house, target, change):
    hook(house, target.url, "case.filed")
    case, other = file(house), file(house)
    tell()
    type(case).objects.filter(pk=case.pk).update(**change)
    assert deliver_due(soon) == 2
    assert [json.loads(content)["subject"] for content, _ in target.told] == [other.folio]
    dropped = Delivery.objects.get(state="dropped")
    assert (dropped.subject, dropped.data) == (case.folio, {})
    assert DeliveryTry.objects.get(delivery=dropped).outcome == Outcome.DROPPED
    type(case).objects.filter(pk=other.pk).update(**change)
    done = Delivery.objects.get(state="done")
    for row in (dropped, done):
        with pytest.raises(Refused, match="webhook_dropped"):
            send_again(
                institution=house.institution, webhook_id=row.webhook_id, delivery_id=row.pk, now=soon()
            )


def test_a_removed_webhook_is_forgotten_in_slices(house, target, monkeypatch):
    monkeypatch.setattr(forgetting, "SLICE", 2)
    row, _ = hook(house, target.url, "case.filed")
    for _ in range(5):
        file(house)
    tell()
    at = timezone.now()
    remove_webhook(institution=house.institution, webhook_id=row.pk, actor=None, now=at)
    row.refresh_from_db()
    assert bytes(row.secret) == b"" and webhooks(house.institution) == []
    assert webhook_of(house.institution, row.pk) is None
    assert deliver_due(soon) == 0 and reseal() == 0
    again, _ = hook(house, target.url, "case.filed")  # the address is free at once
    file(house)
    tell()
    assert {each.webhook_id for each in Delivery.objects.order_by("-pk")[:1]} == {again.pk}
    ticks = iter([at, *[at] * 2, *[at + MINUTE] * 9])
    assert forget_removed(lambda: next(ticks)) == 4  # its turn is over
    assert forget_removed(lambda: at + MINUTE) == 1
    assert Webhook.objects.filter(pk=row.pk).exists()  # somebody may be about to queue for it
    assert forget_removed(lambda: at + LEFT_FOR) == 0
    assert list(Webhook.objects.all()) == [again]


def test_the_job_waits_once_in_the_queue_however_much_happens(house, target):
    hook(house, target.url, "case.filed")
    for _ in range(3):
        file(house)
        tell()
    jobs = ProcrastinateJob.objects.filter(task_name="webhooks.deliver", status="todo")
    assert [job.queue_name for job in jobs] == [PROGRAMS]


@given(st.binary(max_size=200), st.integers(0, 2**33), st.lists(st.just(0), min_size=1, max_size=2))
def test_signatures_are_those_of_the_standard(content, stamp, keys):
    made = [new_secret() for _ in keys]
    header = signatures(made, "msg_1", stamp, content)
    assert len(header.split(" ")) == len(made)
    at = datetime.fromtimestamp(stamp, tz=timezone.get_fixed_timezone(0))
    for secret, part in zip(made, header.split(" "), strict=True):
        assert max(content, default=0) > 127 or Verifier(secret).sign("msg_1", at, content.decode()) == part


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "taken"), (204, "taken"), (301, "redirected"), (308, "redirected"), (400, "refused"),
        (410, "gone"), (500, "refused"), (199, "refused"),
    ],
)  # fmt: skip
def test_what_a_status_means(status, outcome):
    assert outcome_of(status) == outcome


@pytest.mark.parametrize(
    ("outcome", "status", "held"),
    [
        ("silent", None, True), ("unreached", None, True), ("refused", 500, True), ("refused", 503, True),
        ("refused", 429, True), ("redirected", 302, True), ("not_allowed", None, True),
        ("key_missing", None, True), ("refused", 422, False), ("refused", 404, False),
        ("refused", 400, False), ("broken_off", None, False),
    ],
)  # fmt: skip
def test_which_failures_say_something_of_the_target(outcome, status, held):
    found = after_failure(Outcome(outcome), status, 1, None, NOW)
    assert found.held_until == (NOW + WAITS[0] if held else None)
    assert (found.again, found.failing_since, found.is_dead) == (NOW + WAITS[0], NOW, False)


@pytest.mark.parametrize(("outcome", "status"), [("silent", None), ("refused", 500), ("refused", 404)])
@pytest.mark.parametrize("a_day", [1, 100, 1000])
def test_a_dead_target_is_found_dead_in_two_days_however_much_happens(outcome, status, a_day):
    """What the tables say, worked through: messages as they come, the one due longest first."""
    gap = timedelta(days=1) / a_day
    now, since, held, heap, count, calls = NOW, None, NOW, [(NOW, 0, 0)], 1, 0
    while True:
        due, number, tries = heapq.heappop(heap)
        now = max(now, due, held)
        calls += 1
        found = after_failure(Outcome(outcome), status, tries + 1, since, now)
        if found.is_dead:
            break
        since, held = found.failing_since, found.held_until or held
        if found.again is not None:
            heapq.heappush(heap, (found.again, number, tries + 1))
        while NOW + count * gap <= max(heap[0][0], held):
            heapq.heappush(heap, (NOW + count * gap, count, 0))
            count += 1
    assert DEAD_AFTER <= now - NOW <= DEAD_AFTER + WAITS[-1]
    assert calls <= (10 if status != 404 else 10 * count)


def test_one_poisonous_message_is_given_up_alone_and_no_earlier_failure_is_held_against_the_next():
    since, tries, now = None, 0, NOW
    while True:
        tries += 1
        found = after_failure(Outcome.REFUSED, 500, tries, since, now)
        assert not found.is_dead and found.held_until == now + WAITS[0]  # others were taken meanwhile
        if found.again is None:
            break
        now = found.again
    assert (tries, found.failing_since) == (len(WAITS) + 1, None)


def test_waits_grow_and_end():
    waits = [next_try(tries, NOW) for tries in range(1, len(WAITS) + 2)]
    assert waits[-1] is None and waits[:-1] == sorted(waits[:-1])
    assert sum(WAITS, timedelta(0)) < timedelta(days=2)


def test_the_reader_of_the_journal_queues_what_was_committed(real_commits, target: Target):
    while run_consumers():
        continue
    house = make_house("norte")
    hook(house, target.url, "case.filed")
    Webhook.objects.update(created_at=NOW - timedelta(days=500))
    file(house)
    while run_consumers():
        continue
    assert Delivery.objects.filter(event="case.filed").count() == 1
    while run_consumers():
        continue
    assert Delivery.objects.count() == 1
