# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.staff.commands.sheets import LINE, forget_old_sheets, loading

load_sheet = declare_long_job(LINE, loading)


@job("staff.tidy_sheets", cron="47 * * * *")
def tidy_sheets(timestamp: int = 0) -> None:
    """Hourly: delete personnel sheets that nobody confirmed for a day."""
    forget_old_sheets(now=timezone.now())
