# SPDX-License-Identifier: EUPL-1.2
"""Many writers of the same cases at once, jobs and people: every one gets its turn and no chain is broken."""

import contextlib
import io
import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connections, transaction

from siac.accounts.public import Role
from siac.cases.alerts.commands import raise_alerts
from siac.cases.alerts.snoozing import snooze_case
from siac.cases.bulk.commands import LINE, begin_bulk, choose_cases, preview_bulk
from siac.cases.bulk.running import changing
from siac.cases.commands.acknowledging import acknowledge_case
from siac.cases.commands.answer_drafts import discard_answer_draft, save_answer_draft
from siac.cases.commands.approving import approve_answer, return_answer, submit_answer
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.endings import merge_case, reopen_case, settle_lapsed_corrections, withdraw_case
from siac.cases.commands.handling import (
    add_note,
    ask_for_information,
    assign_case,
    classify_case,
    close_case,
    extend_term,
    refer_case,
)
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.commands.undoing import undo
from siac.cases.hearing.commands import settle_silent_third_parties
from siac.cases.imports.batches import new_batch
from siac.cases.imports.layouts import parse_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.mappings import mapping_of
from siac.cases.imports.opening import rows_of
from siac.cases.linking.commands import link_cases, split_case
from siac.cases.models import AnswerDraft, BulkRow, Case, ErasureRun, ImportBatch
from siac.cases.protection.holding import hold_case, lift_hold
from siac.cases.protection.runs import LINE as ERASURES
from siac.cases.protection.runs import approve_erasure, erasing, propose_erasure, propose_nightly
from siac.cases.public import Outcome, add_information, answer_case, contest_answer, save_kind
from siac.cases.restricting.commands import restrict_case, unrestrict_case
from siac.cases.suggesting.commands import learn_nightly
from siac.cases.teamwork.commands import note_with_mentions
from siac.cases.workload.commands import hand_over_what_stayed
from siac.clocks.commands.changes import LINE as CALENDAR
from siac.clocks.commands.changes import begin_adding, begin_revoking, following
from siac.clocks.models import LayerDay
from siac.clocks.public import settle_overdue
from siac.indicators.tasks import build
from siac.infra import retrying
from siac.infra.longwork import run_long
from siac.infra.models import JobFault
from siac.infra.retrying import tried_again
from siac.integrations.mailbox.commands.receiving import keep_mail
from siac.integrations.mailbox.commands.settling import settle_due
from siac.integrations.mailbox.models import Mailbox
from siac.integrations.mailbox.server import Listed
from siac.journal.models import JournalEntry
from siac.journal.public import make_checkpoints, run_consumers, verify_institution
from siac.kernel.errors import Refused
from siac.notices.commands.sending import send_due
from siac.organizations.commands.setup import end_roles, revoke_role
from siac.organizations.models import Institution
from siac.organizations.public import grant_role, save_unit
from tests.factories import NOW, House, answer, file, make_house
from tests.mailbox.conftest import connect
from tests.mailbox.mails import mail

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

LATER = NOW + timedelta(days=60)
SECONDS = 20
NEWS = {"cases.import_loaded", "calendar.clocks_moved", "cases.erased", "mailbox.settled"}
"""What long jobs tell the journal: each was at work among the others."""
OLD = ("A-1", "A-2", "A-3")
"""Numbers of a register outside that comes in again and again."""
COLUMNS = {
    "original_number": {"column": "Número"},
    "filed_at": {"column": "Fecha", "format": "dmy"},
    "kind": {"value": "consulta"},
    "body": {"column": "Texto"},
    "state": {"column": "Estado"},
    "answer": {"column": "Respuesta"},
    "email": {"column": "Correo"},
}
PLACE = "El farol de la plaza está apagado"


def commands(house: House, pick: random.Random, keys: list[int]) -> list[Callable[[], Any]]:
    """Return what people do to a case, each on one or two of `keys`."""
    officer, head, body = house.user(Role.QUALITY_MANAGER), house.user(Role.ADMINISTRATOR), house.institution
    one, two = pick.sample(keys, 2)
    folio, worker = Case.objects.get(pk=two).folio, house.user(Role.UNIT_OFFICER)
    on: dict[str, Any] = {"institution": body, "case_id": one, "actor": officer, "now": LATER}
    any_version = {**on, "version": None}
    return [
        lambda: add_note(**on, body=f"Nota {pick.random()}"),
        lambda: assign_case(**any_version, assignee_id=pick.choice([worker.pk, None])),
        lambda: refer_case(**any_version, unit_id=pick.choice(list(house.units.values()))),
        lambda: classify_case(**any_version, topic_id=pick.choice(list(house.topics.values()))),
        lambda: ask_for_information(**any_version, body="¿En qué calle?"),
        lambda: withdraw_case(**any_version, body="Ya no lo pide"),
        lambda: reopen_case(**any_version, reason="Se cerró por error"),
        lambda: answer_case(**any_version, outcome=Outcome.INFORMED, body="Se repara mañana"),
        lambda: link_cases(**any_version, other=folio),
        lambda: merge_case(**any_version, into=folio),
        lambda: split_case(
            **any_version, subject="", body=PLACE, kind_id=house.kinds["reclamo"].pk, topic_id=None
        ),
        lambda: hold_case(**any_version, reason="Juicio"),
        lambda: lift_hold(**any_version),
        lambda: restrict_case(**any_version, ground="risk"),
        lambda: unrestrict_case(**any_version),
        partial(bulk, house, keys, head),
        *answering(house, pick, on, draft_of(one)),
        lambda: add_information(
            institution=body, case_id=one, body=f"Va el dato {pick.random()}.", now=LATER
        ),
        lambda: contest_answer(institution=body, case_id=one, body="No estoy de acuerdo", now=LATER),
        lambda: snooze_case(**{**any_version, "actor": worker}, until=None),
        lambda: note_with_mentions(**on, body=f"@Head Of Unit, vea {pick.random()}"),
        lambda: acknowledge_case(**any_version, body="Se le dio en la mano"),
        partial(come_and_go, house, pick, one),
        partial(close_a_unit, house, pick, one),
    ]


def draft_of(case_id: int) -> int:
    """Return the version of the answer that is being written; 0 where there is none."""
    return AnswerDraft.objects.filter(case=case_id).values_list("version", flat=True).first() or 0


def answering(house: House, pick: random.Random, on: dict[str, Any], draft: int) -> list[Callable[[], Any]]:
    """Return what is done with an answer before and after it is sent."""
    any_version = {**on, "version": None}
    head = {**any_version, "actor": house.user(Role.HEAD_OF_UNIT)}
    written = {"draft_version": draft, "body": f"Se repara {pick.random()}"}
    return [
        lambda: save_answer_draft(**any_version, **written),
        lambda: discard_answer_draft(**any_version),
        lambda: submit_answer(**any_version, **written, outcome=Outcome.UPHELD),
        lambda: submit_answer(**any_version, **written, outcome=Outcome.INFORMED),
        lambda: approve_answer(**head),
        lambda: return_answer(**head, remarks="Falta la fecha"),
        lambda: undo(**any_version),
        lambda: undo(**head),
        lambda: extend_term(**any_version, reason="Faltan informes"),
        lambda: refer_case(**any_version, unit_id=pick.choice(list(house.units.values())), undoable=True),
    ]


def come_and_go(house: House, pick: random.Random, case_id: int) -> None:
    """Let somebody come, get a case, and leave it to another or to nobody."""
    common: dict[str, Any] = {"institution": house.institution, "now": LATER}
    boss = house.user(Role.ADMINISTRATOR)
    until = house.today(LATER) if pick.random() < 0.5 else None
    held = grant_role(
        **common,
        email=f"temporal{pick.random()}@puerto.example",
        name="Temporal",
        role=Role.UNIT_OFFICER,
        unit_id=house.units["obras"],
        actor=boss,
        until=until,
    )
    with contextlib.suppress(Refused):
        assign_case(
            **common,
            case_id=case_id,
            version=None,
            assignee_id=held.user_id,
            actor=house.user(Role.QUALITY_MANAGER),
        )
    if until is None:
        heir = pick.choice([house.user(Role.UNIT_OFFICER).pk, None])
        revoke_role(**common, membership_id=held.pk, actor=boss, heir_id=heir)
    else:
        end_roles(now=LATER + timedelta(days=2))


def close_a_unit(house: House, pick: random.Random, case_id: int) -> None:
    """Open a unit, give it a case, and close it in favour of another."""
    common: dict[str, Any] = {"institution": house.institution, "actor": None, "now": LATER}
    code = f"u{pick.randrange(10**9)}"
    unit = save_unit(**common, code=code, name="Pasajera", parent_id=house.units["obras"])
    body = Institution.objects.get(pk=house.institution.pk)
    act = {**common, "institution": body, "actor": house.user(Role.QUALITY_MANAGER)}
    with contextlib.suppress(Refused):
        refer_case(**act, case_id=case_id, version=None, unit_id=unit.pk)
    heir = house.units["juridico"]
    save_unit(**{**common, "institution": body}, code=code, name="Pasajera", parent_id=house.units["obras"],
              unit=unit, is_active=False, successor_id=heir)  # fmt: skip


def bulk(house: House, keys: list[int], actor: Any) -> None:
    """Assign all cases at once, as the job of a bulk action does."""
    access = house.access(Role.QUALITY_MANAGER)
    chosen = choose_cases(access=access, code="derivar", cases=Case.objects.filter(pk__in=keys), now=LATER)
    values = {"unit_id": random.choice(list(house.units.values())), "reason": ""}
    ready = preview_bulk(access=access, bulk_id=chosen.pk, values=values, now=LATER)
    begin_bulk(access=access, bulk_id=ready.pk, now=LATER)
    run_long(LINE, ready.pk, changing, clock=lambda: LATER)


def load_register(house: House, pick: random.Random) -> None:
    """Load a register: some rows are new, others bring cases that came from it up to date."""
    body = Institution.objects.get(pk=house.institution.pk)
    new = [f"N{pick.randrange(10**9)}" for _ in range(2)]
    lines = [
        f"{number};0{pick.randint(1, 9)}/09/2026;{pick.choice(['abierta', 'cerrada'])};Texto {number};"
        f"{'Se hizo ' + str(pick.random()) if pick.random() < 0.5 else ''};p{pick.randrange(99)}@ejemplo.org"
        for number in [*OLD, *new]
    ]
    content = "\n".join(["Número;Fecha;Estado;Texto;Respuesta;Correo", *lines]).encode()
    batch = new_batch(institution=body, file=io.BytesIO(content), name="r.csv", actor=None, now=LATER)
    batch.mapping = mapping_of(parse_layout({"fields": COLUMNS}), updates=True, without=False)
    batch.skip_rejected = True
    batch.save()
    load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=LATER)
    assert ImportBatch.objects.get(pk=batch.pk).state == "done"


def change_the_calendar(house: House, pick: random.Random) -> None:
    """Take a day off the calendar, or give it back, and move every running term with it."""
    day = house.today(LATER) + timedelta(days=pick.randrange(3, 40))
    common: dict[str, Any] = {
        "layer_code": house.institution.place,
        "days": [day],
        "name": "Paro",
        "reason": "Paro",
        "institution_id": house.institution.pk,
        "actor_id": house.user(Role.QUALITY_MANAGER).pk,
        "now": LATER,
    }
    if LayerDay.objects.filter(layer__code=common["layer_code"], date=day, revoked_at=None).exists():
        change = begin_revoking(**common)
    else:
        change = begin_adding(**common, kind="decreed", source="Circular 3")
    run_long(CALENDAR, change.pk, following, clock=lambda: LATER)


def erase_what_is_old(house: House) -> None:
    """Let a request of long ago end, and erase what has passed its retention."""
    old = NOW - timedelta(days=300)
    case = file(house, "sugerencia", now=old, unit_id=house.units["obras"])
    answer(house, case, now=old + timedelta(days=1))
    common: dict[str, Any] = {"institution": house.institution, "case_id": case.pk, "version": None}
    close_case(**common, actor=house.user(Role.UNIT_OFFICER), now=old + timedelta(days=2))
    admin = house.user(Role.ADMINISTRATOR)
    waiting = ErasureRun.objects.filter(institution=house.institution, state="proposed").first()
    run = waiting or propose_erasure(institution=house.institution, actor=admin, now=LATER)
    approve_erasure(institution=house.institution, run_id=run.pk, actor=admin, now=LATER)
    run_long(ERASURES, run.pk, erasing, clock=lambda: LATER)


def take_mail_in(house: House, box: Mailbox, pick: random.Random) -> None:
    """Keep a mail and make a request of it."""
    raw = mail(f"Sin luz desde el lunes {pick.random()}.", sender=f"Ana <a{pick.randrange(99)}@ejemplo.org>")
    listed = Listed(pick.randrange(10**6), LATER, len(raw))
    keep_mail(mailbox=box, listed=listed, uid_validity=1, raw=raw, is_cut=False, now=LATER)
    settle_due(lambda: LATER)


def jobs(house: House, box: Mailbox, pick: random.Random) -> list[Callable[[], Any]]:
    """Return what jobs do to cases."""
    return [
        partial(load_register, house, pick),
        partial(change_the_calendar, house, pick),
        partial(erase_what_is_old, house),
        partial(take_mail_in, house, box, pick),
        lambda: settle_overdue(LATER),
        lambda: raise_alerts(now=LATER),
        lambda: close_lapsed_cases(now=LATER + timedelta(days=90)),
        lambda: settle_lapsed_corrections(now=LATER + timedelta(days=30)),
        lambda: remind_to_complete(now=LATER),
        lambda: settle_silent_third_parties(now=LATER),
        lambda: propose_nightly(now=LATER),
        lambda: learn_nightly(now=LATER),
        lambda: hand_over_what_stayed(now=LATER),
        lambda: build(timestamp=0),
        lambda: run_consumers(500),
        lambda: make_checkpoints(LATER),
        lambda: send_due(lambda: LATER + timedelta(days=1), 20),
    ]


def in_turn(
    pick: random.Random, offered: Callable[[], list[Callable[[], Any]]]
) -> Callable[[], Callable[[], Any]]:
    """Return what chooses one after another of what is offered, all of them in an
    order of chance before any comes again.
    """
    left: list[int] = []

    def choose() -> Callable[[], Any]:
        works = offered()
        if not left:
            left.extend(pick.sample(range(len(works)), len(works)))
        return works[left.pop()]

    return choose


def keep_doing(
    choose: Callable[[], Callable[[], Any]], until: float, failures: list[BaseException], done: list[str]
) -> None:
    """Do one thing after another; what is refused is an answer, everything else a failure."""
    try:
        while time.monotonic() < until:
            try:
                tried_again(choose())
                done.append("")
            except (Refused, PermissionDenied):
                continue
    except BaseException as error:
        failures.append(error)
    finally:
        connections.close_all()


def test_every_job_and_every_command_on_the_same_cases_at_once(real_commits, monkeypatch):
    house = make_house(country="ES")
    body = house.institution
    for code, fields in {
        "reclamo": {"approver": "head_of_unit"},
        "sugerencia": {"retention_months": 6, "retention_erases": ["identity", "texts", "files", "notices"]},
    }.items():
        save_kind(institution=body, actor=None, now=NOW, kind=house.kinds[code], **fields)
    box = connect(house, 1, unit_id=None)
    body.refresh_from_db()
    old, fresh = NOW, LATER - timedelta(days=2)
    filed = [(old, "reclamo"), (old, "consulta"), (old, "reclamo"), (old, "sugerencia")]
    filed += [(fresh, "reclamo"), (fresh, "consulta"), (fresh, "acceso")]
    keys = [file(house, kind=kind, now=at).pk for at, kind in filed]
    collisions: list[str] = []
    known = retrying.is_collision

    def counted(error: BaseException | None) -> bool:
        found = known(error)
        if found:
            collisions.append(str(error))
        return found

    monkeypatch.setattr(retrying, "is_collision", counted)
    until, failures, done = time.monotonic() + SECONDS, [], []

    def person(seed: int) -> Callable[[], Callable[[], Any]]:
        pick = random.Random(seed)
        return in_turn(pick, lambda: commands(house, pick, keys))

    def worker(seed: int) -> Callable[[], Callable[[], Any]]:
        pick = random.Random(seed)
        return in_turn(pick, lambda: jobs(house, box, pick))

    choosers = [person(seed) for seed in range(4)] + [worker(seed) for seed in range(10, 14)]
    threads = [
        threading.Thread(target=keep_doing, args=(choose, until, failures, done)) for choose in choosers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS + 60)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    assert not failures, failures
    assert len(done) > 50
    assert set(JournalEntry.objects.values_list("kind", flat=True)) >= NEWS
    assert list(JobFault.objects.values_list("job", "error")) == []
    assert collisions == []
    assert verify_institution(house.institution.pk).problems == []
    assert not BulkRow.objects.filter(reason="bulk_fault").exists()


def test_a_term_is_announced_and_a_bulk_action_goes_on_though_each_has_what_the_other_wants(real_commits):
    """The very meeting that once ended a bulk action: the announcement waits
    for the cases before it takes their clocks.
    """
    house = make_house()
    first, second = file(house, kind="reclamo").pk, file(house, kind="reclamo").pk
    failures: list[BaseException] = []

    def announce() -> None:
        try:
            settle_overdue(LATER)
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    officer = house.user(Role.HEAD_OF_UNIT)
    with transaction.atomic():
        act = {"institution": house.institution, "version": None, "actor": officer, "now": LATER}
        refer_case(**act, case_id=first, unit_id=house.units["juridico"])
        other = threading.Thread(target=announce)
        other.start()
        time.sleep(1)
        refer_case(**act, case_id=second, unit_id=house.units["juridico"])
    other.join(30)
    assert not other.is_alive()
    assert failures == []
    assert verify_institution(house.institution.pk).problems == []


def test_what_collides_is_done_again(real_commits):
    tries = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError from psycopg.errors.DeadlockDetected()
        return "done"

    assert tried_again(work) == "done"
    with pytest.raises(OperationalError):
        tried_again(lambda: (_ for _ in ()).throw(OperationalError("the server is away")))
