# SPDX-License-Identifier: EUPL-1.2
"""The authority of the demonstration renders account of the last half year that is over."""

from datetime import datetime
from typing import Any

from siac.accounts.public import User
from siac.infra.longwork import run_long
from siac.organizations.public import Institution
from siac.reporting.public import (
    LETTERS,
    approve_letter,
    making,
    note_sending,
    open_letter,
    periods_over,
    prepare_letter,
    standing,
)


def render_account(institution: Institution, *, authority: User, keeper: User, now: datetime) -> None:
    """Prepare the letter on the last half that is over, approve it and note where it was sent."""
    today = institution.local_date(now)
    of: dict[str, Any] = {"institution": institution, "now": now}
    row = open_letter(period=periods_over(today)[0], actor=keeper, **of)
    report = prepare_letter(letter=row, actor=keeper, **of)
    run_long(LETTERS, report.pk, making, clock=lambda: now)
    approve_letter(letter=row, seen=standing(row).digest, actor=authority, **of)
    note_sending(
        letter=row, recipient="Ministerio del ramo (demostración)", sent_on=today,
        how="Oficio de la demostración", actor=keeper, **of,
    )  # fmt: skip
