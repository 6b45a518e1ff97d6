# SPDX-License-Identifier: EUPL-1.2
"""Jobs of cases: closing what nobody contested, checking and loading old
registers, preparing exports, tidying.
"""

from collections.abc import Callable, Iterator
from functools import partial

from django.utils import timezone

from siac.cases.commands.absences import forget_old_absences
from siac.cases.commands.alerting import raise_alerts
from siac.cases.commands.bulk import BULK, forget_old_bulk
from siac.cases.commands.bulk_run import fail_bulk, run_batch
from siac.cases.commands.closing import close_lapsed_cases
from siac.cases.commands.drafts import forget_old_drafts
from siac.cases.commands.endings import settle_lapsed_corrections
from siac.cases.commands.presence import forget_presence
from siac.cases.commands.reminding import remind_to_complete
from siac.cases.commands.suggesting import learn_nightly
from siac.cases.commands.third_parties import settle_silent_third_parties
from siac.cases.dossiers.preparing import PREPARE, expire_dossiers, prepare_dossier
from siac.cases.erasing.runs import ERASE, fail_erasure, propose_nightly, run_erasure
from siac.cases.exports.preparing import EXPORT, expire_exports, prepare_export
from siac.cases.imports.batches import CHECK, LOAD, PEEK, drop_file, forget_old_batches, peek, stored_rows
from siac.cases.imports.checking import check_batch, refuse_batch, why
from siac.cases.imports.loading import load_batch
from siac.cases.models import BatchState, ImportBatch
from siac.infra.jobs import ASKED, LONG, is_passing, job
from siac.infra.retrying import tried_again
from siac.infra.tables.reading import Row
from siac.infra.turns import each_alone
from siac.kernel.errors import Refused


def _batch(batch_id: int) -> ImportBatch:
    return ImportBatch.objects.select_related("institution", "created_by").get(pk=batch_id)


def _run(batch: ImportBatch, work: Callable[[Iterator[Row]], ImportBatch]) -> None:
    """Do `work` on the rows of a batch; what goes wrong shows on the batch, also when it is a fault
    of ours.
    """
    try:
        with stored_rows(batch) as rows:
            work(rows)
    except Refused as refused:
        refuse_batch(batch, why(refused), now=timezone.now())
    except Exception as error:
        if not is_passing(error):
            ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED)
        raise


@job(PEEK, queue=ASKED)
def read_register_head(batch_id: int) -> None:
    """Read the columns of an uploaded workbook."""
    peek(batch=_batch(batch_id), now=timezone.now())


@job(CHECK, queue=ASKED)
def check_register(batch_id: int) -> None:
    """Check every row of a register."""
    batch, now = _batch(batch_id), timezone.now()
    _run(batch, lambda rows: check_batch(batch=batch, rows=rows, now=now))


@job(LOAD, queue=LONG)
def load_register(batch_id: int) -> None:
    """Load a register; begun again by the next worker if this one dies."""
    batch, now = _batch(batch_id), timezone.now()
    if batch.state != BatchState.LOADED:
        _run(batch, lambda rows: load_batch(batch=batch, rows=rows, now=now))
    if ImportBatch.objects.filter(pk=batch.pk, state=BatchState.LOADED).exists():
        drop_file(batch, now=now)


@job(EXPORT, queue=ASKED)
def export_cases(export_id: int) -> None:
    """Prepare the workbook of a list."""
    prepare_export(export_id=export_id, now=timezone.now())


@job(BULK, queue=ASKED)
def change_cases(bulk_id: int) -> None:
    """Do a bulk action batch by batch; begun again by the next worker if this one dies."""
    try:
        while tried_again(lambda: run_batch(bulk_id=bulk_id, now=timezone.now())):
            continue
    except Exception as error:
        if not is_passing(error):
            fail_bulk(bulk_id)
        raise


@job(PREPARE, queue=ASKED)
def prepare(dossier_id: int) -> None:
    """Prepare a dossier."""
    prepare_dossier(dossier_id=dossier_id, now=timezone.now())


@job(ERASE, queue=LONG)
def erase(run_id: int) -> None:
    """Erase what an administrator approved; begun again by the next worker if this one dies."""
    try:
        run_erasure(run_id=run_id, now=timezone.now())
    except Exception as error:
        if not is_passing(error):
            fail_erasure(run_id=run_id, error=type(error).__name__, now=timezone.now())
        raise


@job("cases.propose_erasures", cron="10 3 * * *")
def propose_erasures(timestamp: int = 0) -> None:
    """Nightly: propose to administrators what has passed its retention; nothing is erased by itself."""
    propose_nightly(now=timezone.now())


@job("cases.learn_suggestions", cron="40 2 * * *", queue=LONG)
def learn_from_history(timestamp: int = 0) -> None:
    """Nightly: learn which topic and unit the words of each body's requests tell of."""
    learn_nightly(now=timezone.now())


@job("cases.tidy_registers", cron="23 * * * *")
def tidy_registers(timestamp: int = 0) -> None:
    """Hourly: erase exports and dossiers a day old, and files and rows of
    imports and bulk actions a month old.
    """
    now = timezone.now()
    tidying = (expire_exports, expire_dossiers, forget_old_bulk, forget_old_batches)
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


@job("cases.forget_drafts", cron="40 * * * *")
def forget_drafts(timestamp: int = 0) -> None:
    """Every hour: forget what was typed a day ago and never sent, and absences a month old."""
    now = timezone.now()
    each_alone(
        partial(forget_old_drafts, now=now),
        partial(forget_presence, now=now),
        partial(forget_old_absences, today=now.date()),
    )
