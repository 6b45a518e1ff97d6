# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.organizations.commands.absences import forget_old_absences
from siac.organizations.commands.setup import end_roles as end_those_that_lapsed
from siac.organizations.commands.staffing import LINE as SHEETS
from siac.organizations.commands.staffing import forget_old_sheets, loading
from siac.organizations.practice.opening import LINE as PRACTICE
from siac.organizations.practice.opening import opening, say_why


@job("organizations.end_roles", cron="5 * * * *")
def end_roles(timestamp: int = 0) -> None:
    """Hourly, for every time zone has its own midnight: take away the roles whose last day has passed."""
    end_those_that_lapsed(now=timezone.now())


@job("organizations.forget_absences", cron="43 * * * *")
def forget_absences(timestamp: int = 0) -> None:
    """Hourly: forget absences that ended a month ago."""
    forget_old_absences(today=timezone.now().date())


load_sheet = declare_long_job(SHEETS, loading)
open_practice = declare_long_job(PRACTICE, opening, failed=say_why)


@job("organizations.tidy_sheets", cron="41 * * * *")
def tidy_sheets(timestamp: int = 0) -> None:
    """Hourly: delete sheets of units and people that nobody confirmed for a day."""
    forget_old_sheets(now=timezone.now())
