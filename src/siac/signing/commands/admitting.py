# SPDX-License-Identifier: EUPL-1.2
"""Keeping at hand that by which bodies may use Firma Perú: a token of its platform, asked for by the clock,
never while somebody waits for a page.
"""

import logging
from datetime import datetime, timedelta

from siac.infra.crypto import Unreadable
from siac.signing.domain.ports import Port, PortTrouble
from siac.signing.models import SigningPort
from siac.signing.port_secrets import admission_of, sealed_admission, secrets_of
from siac.signing.ports.firmaperu import Admission, PlatformAway, PlatformRefused, admitted

log = logging.getLogger(__name__)
AHEAD = timedelta(minutes=25)
"""A token is renewed this long before it ends: for as long as a program that was opened may ask for it."""


def renew_admissions(*, now: datetime) -> int:
    """Ask for a new token for every body that signs with Firma Perú and whose token ends soon; return how
    many were given (1 SQL, and 1 for each). An address that does not answer is not asked again in this turn.
    Why one got none is kept for the pages of who signs and who administers.
    """
    rows = SigningPort.objects.filter(port=Port.FIRMAPERU, is_active=True, institution__is_active=True)
    silent: set[str] = set()
    return sum(_renewed(row, now, silent) for row in rows.order_by("pk"))


def _renewed(row: SigningPort, now: datetime, silent: set[str]) -> bool:
    if admission_of(row, now + AHEAD):
        return False
    same = SigningPort.objects.filter(pk=row.pk, saved_at=row.saved_at, is_active=True)
    try:
        made = _asked(row, now, silent)
    except _NotGiven as error:
        same.update(trouble=error.trouble, trouble_at=now)
        return False
    sealed = sealed_admission(made.token, row)
    return bool(same.update(admission=sealed, admission_until=made.until, trouble="", trouble_at=None))


class _NotGiven(Exception):
    def __init__(self, trouble: PortTrouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _asked(row: SigningPort, now: datetime, silent: set[str]) -> Admission:
    if row.address in silent:
        raise _NotGiven(PortTrouble.AWAY)
    try:
        told = secrets_of(row)
        return admitted(row.address, told.get("token_key", ""), told.get("secret", ""), now)
    except PlatformAway as error:
        silent.add(row.address)
        log.warning("signing port %s: the platform does not answer: %s", row.pk, error)
        raise _NotGiven(PortTrouble.AWAY) from error
    except PlatformRefused as error:
        log.warning("signing port %s: no token of the platform: %s", row.pk, error)
        raise _NotGiven(error.trouble) from error
    except Unreadable as error:
        log.warning("signing port %s: its secret cannot be read: %s", row.pk, error)
        raise _NotGiven(PortTrouble.KEY) from error
