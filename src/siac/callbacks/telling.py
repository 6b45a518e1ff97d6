# SPDX-License-Identifier: EUPL-1.2
"""How calls to return are told."""

from siac.callbacks.models import CallBack
from siac.ui.public import day_with_weekday


def due_words(row: CallBack) -> str:
    """Return by when somebody is called: «martes 1 de diciembre de 2026», or with its hour where hours were
    promised. No SQL where the body was read along.
    """
    day = day_with_weekday(row.due_on)
    if not row.within.endswith("h"):
        return day
    local = row.due_at.astimezone(row.institution.zone)
    return f"{day} a las {local.hour}:{local.minute:02}"
