# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import LONG, is_passing, job
from siac.organizations.commands.setup import end_roles as end_those_that_lapsed
from siac.organizations.commands.staffing import LOAD, fail_sheet, forget_old_sheets
from siac.organizations.commands.staffing import load_sheet as load
from siac.organizations.practice.opening import OPEN, fail_practice
from siac.organizations.practice.opening import open_practice as open_it


@job("organizations.end_roles", cron="5 * * * *")
def end_roles(timestamp: int = 0) -> None:
    """Hourly, for every time zone has its own midnight: take away the roles whose last day has passed."""
    end_those_that_lapsed(now=timezone.now())


@job(LOAD, queue=LONG)
def load_sheet(sheet_id: int) -> None:
    """Make the units and invite the people of a sheet; begun again by the next worker if this one dies."""
    try:
        load(sheet_id=sheet_id, now=timezone.now())
    except Exception as error:
        if not is_passing(error):
            fail_sheet(sheet_id)
        raise


@job("organizations.tidy_sheets", cron="41 * * * *")
def tidy_sheets(timestamp: int = 0) -> None:
    """Hourly: delete sheets of units and people that nobody confirmed for a day."""
    forget_old_sheets(now=timezone.now())


@job(OPEN, queue=LONG)
def open_practice(run_id: int) -> None:
    """Open a practice body; begun again by the next worker if this one dies, with the next invented case."""
    try:
        open_it(run_id=run_id, now=timezone.now())
    except Exception as error:
        if not is_passing(error):
            fail_practice(run_id)
        raise
