# SPDX-License-Identifier: EUPL-1.2
"""Many writers of the same cases at once, jobs and people: every one gets its turn and no chain is broken."""

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
from siac.cases.commands.alerting import raise_alerts
from siac.cases.commands.bulk import LINE, begin_bulk, choose_cases, preview_bulk
from siac.cases.commands.bulk_run import changing
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.endings import merge_case, reopen_case, settle_lapsed_corrections, withdraw_case
from siac.cases.commands.handling import add_note, ask_for_information, assign_case, classify_case, refer_case
from siac.cases.commands.holding import hold_case, lift_hold
from siac.cases.commands.linking import link_cases, split_case
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.commands.restricting import restrict_case, unrestrict_case
from siac.cases.commands.suggesting import learn_nightly
from siac.cases.commands.third_parties import settle_silent_third_parties
from siac.cases.erasing.runs import propose_nightly
from siac.cases.models import BulkRow, Case
from siac.cases.public import Outcome, answer_case
from siac.clocks.public import settle_overdue
from siac.indicators.tasks import compute
from siac.infra import retrying
from siac.infra.longwork import run_long
from siac.infra.models import JobFault
from siac.infra.retrying import tried_again
from siac.journal.public import make_checkpoints, run_consumers, verify_institution
from siac.kernel.errors import Refused
from siac.notices.commands.sending import send_due
from tests.factories import NOW, House, file, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

LATER = NOW + timedelta(days=60)
SECONDS = 12
PLACE = "El farol de la plaza está apagado"


def commands(house: House, pick: random.Random, keys: list[int]) -> list[Callable[[], Any]]:
    """Return what people do to a case, each on one or two of `keys`."""
    officer, head, body = house.user(Role.QUALITY_MANAGER), house.user(Role.ADMINISTRATOR), house.institution
    one, two = pick.sample(keys, 2)
    folio = Case.objects.get(pk=two).folio
    on: dict[str, Any] = {"institution": body, "case_id": one, "actor": officer, "now": LATER}
    any_version = {**on, "version": None}
    return [
        lambda: add_note(**on, body=f"Nota {pick.random()}"),
        lambda: assign_case(**any_version, assignee_id=pick.choice([officer.pk, None])),
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
    ]


def bulk(house: House, keys: list[int], actor: Any) -> None:
    """Assign all cases at once, as the job of a bulk action does."""
    access = house.access(Role.QUALITY_MANAGER)
    chosen = choose_cases(access=access, code="derivar", cases=Case.objects.filter(pk__in=keys), now=LATER)
    values = {"unit_id": random.choice(list(house.units.values())), "reason": ""}
    ready = preview_bulk(access=access, bulk_id=chosen.pk, values=values, now=LATER)
    begin_bulk(access=access, bulk_id=ready.pk, now=LATER)
    run_long(LINE, ready.pk, changing, clock=lambda: LATER)


def jobs() -> list[Callable[[], Any]]:
    """Return what jobs do to cases."""
    return [
        lambda: settle_overdue(LATER),
        lambda: raise_alerts(now=LATER),
        lambda: close_lapsed_cases(now=LATER + timedelta(days=90)),
        lambda: settle_lapsed_corrections(now=LATER + timedelta(days=30)),
        lambda: remind_to_complete(now=LATER),
        lambda: settle_silent_third_parties(now=LATER),
        lambda: propose_nightly(now=LATER),
        lambda: learn_nightly(now=LATER),
        lambda: compute(timestamp=0),
        lambda: run_consumers(500),
        lambda: make_checkpoints(LATER),
        lambda: send_due(lambda: LATER + timedelta(days=1), 20),
    ]


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
    house = make_house()
    keys = [file(house, kind=kind).pk for kind in ("reclamo", "consulta", "reclamo", "sugerencia", "reclamo")]
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
        return lambda: pick.choice(commands(house, pick, keys))

    def worker(seed: int) -> Callable[[], Callable[[], Any]]:
        pick = random.Random(seed)
        return lambda: pick.choice(jobs())

    choosers = [person(seed) for seed in range(3)] + [worker(seed) for seed in range(10, 13)]
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
