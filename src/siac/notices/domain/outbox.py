# SPDX-License-Identifier: EUPL-1.2
"""States of a notice, when to try again, when to give up."""

from datetime import datetime, timedelta
from enum import StrEnum

GIVE_UP_AFTER = timedelta(days=3)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


class State(StrEnum):
    """`sending`: an attempt is under way. `uncertain`: the server may have taken it before we broke off.

    `shown`: this installation shows its post instead of sending it. `withheld`: it would have gone
    out, from a body that people practise on.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    SHOWN = "shown"
    WITHHELD = "withheld"


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    SHOWN = "shown"
    WITHHELD = "withheld"
    RETRY = "retry"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"
    NO_ADDRESS = "no_address"
    UNKNOWN_KIND = "unknown_kind"
    RENDER_ERROR = "render_error"
    GAVE_UP = "gave_up"


class ReturnReason(StrEnum):
    """Why the post brought a letter back."""

    NO_ADDRESS = "no_address"
    REFUSED = "refused"
    UNCLAIMED = "unclaimed"
    OTHER = "other"


class OnUncertain(StrEnum):
    """What to do when nobody knows whether it went out: send the same again, or ask staff."""

    RESEND = "resend"
    ASK = "ask"


class Code(StrEnum):
    UNKNOWN = "notice_unknown"
    NOT_OPEN = "notice_not_open"
    NO_GATEWAY = "no_text_gateway"
    NO_LETTER = "return_no_letter"
    RETURN_DAY = "return_day"
    RETURN_UNDO = "return_undo"


def next_try(open_since: datetime, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after `attempts` failed ones: 1, 2, 4 … minutes, 6 hours at most.

    None after three days: the notice has failed, and staff sees it.
    """
    if now - open_since >= GIVE_UP_AFTER:
        return None
    wait: timedelta = _FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 12))
    return now + min(wait, _LONGEST_WAIT)
