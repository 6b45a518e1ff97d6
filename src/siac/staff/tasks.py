# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.organizations.public import in_each_body
from siac.staff.commands.gaps import end_gaps
from siac.staff.commands.sheets import LINE, forget_old_sheets, loading

load_sheet = declare_long_job(LINE, loading)


@job("staff.tidy_sheets", cron="47 * * * *")
def tidy_sheets(timestamp: int = 0) -> None:
    """Hourly: delete personnel sheets that nobody confirmed for a day."""
    forget_old_sheets(now=timezone.now())


@job("staff.end_gaps", cron="53 * * * *")
def end_gaps_of_leavers(timestamp: int = 0) -> None:
    """Hourly, for every time zone has its own midnight: close the gaps of those whose last day has come."""
    now = timezone.now()
    in_each_body("staff.end_gaps", lambda body: end_gaps(body, now=now), now=now)
