# SPDX-License-Identifier: EUPL-1.2
"""Channels of sending: a module each says how one looks to people, whom it reaches, how it sends, what proves
it and what it costs; `registration.py` registers it, and nothing else of the product names it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from siac.notices.domain.outbox import Outcome
from siac.notices.models import Notice
from siac.notices.registry import Address, Kind


@dataclass(frozen=True)
class Cost:
    """What sending a text costs: `parts` of it, `thousandths` of `currency` (ISO 4217) for all of them."""

    parts: int
    thousandths: int
    currency: str


@dataclass(frozen=True)
class Result:
    """How an attempt ended, what the other side said, by which id it knows the notice, and what it costs."""

    outcome: Outcome
    answer: str = ""
    given_id: str = ""
    cost: Cost | None = None


@dataclass(frozen=True)
class Letter:
    """A notice about to leave: its row, where to (as `reach` gave it), whom to greet, its words, the time."""

    notice: Notice
    where: str
    name: str
    subject: str
    body: str
    now: datetime


def _nowhere(to: Address, notice: Notice) -> str:
    return ""


def _whole(kind: Kind, notice: Notice) -> tuple[str, str]:
    return kind.render(notice)


@dataclass(frozen=True)
class Channel:
    """One way in which notices leave.

    Without `send` an officer does it and notes the proof. `instead_of` names the channel for which it steps
    in where somebody cannot be reached by that one.
    """

    code: str
    label: str
    """In Spanish, as staff see it."""
    proof: str
    """What proves that it went out, in Spanish."""
    reach: Callable[[Address, Notice], str] = _nowhere
    """Where a notice goes by this way, checked; empty: the person cannot be reached so."""
    says: Callable[[Kind], bool] = lambda kind: True
    """Whether notices of a kind can be worded for it."""
    words: Callable[[Kind, Notice], tuple[str, str]] = _whole
    """(subject line, text) of a notice, made at the time of sending."""
    send: Callable[[Letter], Result] | None = None
    """Hand it over; no fault of the other side leaves it as an exception."""
    shows: Callable[[], bool] = lambda: False
    """Whether this installation shows such notices instead of sending them."""
    cost: Callable[[str], Cost | None] = lambda text: None
    is_on: Callable[[int], bool] = lambda institution_id: True
    """Whether a body uses it, by its id."""
    instead_of: str = ""
    may_repeat: bool = True
    """Whether the same may go out again without word from staff where nobody knows if it did."""


_CHANNELS: dict[str, Channel] = {}


def register_channel(channel: Channel) -> None:
    """Add a way of sending."""
    _CHANNELS[channel.code] = channel


def channel_named(code: str) -> Channel:
    """Return the channel with a code.

    Raises:
        KeyError: there is none.
    """
    return _CHANNELS[code]


def channel_label(code: str) -> str:
    """Return what staff call the channel with a code; the code itself where nothing is registered."""
    return _CHANNELS[code].label if code in _CHANNELS else code


def channels() -> list[Channel]:
    """Return every channel, in the order in which they were registered."""
    return list(_CHANNELS.values())


def sent_by_jobs() -> list[str]:
    """Return the codes of the channels that send by themselves."""
    return [channel.code for channel in _CHANNELS.values() if channel.send is not None]


def channel_for(notice: Notice, kind: Kind, to: Address | None) -> Channel:
    """Return by which way a notice goes to `to`: its own, or one that steps in for it (1 SQL, asked only
    where its own does not reach the person).
    """
    own = channel_named(notice.channel)
    if to is None or own.reach(to, notice):
        return own
    for other in _CHANNELS.values():
        steps_in = other.instead_of == own.code and other.says(kind) and other.reach(to, notice)
        if steps_in and other.is_on(notice.institution_id):
            return other
    return own
