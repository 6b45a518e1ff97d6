# SPDX-License-Identifier: EUPL-1.2
"""Closing a body: its pages, its jobs and its people's work end, its rows stay."""

from datetime import datetime

from django.db import transaction

from siac.kernel.errors import Refused
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Institution


@transaction.atomic
def close_institution(*, institution_id: int, now: datetime) -> None:
    """Close a body (4 SQL); `siac institution open` lets it go on.

    Raises:
        Refused: it is closed already (institution_closed).
    """
    _turn(institution_id, now, is_open=False)


@transaction.atomic
def reopen_institution(*, institution_id: int, now: datetime) -> None:
    """Let a closed body go on (4 SQL).

    Raises:
        Refused: it is open (institution_open).
    """
    _turn(institution_id, now, is_open=True)


def _turn(institution_id: int, now: datetime, *, is_open: bool) -> None:
    rows = Institution.objects.filter(pk=institution_id, is_active=not is_open)
    if not rows.update(is_active=is_open):
        raise Refused("institution_open" if is_open else "institution_closed")
    kind = "organizations.institution_reopened" if is_open else "organizations.institution_closed"
    note_configuration(institution_id, kind, actor=None, now=now, data={})
