# SPDX-License-Identifier: EUPL-1.2
"""Closing a body: its pages, its jobs and its people's work end, its rows stay."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from siac.kernel.errors import Refused
from siac.organizations.commands.setup import note_configuration
from siac.organizations.models import Institution

_LONGEST = 200


@transaction.atomic
def close_institution(*, institution_id: int, now: datetime, now_at: str = "") -> None:
    """Close a body (4 SQL); `siac institution open` lets it go on. `now_at`: the address at which it goes on
    elsewhere, which its portal then says; a body that is closed already may be given one, or another.

    Raises:
        Refused: it is closed already and no address is said (institution_closed), or that is none of the web
            (institution_address).
    """
    if now_at:
        _check_address(now_at)
        if Institution.objects.filter(pk=institution_id, is_active=False).update(now_at=now_at):
            _note(institution_id, "organizations.institution_closed", now, has_address=True)
            return
    _turn(institution_id, now, is_open=False, now_at=now_at)


def _check_address(address: str) -> None:
    try:
        URLValidator(schemes=["https", "http"])(address)
    except ValidationError:
        raise Refused("institution_address") from None
    if len(address) > _LONGEST or "@" in address:
        raise Refused("institution_address")


@transaction.atomic
def reopen_institution(*, institution_id: int, now: datetime) -> None:
    """Let a closed body go on (4 SQL).

    Raises:
        Refused: it is open (institution_open).
    """
    _turn(institution_id, now, is_open=True)


def _turn(institution_id: int, now: datetime, *, is_open: bool, now_at: str = "") -> None:
    rows = Institution.objects.filter(pk=institution_id, is_active=not is_open)
    if not rows.update(is_active=is_open, now_at=now_at):
        raise Refused("institution_open" if is_open else "institution_closed")
    kind = "organizations.institution_reopened" if is_open else "organizations.institution_closed"
    _note(institution_id, kind, now, has_address=bool(now_at))


def _note(institution_id: int, kind: str, now: datetime, *, has_address: bool) -> None:
    data = {"address": True} if has_address else {}
    note_configuration(institution_id, kind, actor=None, now=now, data=data)
