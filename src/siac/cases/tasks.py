# SPDX-License-Identifier: EUPL-1.2
"""Jobs of cases: closing what nobody contested, checking and loading old
registers, preparing exports, tidying.
"""

from collections.abc import Generator
from functools import partial
from typing import Any

from django.utils import timezone

from siac.cases.alerts.commands import raise_alerts
from siac.cases.attentions.personal import forget_attentions
from siac.cases.bulk.commands import LINE as BULK
from siac.cases.bulk.commands import forget_old_bulk
from siac.cases.bulk.running import changing
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.drafts import forget_old_drafts
from siac.cases.commands.endings import settle_lapsed_corrections
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.domain.rights import CaseRight
from siac.cases.hearing.commands import settle_silent_third_parties
from siac.cases.imports.batches import forget_old_batches, heading, stored_rows
from siac.cases.imports.checking import checking
from siac.cases.imports.registers import register_of
from siac.cases.imports.working import CHECK, HEAD, LOAD, say_why
from siac.cases.lists.exporting import EXPORTS
from siac.cases.models import ImportBatch
from siac.cases.protection.preparing import DOSSIERS
from siac.cases.protection.runs import LINE as ERASURES
from siac.cases.protection.runs import broke_off, erasing, propose_nightly
from siac.cases.suggesting.commands import learn_nightly
from siac.cases.teamwork.presence import forget_presence
from siac.cases.workload.commands import hand_over_what_stayed
from siac.documents.public import prepared_job
from siac.infra.jobs import LONG, job
from siac.infra.longwork import Step, TimeSource, declare_long_job
from siac.infra.turns import each_alone
from siac.organizations.public import access_in


def _checking(batch: ImportBatch, clock: TimeSource) -> Generator[Step[ImportBatch], Any, None]:
    """Check every row of a register."""
    with stored_rows(batch) as rows:
        yield from checking(batch, clock, rows)


def _loading(batch: ImportBatch, clock: TimeSource) -> Generator[Step[ImportBatch], Any, None]:
    """Load a register, if whoever confirmed it still may; begun again by the next worker if this one dies."""
    if batch.created_by is not None:
        access_in(batch.created_by, batch.institution.slug).require(CaseRight.IMPORT)
    with stored_rows(batch) as rows:
        yield from register_of(batch).loading(batch, clock, rows)


read_register_head = declare_long_job(HEAD, heading, failed=say_why)
check_register = declare_long_job(CHECK, _checking, failed=say_why)
load_register = declare_long_job(LOAD, _loading, failed=say_why)
export_cases = prepared_job(EXPORTS)
prepare = prepared_job(DOSSIERS)
change_cases = declare_long_job(BULK, changing)
erase = declare_long_job(ERASURES, erasing, failed=broke_off)


@job("cases.propose_erasures", cron="10 3 * * *")
def propose_erasures(timestamp: int = 0) -> None:
    """Nightly: propose to administrators what has passed its retention; nothing is erased by itself."""
    propose_nightly(now=timezone.now())


@job("cases.forget_attentions", cron="50 2 * * *", queue=LONG)
def forget_old_attentions(timestamp: int = 0) -> None:
    """Nightly: erase the texts and the people of attentions past their term."""
    forget_attentions(now=timezone.now())


@job("cases.learn_suggestions", cron="40 2 * * *", queue=LONG)
def learn_from_history(timestamp: int = 0) -> None:
    """Nightly: learn which topic and unit the words of each body's requests tell of."""
    learn_nightly(now=timezone.now())


@job("cases.tidy_registers", cron="23 * * * *")
def tidy_registers(timestamp: int = 0) -> None:
    """Hourly: erase files and rows of imports and bulk actions a month old."""
    now = timezone.now()
    tidying = (forget_old_bulk, forget_old_batches)
    each_alone(*(partial(tidy, now=now) for tidy in tidying))


@job("cases.close_lapsed", cron="25 * * * *")
def close_lapsed(timestamp: int = 0) -> None:
    """Every hour: close the answered cases whose window to contest has ended."""
    close_lapsed_cases(now=timezone.now())


@job("cases.raise_alerts", cron="20 6-20 * * *")
def climb_ladders(timestamp: int = 0) -> None:
    """Hourly by day: put what is near or past its last day before whoever its kind says."""
    raise_alerts(now=timezone.now())


@job("cases.settle_lapsed", cron="12 * * * *")
def settle_lapsed(timestamp: int = 0) -> None:
    """Every hour: remind who must complete a request, and settle the terms that
    persons and third parties let pass.
    """
    now = timezone.now()
    settling = (remind_to_complete, settle_lapsed_corrections, settle_silent_third_parties)
    each_alone(*(partial(settle, now=now) for settle in settling))


@job("cases.hand_over", cron="*/5 * * * *")
def hand_over(timestamp: int = 0) -> None:
    """Every five minutes: hand over what came back to a closed unit, or to somebody who has left."""
    hand_over_what_stayed(now=timezone.now())


@job("cases.forget_drafts", cron="40 * * * *")
def forget_drafts(timestamp: int = 0) -> None:
    """Every hour: forget what was typed a day ago and never sent, and who looked at which case."""
    now = timezone.now()
    each_alone(
        partial(forget_old_drafts, now=now),
        partial(forget_presence, now=now),
    )
